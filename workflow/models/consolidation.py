"""The lead's report built from all shares."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import Cycle


class ConsolidationDecision(models.TextChoices):
    """What the lead's head decided on the draft; or it lapsed, for the shares it was built from changed."""

    NONE = "", _("awaits signature")
    SIGNED = "signed", _("signed")
    RETURNED = "returned", _("returned")
    LAPSED = "lapsed", _("lapsed")


class Consolidation(models.Model):
    """汇总: drafted by the lead's handler, signed by its head."""

    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="consolidations"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    summary = models.TextField(_("summary"))
    problems = models.TextField(_("problems"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drafted by"),
        on_delete=models.PROTECT,
        related_name="consolidations_drafted",
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    touched_by = models.JSONField(_("written by"), default=list)
    decision = models.CharField(_("decision"), max_length=10, choices=ConsolidationDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consolidations_decided",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("consolidation")
        verbose_name_plural = _("consolidations")
        ordering = ["cycle_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "version"], name="consolidation_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(decision="") ^ models.Q(decided_by__isnull=False),
                name="consolidation_decision_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} v{self.version}"
