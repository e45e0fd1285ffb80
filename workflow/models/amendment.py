"""What a later edition of a plan changes of a measure that is on the ledger."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models.measure import Measure
from workflow.models.plan_import import PlanImport
from workflow.states import AmendmentState


class AmendedField(models.TextChoices):
    """What of a measure is changed; the codes are stored."""

    TITLE = "title", _("title")
    NUMBER = "number", _("number")
    SECTION = "section", _("section")
    TEXT = "text", _("text")
    SCHEDULE = "schedule", _("schedule")
    UNITS = "units", _("responsible units")
    TARGETS = "targets", _("targets")
    MILESTONES = "milestones", _("milestones")
    ITEMS = "items", _("single things to do")
    DROPPED = "dropped", pgettext_lazy("amendment", "dropped")


class Amendment(models.Model):
    """修订: one field of one measure, before and after, and whether that was carried out.

    What is open waits for the people whose decision it is: nothing changes by itself. `before` and `after` are what
    `workflow.actions.edition_differences` makes of the field; None where the measure is dropped.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="amendments"
    )
    plan_import = models.ForeignKey(
        PlanImport, verbose_name=_("import of a plan"), on_delete=models.PROTECT, related_name="amendments"
    )
    field = models.CharField(_("what is changed"), max_length=12, choices=AmendedField)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("decided at"))
    state = models.CharField(_("state"), max_length=12, choices=AmendmentState)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settlement = models.TextField(_("how it was settled"), blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["measure_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=AmendmentState.values), name="amendment_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(field__in=AmendedField.values), name="amendment_field_is_known"
            ),
            models.UniqueConstraint(
                fields=["measure", "plan_import", "field"], name="amendment_once_per_field_and_edition"
            ),
            models.CheckConstraint(
                condition=models.Q(state=AmendmentState.SETTLED) ^ models.Q(settled_at__isnull=True),
                name="amendment_settled_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.field}"

    @property
    def carried_out(self) -> bool:
        """Whether the measure is as the later edition has it."""
        return self.state == AmendmentState.CARRIED_OUT

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to decide what becomes of it."""
        return self.state == AmendmentState.OPEN
