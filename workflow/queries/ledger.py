"""台账: the measures that a person may see, filtered, with lead, dates and lamp; a page by key."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from accounts.compiled import CompiledRead, Keys
from workflow.clock.lamp import Reason
from workflow.models import Measure, Share
from workflow.queries.deadlines import days_left
from workflow.queries.keyset import Slice, slice_after
from workflow.queries.lamps import Scales, lamp_of, lamp_words, lit_by, scales, with_lamp_in
from workflow.states import Lamp, MeasureState

PAGE = 50
RUNNING = frozenset({MeasureState.ASSIGNED, MeasureState.IN_PROGRESS})
"""States in which the clock of the bureaus runs."""
TELLING = frozenset({Lamp.RED, Lamp.YELLOW, Lamp.BLUE})
"""Lamps whose reason a list says."""
SHOWN = (
    "plan_id",
    "position",
    "code",
    "title",
    "state",
    "due",
    "suspended_until",
    "shares_total",
    "shares_open",
    "shares_verified",
    "section__number",
    "section__title",
)
"""What a line says of a measure."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader asked for; None and "" ask for everything."""

    plan: int | None = None
    section: int | None = None
    bureau: int | None = None
    state: str = ""
    lamp: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for but a plan."""
        return not (self.section or self.bureau or self.state or self.lamp or self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ledger. `approved`: how many shares are approved or ended; `reason`: why the lamp warns, or that the measure is suspended."""

    measure: Measure
    lead: str
    supporting: int
    due: date | None
    days_left: int | None
    approved: int
    lamp: str
    reason: str


def filtered(visible: QuerySet[Measure], asked: Filters, on: date) -> QuerySet[Measure]:
    """The measures among `visible` that the reader asked for."""
    found = visible
    if asked.plan:
        found = found.filter(plan_id=asked.plan)
    if asked.section:
        found = found.filter(section_id=asked.section)
    if asked.bureau:
        found = found.filter(Exists(Share.objects.filter(measure_id=OuterRef("pk"), bureau_id=asked.bureau)))
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.text:
        found = found.filter(Q(code__icontains=asked.text) | Q(title__icontains=asked.text))
    return with_lamp_in(found, asked.lamp, on) if asked.lamp else found


def ledger_page(
    visible: QuerySet[Measure], asked: Filters, cursor: str, on: date
) -> tuple[list[Row], Slice[Measure]]:
    """One page of the ledger in two statements, however many measures there are: which they are, and their lines.

    The first differs with every reader and filter, and is small; the second is long, and always the same.
    """
    found = slice_after(
        filtered(visible, asked, on).only("plan_id", "position"), ("plan_id", "position"), cursor, PAGE
    )
    if not found.rows:
        return [], found
    measures = _lines(scales(on))(measures=[measure.pk for measure in found.rows])
    return [row_of(measure, on) for measure in measures], found


@lru_cache(maxsize=8)
def _lines(by: Scales) -> CompiledRead:
    """What the lines of these measures say, in the ledger's order; built anew when the day or a rule changes."""
    wanted = Measure.objects.filter(pk__in=Keys("measures")).only(*SHOWN)
    return CompiledRead(lambda: told(wanted, by).select_related("section").order_by("plan_id", "position"))


def told(measures: QuerySet[Measure], by: Scales) -> QuerySet[Measure]:
    """The measures with what `row_of` asks for: the lamp, the lead's name, the date of the current cycle."""
    lead = FilteredRelation("shares", condition=Q(shares__is_lead=True))
    found: QuerySet[Measure] = (
        lit_by(measures, by)
        .annotate(lead=lead)
        .annotate(lead_name=F("lead__bureau__name"), cycle_due=F("current__due"))
    )
    return found


def row_of(measure: Any, on: date) -> Row:
    """The line of a measure of `told`."""
    due = measure.cycle_due or measure.due
    runs = measure.state in RUNNING and not measure.is_suspended(on)
    lamp = lamp_of(measure.lamp_reason)
    is_told = lamp in TELLING or measure.lamp_reason == Reason.SUSPENDED
    return Row(
        measure=measure,
        lead=measure.lead_name or "",
        supporting=max(measure.shares_total - 1, 0),
        due=due,
        days_left=days_left(due, on) if runs else None,
        approved=measure.shares_total - measure.shares_open + measure.shares_verified,
        lamp=lamp.value,
        reason=lamp_words(measure.plan_id, measure.lamp_reason, on) if is_told else "",
    )
