"""终止: a measure is given up by the approver, from wherever it stands but the end."""

from collections.abc import Callable
from datetime import date

import pytest

from flows.models import Run, WorkItem
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh
from tests.factories.soundness import assert_sound
from workflow.actions.cancellation import cancel_measure
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.evaluation import engage_evaluation
from workflow.actions.suspension import suspend_measure
from workflow.models import AuditEvent, Cancellation, Consolidation, Evaluation, Measure, Plan
from workflow.states import EvaluationState, MeasureState, PlanState, ShareOutcome, ShareState

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 30)


@pytest.fixture
def measures(road: Road) -> list[Measure]:
    """Two of one plan: an evaluated one with a support, and one that goes on beside it."""
    line = Line(road.cast.bureau("教育局"), [road.cast.bureau("配合单位1")], due=DUE, evaluation="last")
    return road.dispatched(line, Line(road.cast.bureau("财政局"), due=DUE))


def cancel(cast: Cast, measure: Measure) -> Cancellation:
    return cancel_measure(measure, by=cast.approver(measure.plan), reason="并入他项", basis="会议纪要")


def _drafted(road: Road, measure: Measure) -> None:
    road.accept_all(measure)
    road.approve_all(measure)
    lead = measure.shares.get(is_lead=True)
    draft_consolidation(measure, by=road.cast.handler(lead.bureau), summary="汇总")


def _engaged(road: Road, measure: Measure) -> None:
    measure = road.verify(road.report(measure))
    engagement = road.engagement(measure.plan)
    engage_evaluation(measure, by=road.cast.supervisor(measure.plan), engagement=engagement)


STANDINGS: dict[str, Callable[[Road, Measure], object]] = {
    "assigned": lambda road, measure: None,
    "in progress": lambda road, measure: road.accept_all(measure),
    "to be signed": _drafted,
    "reported": lambda road, measure: road.report(measure),
    "verified": lambda road, measure: road.verify(road.report(measure)),
    "being evaluated": _engaged,
    "suspended": lambda road, measure: suspend_measure(
        measure, by=road.cast.approver(measure.plan), until=DUE, reason="等"
    ),
}


@pytest.mark.parametrize("standing", STANDINGS)
def test_from_wherever_it_stands_shares_work_and_rounds_end_with_it(
    cast: Cast, road: Road, measures: list[Measure], standing: str
) -> None:
    measure = measures[0]
    STANDINGS[standing](road, measure)
    cancel(cast, measure)
    ended = (ShareState.CLOSED, ShareOutcome.CANCELLED, "并入他项")
    assert fresh(measure).state == MeasureState.CANCELLED
    assert set(measure.shares.values_list("state", "outcome", "outcome_reason")) == {ended}
    assert not WorkItem.objects.filter(measure=measure, finished=None).exists()
    assert not Run.objects.filter(measure=measure, finished=None).exists()
    assert not Evaluation.objects.filter(state=EvaluationState.ENGAGED).exists()
    assert not Consolidation.objects.filter(decision="").exists()
    assert Plan.objects.get(pk=measure.plan_id).state == PlanState.ON_LEDGER
    assert_sound()


def test_a_draft_on_the_ledger_is_cancelled(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE), Line(cast.bureau("财政局"), due=DUE))
    cancel(cast, plan.measures.first())
    assert plan.measures.first().state == MeasureState.CANCELLED
    assert [measure.state for measure in road.dispatch(plan)] == ["cancelled", "assigned"]
    assert_sound()


def test_a_measure_of_a_plan_in_preparation_is_not_cancelled(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    with refused("plan.not_on_ledger", 409):
        cancel(cast, plan.measures.get())


def test_what_has_ended_is_not_cancelled(cast: Cast, road: Road, measures: list[Measure]) -> None:
    closed = road.close(road.verify(road.report(measures[1])))
    with refused("state.wrong", 409):
        cancel(cast, closed)
    cancel(cast, measures[0])
    with refused("state.wrong", 409):
        cancel(cast, measures[0])


@pytest.mark.parametrize("who", ["supervisor", "observer", "auditor"])
def test_only_an_approver_cancels(cast: Cast, measures: list[Measure], who: str) -> None:
    with refused("right.missing", 403):
        cancel_measure(measures[0], by=getattr(cast, who)(measures[0].plan), reason="并", basis="文")


@pytest.mark.parametrize(
    ("reason", "basis", "code"), [(" ", "文", "input.reason"), ("并", " ", "input.basis")]
)
def test_reason_and_basis_are_given(
    cast: Cast, measures: list[Measure], reason: str, basis: str, code: str
) -> None:
    with refused(code, 422):
        cancel_measure(measures[0], by=cast.approver(measures[0].plan), reason=reason, basis=basis)


def test_the_plan_is_completed_when_all_are_closed_or_cancelled(
    cast: Cast, road: Road, measures: list[Measure]
) -> None:
    cancel(cast, measures[0])
    road.close(road.verify(road.report(measures[1])))
    assert Plan.objects.get(pk=measures[0].plan_id).state == PlanState.COMPLETED
    assert_sound()


def test_the_plan_is_completed_by_its_last_cancellation(
    cast: Cast, road: Road, measures: list[Measure], clock: Clock
) -> None:
    road.close(road.verify(road.report(measures[1])))
    cancel(cast, measures[0])
    assert Plan.objects.get(pk=measures[0].plan_id).state == PlanState.COMPLETED
    assert_sound()


def test_the_trail_has_reason_basis_and_every_share(cast: Cast, measures: list[Measure]) -> None:
    cancel(cast, measures[0])
    lines = list(AuditEvent.objects.filter(measure=measures[0]).order_by("-seq")[:3])
    assert [line.action for line in lines] == ["share.end", "share.end", "measure.cancel"]
    assert (lines[2].reason, lines[2].basis, lines[2].from_state) == ("并入他项", "会议纪要", "assigned")
    assert lines[0].payload == {"outcome": "cancelled"}
