"""The supervision office's decision on the reported measure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import Cycle


class ChecklistPoint(models.TextChoices):
    """The six points a verification goes through (DOMAIN.md, verify)."""

    FACTS = "facts", _("The facts are true.")
    PROBLEMS = "problems", _("The problems found are dealt with.")
    TASKS = "tasks", _("The tasks are done.")
    CONCLUSION = "conclusion", _("The conclusion is right.")
    LAWFULNESS = "lawfulness", _("What was done is lawful.")
    FORM = "form", _("The papers are in due form.")


class VerificationDecision(models.TextChoices):
    """What was decided."""

    VERIFIED = "verified", _("verified")
    RETURNED = "returned", _("returned")


class Verification(models.Model):
    """核查."""

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="verifications"
    )
    decision = models.CharField(_("decision"), max_length=10, choices=VerificationDecision)
    checklist = models.JSONField(_("checklist"), default=dict)
    opinion = models.TextField(_("opinion"), blank=True)
    site_visit = models.BooleanField(_("with a site visit"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        on_delete=models.PROTECT,
        related_name="verifications",
    )
    decided_at = models.DateTimeField(_("verified at"))

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["cycle_id", "id"]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.decision}"
