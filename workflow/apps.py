from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from workflow.trail import sealed_tables
from workflow.trail.embedded import guard_after_migrating
from workflow.trail.guards import check_algorithm, check_guards, check_role


class WorkflowConfig(AppConfig):
    """WHAT: the domain. Named apart from viewflow's own application of the same word."""

    name = "workflow"
    label = "workflow"
    verbose_name = _("Ledger")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the embedded database's triggers be made anew after every migration, and the trail's guards be checked."""
        post_migrate.connect(guard_after_migrating, sender=self)
        post_migrate.connect(sealed_tables.guard_after_migrating, sender=self)
        register(check_algorithm, Tags.security)
        register(check_guards, Tags.database)
        register(check_role, Tags.database, deploy=True)
