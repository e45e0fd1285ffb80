"""A plan's overview: how many measures stand where, and how each bureau's shares stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet

from accounts.compiled import CompiledRead, Slot
from workflow.models import Measure, Plan, Share
from workflow.queries.readiness import gaps_of, with_readiness
from workflow.rules.readiness import Gap
from workflow.states import MeasureState, ShareState

NONE = (0, 0)
"""No shares, and none that lead."""


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


def counts_by_state(plan: Plan, visible: QuerySet[Measure] | None) -> list[StateCount]:
    """Measures of `plan` by state, of those among `visible` (None: all of them). One statement.

    Every state is listed, cancelled only where there are some.
    """
    some = None if visible is None else visible.filter(plan=plan)
    found: dict[str, int] = dict(_ALL_BY_STATE(plan=plan.pk) if some is None else list(_by_state(some)))
    return [
        StateCount(state.value, str(state.label), found.get(state.value, 0))
        for state in MeasureState
        if state != MeasureState.CANCELLED or found.get(state.value)
    ]


def counts_by_bureau(plan: Plan, visible: QuerySet[Measure] | None) -> list[BureauCount]:
    """Shares in measures of `plan` by bureau and state, of those among `visible` (None: all), most first, but for cancelled measures.

    One statement.
    """
    if visible is None:
        rows = _ALL_BY_BUREAU(plan=plan.pk)
    else:
        rows = list(_by_bureau(Share.objects.filter(plan=plan, measure__in=visible.values("pk"))))
    found: dict[tuple[int, str, str], dict[str, tuple[int, int]]] = {}
    for bureau, name, path, state, count, leads in rows:
        found.setdefault((bureau, name, path), {})[state] = count, leads
    counted = [_of_bureau(*key, states) for key, states in found.items()]
    return [count for _, count in sorted(counted, key=lambda one: (-one[1].total, one[0]))]


def _of_bureau(
    bureau: int, name: str, path: str, states: Mapping[str, tuple[int, int]]
) -> tuple[str, BureauCount]:
    """The bureau's place in the tree with its counts."""
    by_state = tuple(
        StateCount(state.value, str(state.label), states.get(state.value, NONE)[0]) for state in ShareState
    )
    total, leads = (sum(column) for column in zip(*states.values(), strict=True))
    return path, BureauCount(bureau, name, total, leads, by_state)


def _by_state(measures: QuerySet[Measure]) -> QuerySet[Measure, Any]:
    return measures.order_by().values_list("state").annotate(Count("pk"))


def _by_bureau(shares: QuerySet[Share]) -> QuerySet[Share, Any]:
    return (
        shares.exclude(measure__state=MeasureState.CANCELLED)
        .order_by()
        .values_list("bureau_id", "bureau__name", "bureau__path", "state")
        .annotate(count=Count("pk"), leads=Count("pk", filter=Q(is_lead=True)))
    )


_PLAN = Slot("plan", BigIntegerField())
_ALL_BY_STATE = CompiledRead(lambda: _by_state(Measure.objects.filter(plan_id=_PLAN)))
_ALL_BY_BUREAU = CompiledRead(lambda: _by_bureau(Share.objects.filter(plan_id=_PLAN)))


def preparation_of(plan: Plan) -> list[Preparation]:
    """Every measure of a plan in preparation with what it lacks, in order. One statement."""
    drafts = plan.measures.filter(state=MeasureState.DRAFT)
    measures = with_readiness(drafts.select_related("section").order_by("position"))
    return [Preparation(measure, gaps_of(measure)) for measure in measures]
