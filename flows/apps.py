from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FlowsConfig(AppConfig):
    """HOW: the routes of measures and shares, and the work items on people's desks."""

    name = "flows"
    verbose_name = _("Routes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer the port through which actions tell what happened."""
        from flows.router import check_desk, follow, release_work  # noqa: PLC0415 - models must be loaded first
        from workflow.routing import register_router  # noqa: PLC0415

        register_router(follow, release_work, check_desk)
