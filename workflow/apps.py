from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """WHAT: the domain. Named apart from viewflow's own application of the same word."""

    name = "workflow"
    label = "workflow"
    verbose_name = _("Ledger")
    default_auto_field = "django.db.models.BigAutoField"
