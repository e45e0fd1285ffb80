"""A number or state that a measure promises."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models.measure import Measure
from workflow.states import TargetState


class Comparator(models.TextChoices):
    """How a reading is held against the promised value."""

    NONE = "", _("as described")
    ABOVE = ">", ">"
    AT_LEAST = ">=", "≥"
    EQUAL = "=", "="
    AT_MOST = "<=", "≤"
    BELOW = "<", "<"


class Target(models.Model):
    """目标值: comparator, value, unit, due date. A target without a value is all-or-nothing or relative."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="targets"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("target"), max_length=300)
    comparator = models.CharField(_("comparator"), max_length=2, choices=Comparator, blank=True)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    due = models.DateField(_("due date"), null=True, blank=True)
    every_share = models.BooleanField(
        _("every share gives a reading"),
        default=False,
        help_text=_("Otherwise the lead alone does: a fact is filled in once."),
    )
    state = FSMField(
        _("state"), default=TargetState.PROPOSED, choices=TargetState.choices, protected=True, max_length=10
    )
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["measure_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "position"], name="target_position_once_per_measure"),
            models.CheckConstraint(
                condition=models.Q(state__in=TargetState.values), name="target_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @transition(field=state, source=TargetState.PROPOSED, target=TargetState.CONFIRMED)
    def confirm(self) -> None:
        """The supervisor holds the target as read from the document."""

    @transition(field=state, source=[TargetState.PROPOSED, TargetState.CONFIRMED], target=TargetState.WAIVED)
    def waive(self) -> None:
        """The approver gives the target up, with a reason."""
