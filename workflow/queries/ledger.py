"""台账: the measures that a person may see, filtered, with lead, dates and lamp; a page by key."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Bureau
from workflow.models import Cycle, Measure, Section, Share
from workflow.queries.deadlines import days_left
from workflow.queries.keyset import Slice, slice_after
from workflow.queries.lamps import lamp_of, lamp_words, reasons_of, with_lamp_reason
from workflow.states import Lamp, MeasureState

PAGE = 50
RUNNING = frozenset({MeasureState.ASSIGNED, MeasureState.IN_PROGRESS})
"""States in which the clock of the bureaus runs."""
TELLING = frozenset({Lamp.RED, Lamp.YELLOW, Lamp.BLUE})
"""Lamps whose reason a list says."""


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
    """One line of the ledger. `approved`: how many shares are approved or ended; `reason`: why the lamp warns."""

    measure: Measure
    lead: str
    supporting: int
    due: date | None
    days_left: int | None
    approved: int
    lamp: str
    reason: str


def filtered(visible: QuerySet[Measure], asked: Filters, on: date) -> QuerySet[Measure]:
    """The measures among `visible` that the reader asked for, with their lamps."""
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
    # an inner query, so that the lamp is worked out for one page of rows and not for all that can be seen
    lit = with_lamp_reason(Measure.objects.filter(pk__in=found.values("pk")), on)
    return lit.filter(lamp_reason__in=reasons_of(asked.lamp)) if asked.lamp else lit


def ledger_page(
    visible: QuerySet[Measure], asked: Filters, cursor: str, on: date
) -> tuple[list[Row], Slice[Measure]]:
    """One page of the ledger in three statements, however many measures there are."""
    leads = Share.objects.filter(is_lead=True).select_related("bureau")
    now = Cycle.objects.filter(is_current=True)
    measures: QuerySet[Measure] = (
        filtered(visible, asked, on)
        .select_related("section")
        .prefetch_related(
            Prefetch("shares", leads, to_attr="leads"), Prefetch("cycles", now, to_attr="current_cycles")
        )
    )
    found = slice_after(measures, ("plan_id", "position"), cursor, PAGE)
    return [row_of(measure, on) for measure in found.rows], found


def row_of(measure: Measure, on: date) -> Row:
    """The line of a measure that was read with its lamp, lead and current cycle."""
    cycle = next(iter(getattr(measure, "current_cycles", ())), None)
    lead = next(iter(getattr(measure, "leads", ())), None)
    due = cycle.due if cycle else measure.due
    runs = measure.state in RUNNING
    reason: int = measure.lamp_reason  # type: ignore[attr-defined]
    lamp = lamp_of(reason)
    return Row(
        measure=measure,
        lead=lead.bureau.name if lead else "",
        supporting=max(measure.shares_total - 1, 0),
        due=due,
        days_left=days_left(due, on) if runs else None,
        approved=measure.shares_total - measure.shares_open + measure.shares_verified,
        lamp=lamp.value,
        reason=lamp_words(measure.plan_id, reason, on) if lamp in TELLING else "",
    )


def sections_in(visible: QuerySet[Measure], plan: int | None) -> QuerySet[Section]:
    """The sections to choose from."""
    measures = visible.filter(section_id=OuterRef("pk"))
    found = Section.objects.filter(Exists(measures)).order_by("plan_id", "position")
    return found.filter(plan_id=plan) if plan else found


def bureaus_in(visible: QuerySet[Measure], plan: int | None) -> QuerySet[Bureau]:
    """The bureaus to choose from: those with a share in a measure that the reader may see."""
    shares = Share.objects.filter(bureau_id=OuterRef("pk"), measure__in=visible.values("pk"))
    if plan:
        shares = shares.filter(plan_id=plan)
    found: QuerySet[Bureau] = Bureau.objects.filter(Exists(shares)).order_by("path")
    return found
