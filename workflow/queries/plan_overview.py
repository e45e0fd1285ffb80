"""A plan's overview: how many measures stand where, and how each bureau's shares stand."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Count, Q, QuerySet

from workflow.models import Measure, Plan, Share
from workflow.queries.readiness import gaps_of, with_readiness
from workflow.rules.readiness import Gap
from workflow.states import MeasureState, ShareState


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many measures are in a state."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class BureauCount:
    """How a bureau's shares stand: by state, in the order of ShareState."""

    bureau_id: int
    name: str
    total: int
    leads: int
    by_state: tuple[StateCount, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """A measure of a plan in preparation and what it still lacks."""

    measure: Measure
    gaps: tuple[Gap, ...]


def counts_by_state(visible: QuerySet[Measure], plan: Plan) -> list[StateCount]:
    """Measures of `plan` that the reader sees, by state; every state is listed. One statement."""
    rows = visible.filter(plan=plan).order_by().values_list("state").annotate(Count("pk"))
    found: dict[str, int] = dict(rows)
    return [
        StateCount(state.value, str(state.label), found.get(state.value, 0))
        for state in MeasureState
        if state != MeasureState.CANCELLED or found.get(state.value)
    ]


def counts_by_bureau(visible: QuerySet[Measure], plan: Plan) -> list[BureauCount]:
    """Shares in measures of `plan` that the reader sees, by bureau and state. One statement."""
    by_state = {state.value: Count("pk", filter=Q(state=state)) for state in ShareState}
    rows = (
        Share.objects.filter(plan=plan, measure__in=visible.values("pk"))
        .order_by()
        .values("bureau_id", "bureau__name", "bureau__path")
        .annotate(total=Count("pk"), leads=Count("pk", filter=Q(is_lead=True)), **by_state)
        .order_by("-total", "bureau__path")
    )
    return [
        BureauCount(
            row["bureau_id"],
            row["bureau__name"],
            row["total"],
            row["leads"],
            tuple(
                StateCount(s.value, str(s.label), cast("dict[str, int]", row)[s.value]) for s in ShareState
            ),
        )
        for row in rows
    ]


def preparation_of(plan: Plan) -> list[Preparation]:
    """Every measure of a plan in preparation with what it lacks, in order. One statement."""
    drafts = plan.measures.filter(state=MeasureState.DRAFT)
    measures = with_readiness(drafts.select_related("section").order_by("position"))
    return [Preparation(measure, gaps_of(measure)) for measure in measures]
