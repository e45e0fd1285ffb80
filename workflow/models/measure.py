"""One line of the task list: what is to be achieved, by whom, by when."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models.document import Document
from workflow.models.engagement import Engagement
from workflow.models.plan import Plan
from workflow.models.section import Section
from workflow.states import MeasureState

if TYPE_CHECKING:
    from workflow.models.cycle import Cycle


class MeasureKind(models.TextChoices):
    """Whether a measure has a date or goes on (DOMAIN.md, Ongoing measures)."""

    UNDECIDED = "", _("not yet decided")
    DATED = "dated", _("dated")
    ONGOING = "ongoing", _("ongoing")


class CycleLength(models.TextChoices):
    """How long a cycle of an ongoing measure is (RULES.md, Reporting)."""

    NONE = "", _("none")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    YEAR = "year", _("year")


class EvaluationDue(models.TextChoices):
    """When a third-party evaluation stands between verified and closed."""

    NEVER = "never", _("never")
    LAST = "last", _("before the full closure")
    EVERY = "every", _("in every cycle")


def all_shares_accepted(measure: Any) -> bool:
    """Whether no open share of the measure is still to be accepted."""
    return bool(measure.shares_unaccepted == 0)


def all_open_shares_approved(measure: Any) -> bool:
    """Whether the measure has open shares and each of them is approved."""
    return bool(measure.shares_open == measure.shares_verified > 0)


class Measure(models.Model):
    """A measure and its life. The counts are kept by the actions that change them."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="measures")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="measures"
    )
    code = models.CharField(_("code"), max_length=24, unique=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    schedule = models.CharField(_("schedule as written"), max_length=200, blank=True)
    schedule_basis = models.TextField(_("basis of the schedule"), blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=MeasureKind, blank=True)
    due = models.DateField(_("due date"), null=True, blank=True)
    cycle_length = models.CharField(_("cycle length"), max_length=8, choices=CycleLength, blank=True)
    importance = models.DecimalField(_("importance"), max_digits=3, decimal_places=1, default=Decimal(1))
    evaluation_due = models.CharField(
        _("third-party evaluation"), max_length=6, choices=EvaluationDue, default=EvaluationDue.NEVER
    )
    engagement = models.ForeignKey(
        Engagement,
        verbose_name=_("engagement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    state = FSMField(
        _("state"), default=MeasureState.DRAFT, choices=MeasureState.choices, protected=True, max_length=12
    )
    dispatch_order = models.ForeignKey(
        Document,
        verbose_name=_("dispatch order"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    dispatched_on = models.DateField(_("dispatched on"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    added_in = models.PositiveSmallIntegerField(
        _("edition that added it to the plan on the ledger"), null=True, blank=True
    )
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("admitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    suspended_until = models.DateField(_("suspended until"), null=True, blank=True)
    source_line = models.PositiveIntegerField(_("line of the source"), null=True, blank=True)
    differences = models.JSONField(_("differences in the source"), default=list, blank=True)
    shares_total = models.PositiveSmallIntegerField(_("shares"), default=0)
    shares_open = models.PositiveSmallIntegerField(_("open shares"), default=0)
    shares_unaccepted = models.PositiveSmallIntegerField(_("shares not accepted"), default=0)
    shares_reported = models.PositiveSmallIntegerField(_("shares submitted"), default=0)
    shares_verified = models.PositiveSmallIntegerField(_("shares approved"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    roadmap_version = models.PositiveSmallIntegerField(_("version of the roadmap"), default=0)
    roadmap_filed_at = models.DateTimeField(_("roadmap filed at"), null=True, blank=True)
    roadmap_due = models.DateField(_("roadmap due"), null=True, blank=True)
    requests_open = models.PositiveSmallIntegerField(_("pending requests"), default=0)
    event_seq = models.PositiveIntegerField(default=0, editable=False)

    last_line: str | None = None
    """Number and hash of the last line of its chain, where it was read with the lock (`workflow/trail/record.py`)."""

    clock_moved: int = 0
    """By how many working days the action under way moves the clock: open work moves with it (`routing.follow`)."""

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["plan_id", "position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MeasureState.values), name="measure_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=MeasureKind.DATED) | models.Q(due__isnull=False),
                name="measure_dated_has_a_due_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=MeasureKind.ONGOING) | ~models.Q(cycle_length=""),
                name="measure_ongoing_has_a_cycle",
            ),
            models.UniqueConstraint(fields=["plan", "position"], name="measure_position_once_per_plan"),
            models.CheckConstraint(
                condition=models.Q(
                    shares_total__gte=models.F("shares_open"),
                    shares_open__gte=models.F("shares_unaccepted")
                    + models.F("shares_reported")
                    + models.F("shares_verified"),
                ),
                name="measure_counts_are_parts",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[MeasureState.REPORTED, MeasureState.VERIFIED])
                | models.Q(shares_verified=models.F("shares_open")),
                name="measure_reported_has_every_share_approved",
            ),
        ]
        indexes = [models.Index(fields=["plan", "state", "position"], name="measure_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @cached_property
    def current_cycle(self) -> "Cycle":
        """The one current cycle; an action that has read it sets it here, so that nobody reads it twice."""
        return self.cycles.get(is_current=True)

    @property
    def awaits_admission(self) -> bool:
        """Whether a later edition brought it and no approver has admitted it to the ledger yet."""
        return self.added_in is not None and self.admitted_at is None

    def is_suspended(self, on: date) -> bool:
        """Whether a suspension covers the day; one whose last day is over has lapsed."""
        return self.suspended_until is not None and on <= self.suspended_until

    @transition(field=state, source=MeasureState.DRAFT, target=MeasureState.CANCELLED)
    def discard(self) -> None:
        """A later edition drops what was not yet on the ledger; its code is not given again."""

    @transition(field=state, source=MeasureState.DRAFT, target=MeasureState.ASSIGNED)
    def dispatch(self) -> None:
        """交办: the plan is on the ledger; one share per bureau; cycles laid out."""

    @transition(
        field=state,
        source=MeasureState.ASSIGNED,
        target=MeasureState.IN_PROGRESS,
        conditions=[all_shares_accepted],
    )
    def begin(self) -> None:
        """By itself, when no open share is still assigned."""

    @transition(
        field=state,
        source=MeasureState.IN_PROGRESS,
        target=MeasureState.REPORTED,
        conditions=[all_open_shares_approved],
    )
    def report(self) -> None:
        """办结报送: every share is approved or ended, and the lead's head signed."""

    @transition(field=state, source=MeasureState.REPORTED, target=MeasureState.VERIFIED)
    def verify(self) -> None:
        """核查通过 by a supervisor who has no part in it."""

    @transition(
        field=state,
        source=[MeasureState.REPORTED, MeasureState.VERIFIED],
        target=MeasureState.IN_PROGRESS,
    )
    def rework(self) -> None:
        """退回: reopens the named shares and no others."""

    @transition(field=state, source=MeasureState.VERIFIED, target=MeasureState.IN_PROGRESS)
    def close_cycle(self) -> None:
        """阶段销号 of an ongoing measure: the next cycle becomes current."""

    @transition(
        field=state,
        source=[MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED],
        target=MeasureState.IN_PROGRESS,
    )
    def miss_cycle(self) -> None:
        """漏报: the cycle ends as missed and the next becomes current."""

    @transition(field=state, source=MeasureState.IN_PROGRESS, target=MeasureState.CLOSED)
    def transfer_to_routine(self) -> None:
        """转常态化 of an ongoing measure by the approver, at the turn of a cycle."""

    @transition(field=state, source=MeasureState.VERIFIED, target=MeasureState.CLOSED)
    def close(self) -> None:
        """销号 by the approver, in the last cycle."""

    @transition(
        field=state,
        source=[
            MeasureState.DRAFT,
            MeasureState.ASSIGNED,
            MeasureState.IN_PROGRESS,
            MeasureState.REPORTED,
            MeasureState.VERIFIED,
        ],
        target=MeasureState.CANCELLED,
    )
    def cancel(self) -> None:
        """终止 by the approver: open shares end as cancelled."""

    @transition(field=state, source=MeasureState.CLOSED, target=MeasureState.IN_PROGRESS)
    def reopen(self) -> None:
        """重新挂账 after an audit or look-back finding: the named shares go on."""
