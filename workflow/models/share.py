"""One bureau's part in one measure."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Bureau
from workflow.models.measure import Measure
from workflow.models.plan import Plan
from workflow.models.responsible_unit import ResponsibleUnit
from workflow.states import ShareOutcome, ShareState

if TYPE_CHECKING:
    from workflow.models.cycle import ShareCycle

OPEN_STATES = [ShareState.ASSIGNED, ShareState.IN_PROGRESS, ShareState.REPORTED, ShareState.VERIFIED]


def was_not_transferred(share: Any) -> bool:
    """Whether the share ended otherwise than by a transfer."""
    return bool(share.outcome != ShareOutcome.TRANSFERRED)


class Share(models.Model):
    """分工: exactly one share of a measure leads, the others support. Its state is that of the current cycle."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="shares"
    )
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="shares")
    bureau = models.ForeignKey(
        Bureau, verbose_name=_("bureau"), on_delete=models.PROTECT, related_name="shares"
    )
    unit = models.ForeignKey(
        ResponsibleUnit,
        verbose_name=_("unit as written"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="shares",
    )
    is_lead = models.BooleanField(_("leads"), default=False)
    is_critical = models.BooleanField(_("critical"), default=False)
    duty = models.TextField(_("duty"), blank=True)
    state = FSMField(
        _("state"), default=ShareState.ASSIGNED, choices=ShareState.choices, protected=True, max_length=12
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=ShareOutcome, blank=True)
    outcome_reason = models.TextField(_("reason of the outcome"), blank=True)
    dispatched_on = models.DateField(
        _("dispatched on"),
        help_text=_("A suspension before the acceptance moves it: the time to accept stood."),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["measure_id", "-is_lead", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "bureau"], name="share_one_per_bureau"),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(is_lead=True), name="share_one_lead_per_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ShareState.values), name="share_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ShareState.CLOSED) ^ models.Q(outcome=""),
                name="share_closed_has_an_outcome",
            ),
        ]
        indexes = [models.Index(fields=["bureau", "state", "measure"], name="share_by_bureau")]

    def __str__(self) -> str:
        return f"{self.bureau} · {self.measure_id}"

    @cached_property
    def current_share_cycle(self) -> "ShareCycle":
        """Its part of the current cycle; an action that has read it sets it here, so that nobody reads it twice."""
        return self.share_cycles.get(cycle__is_current=True)

    @property
    def is_open(self) -> bool:
        """Whether the share has not ended."""
        return bool(self.state != ShareState.CLOSED)

    @transition(field=state, source=ShareState.ASSIGNED, target=ShareState.IN_PROGRESS)
    def accept(self) -> None:
        """签收 by the one handler who wins the claim, or forced by a supervisor."""

    @transition(field=state, source=ShareState.IN_PROGRESS, target=ShareState.REPORTED)
    def submit(self) -> None:
        """报送 by the handler who holds the share."""

    @transition(field=state, source=ShareState.REPORTED, target=ShareState.IN_PROGRESS)
    def withdraw(self) -> None:
        """撤回 by who submitted, before the review."""

    @transition(field=state, source=ShareState.REPORTED, target=ShareState.VERIFIED)
    def approve(self) -> None:
        """审核通过 by the bureau's head."""

    @transition(field=state, source=[ShareState.REPORTED, ShareState.VERIFIED], target=ShareState.IN_PROGRESS)
    def send_back(self) -> None:
        """退回 by the bureau's head, by the lead's head, or by a rework of the measure."""

    @transition(
        field=state,
        source=[ShareState.IN_PROGRESS, ShareState.REPORTED, ShareState.VERIFIED],
        target=ShareState.IN_PROGRESS,
    )
    def renew(self) -> None:
        """The next cycle becomes current; nobody accepts again."""

    @transition(field=state, source=OPEN_STATES, target=ShareState.CLOSED)
    def end(self) -> None:
        """With its measure, or by a supervisor's decision; the outcome is set beside it."""

    @transition(
        field=state,
        source=ShareState.CLOSED,
        target=ShareState.IN_PROGRESS,
        conditions=[was_not_transferred],
    )
    def reopen(self) -> None:
        """With its measure, where the share is named; not one that ended as transferred."""
