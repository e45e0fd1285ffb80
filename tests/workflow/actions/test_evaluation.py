"""第三方评估: where one is due it stands between verification and the end; engage, score, waive, and rule 4."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import BureauKind, User
from accounts.roles import Role
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import EngagementFactory, PlanFactory
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import close_measure
from workflow.actions.evaluation import (
    create_engagement,
    engage_evaluation,
    score_evaluation,
    waive_evaluation,
)
from workflow.actions.verification import rework_measure
from workflow.models import AuditEvent, Closure, Cycle, Evaluation, Measure
from workflow.states import EvaluationResult, EvaluationState, MeasureState, ShareState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Dated, verified, with an evaluation due before its closure."""
    return road.verify(road.report(road.measure(supporting=1, evaluation="last")))


def _score(measure: Measure, by: User, score: str = "85", **more: object) -> Evaluation:
    particulars: dict[str, object] = {"opinion": "属实", "declared_independent": True, **more}
    return score_evaluation(measure, by=by, score=Decimal(score), **particulars)  # type: ignore[arg-type]


def _engaged(road: Road, measure: Measure) -> User:
    """The evaluator of an engagement to which the measure was given."""
    engagement = road.engagement(measure.plan)
    engage_evaluation(measure, by=road.cast.supervisor(measure.plan), engagement=engagement)
    return road.cast.evaluator(engagement)


def test_a_verified_measure_waits_to_be_engaged_and_cannot_be_closed(cast: Cast, measure: Measure) -> None:
    assert open_item(measure).node == "engage"
    assert_sound()
    with refused("measure.evaluation_open", 409):
        close_measure(measure, by=cast.approver(measure.plan))


def test_an_engaged_agency_has_the_measure_on_its_desk(road: Road, measure: Measure) -> None:
    _engaged(road, measure)
    item = open_item(measure)
    assert (item.node, item.role, item.engagement) == (
        "evaluate",
        Role.EVALUATOR,
        fresh(measure).engagement,
    )
    assert item.due == date(2026, 3, 30), "twenty working days"
    assert_sound()


@pytest.mark.parametrize(
    ("score", "result"),
    [
        ("100", EvaluationResult.PASSED),
        ("80", EvaluationResult.PASSED),
        ("79.995", EvaluationResult.PASSED),
        ("79.99", EvaluationResult.CONDITIONAL),
        ("60", EvaluationResult.CONDITIONAL),
    ],
)
def test_passed_and_conditional_let_the_measure_be_closed(
    road: Road, measure: Measure, score: str, result: str
) -> None:
    evaluation = _score(measure, _engaged(road, measure), score)
    assert (evaluation.result, evaluation.state) == (result, EvaluationState.SUBMITTED)
    assert Evaluation.objects.get().score == evaluation.score
    assert open_item(measure).node == "close"
    assert_sound()
    assert road.close(measure).state == MeasureState.CLOSED


@pytest.mark.parametrize("score", ["59.99", "0"])
def test_failed_returns_the_measure_to_the_lead_where_no_share_is_named(
    road: Road, measure: Measure, score: str
) -> None:
    evaluator = _engaged(road, measure)
    assert _score(measure, evaluator, score).result == EvaluationResult.FAILED
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    states = dict(measure.shares.values_list("is_lead", "state"))
    assert states == {True: ShareState.IN_PROGRESS, False: ShareState.VERIFIED}
    assert_sound()


def test_failed_returns_the_named_shares_only(road: Road, measure: Measure) -> None:
    evaluator = _engaged(road, measure)
    other = measure.shares.get(is_lead=False)
    _score(measure, evaluator, "40", shares=[other.pk])
    states = dict(measure.shares.values_list("is_lead", "state"))
    assert states == {True: ShareState.VERIFIED, False: ShareState.IN_PROGRESS}
    assert_sound()


def test_a_failed_round_was_scored_and_is_not_withdrawn(road: Road, measure: Measure) -> None:
    evaluation = _score(measure, _engaged(road, measure), "40")
    assert Evaluation.objects.get().state == EvaluationState.SUBMITTED
    lines = AuditEvent.objects.filter(object_type="evaluation", object_id=evaluation.pk, outcome="done")
    assert AuditAction.EVALUATION_WITHDRAW not in set(lines.values_list("action", flat=True))


def test_after_a_failure_the_same_agency_evaluates_a_new_round(road: Road, measure: Measure) -> None:
    evaluator = _engaged(road, measure)
    _score(measure, evaluator, "40")
    road.verify(road.report(measure))
    assert open_item(measure).node == "evaluate"
    assert _score(measure, evaluator, "90").round == 2
    assert_sound()
    road.close(measure)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"declared_independent": False}, "input.declaration"),
        ({"opinion": " "}, "input.opinion"),
        ({"score": "-0.01"}, "input.score"),
        ({"score": "100.01"}, "input.score"),
        ({"score": "NaN"}, "input.score"),
    ],
)
def test_a_score_needs_a_declaration_a_number_and_an_opinion(
    road: Road, measure: Measure, given: dict[str, object], code: str
) -> None:
    evaluator = _engaged(road, measure)
    with refused(code, 422):
        _score(measure, evaluator, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["supervisor", "approver", "evaluator of another engagement", "stranger"])
def test_only_an_evaluator_of_the_engagement_scores(
    cast: Cast, road: Road, measure: Measure, who: str
) -> None:
    _engaged(road, measure)
    other = EngagementFactory(plan=measure.plan, agency=cast.bureau("另一机构", BureauKind.AGENCY))
    person = {
        "supervisor": lambda: cast.supervisor(measure.plan),
        "approver": lambda: cast.approver(measure.plan),
        "evaluator of another engagement": lambda: cast.evaluator(other),
        "stranger": cast.stranger,
    }[who]()
    with refused("right.missing", 403):
        _score(measure, person)


def test_nobody_scores_outside_the_dates_of_the_engagement(
    road: Road, measure: Measure, clock: Clock
) -> None:
    evaluator = _engaged(road, measure)
    clock.to(date(2027, 1, 4))
    with refused("right.missing", 403):
        _score(measure, evaluator)


def test_nothing_is_scored_twice(road: Road, measure: Measure) -> None:
    evaluator = _engaged(road, measure)
    _score(measure, evaluator)
    with refused("measure.no_evaluation", 404):
        _score(measure, evaluator)


def test_an_engagement_belongs_to_the_plan_and_is_in_force(cast: Cast, road: Road, measure: Measure) -> None:
    by, today = cast.supervisor(measure.plan), date(2026, 3, 2)
    for engagement in (
        EngagementFactory(plan=PlanFactory(), agency=cast.agency),
        EngagementFactory(plan=measure.plan, agency=cast.agency, until=today - timedelta(days=1)),
        EngagementFactory(plan=measure.plan, agency=cast.agency, since=today + timedelta(days=1)),
    ):
        with refused("input.engagement", 422):
            engage_evaluation(measure, by=by, engagement=engagement)


def test_an_engagement_is_given_by_a_supervisor_to_an_agency_with_a_title_and_dates(
    cast: Cast, measure: Measure
) -> None:
    by = cast.supervisor(measure.plan)
    given = {"agency": cast.agency, "title": "评估", "since": date(2026, 1, 1), "until": date(2026, 6, 30)}
    for wrong, code in (
        ({"agency": cast.bureau("教育局")}, "input.engagement"),
        ({"title": " "}, "input.title"),
        ({"title": "长" * 121}, "input.long"),
        ({"until": date(2025, 12, 31)}, "input.dates"),
    ):
        with refused(code, 422):
            create_engagement(measure.plan, by=by, **{**given, **wrong})
    with refused("right.missing", 403):
        create_engagement(measure.plan, by=cast.approver(measure.plan), **given)
    assert create_engagement(measure.plan, by=by, **given).title == "评估"


def test_a_measure_without_a_due_evaluation_is_not_engaged(cast: Cast, road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=0)))
    engagement = road.engagement(measure.plan)
    with refused("measure.no_evaluation", 409):
        engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=engagement)


def test_a_measure_is_given_to_another_agency_until_it_was_scored(
    cast: Cast, road: Road, measure: Measure
) -> None:
    first = _engaged(road, measure)
    other = EngagementFactory(plan=measure.plan, agency=cast.bureau("另一机构", BureauKind.AGENCY))
    by = cast.supervisor(measure.plan)
    engage_evaluation(measure, by=by, engagement=other)
    assert open_item(measure).engagement == other
    assert [e.state for e in Evaluation.objects.order_by("round")] == ["withdrawn", "engaged"]
    assert_sound()
    with refused("right.missing", 403):
        _score(measure, first)
    _score(measure, cast.evaluator(other))
    with refused("item.missing", 409):
        engage_evaluation(measure, by=by, engagement=road.engagement(measure.plan))


@pytest.mark.parametrize("engaged", [False, True])
def test_a_measure_returned_before_it_was_scored_withdraws_the_evaluation(
    cast: Cast, road: Road, measure: Measure, engaged: bool
) -> None:
    if engaged:
        _engaged(road, measure)
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=[lead.pk], reason="补")
    assert_sound()
    road.verify(road.report(measure))
    assert open_item(measure).node == ("evaluate" if engaged else "engage")
    assert_sound()


def test_an_agency_whose_engagement_is_over_is_let_go(road: Road, measure: Measure, clock: Clock) -> None:
    _score(measure, _engaged(road, measure), "40")
    road.report(measure)
    clock.to(date(2027, 1, 4))
    road.verify(measure)
    assert open_item(measure).node == "engage"
    assert fresh(measure).engagement is None
    assert_sound()


def test_where_every_cycle_is_evaluated_a_passed_one_closes_the_cycle(cast: Cast, road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=1, cycle="quarter", evaluation="every")))
    assert measure.state == MeasureState.VERIFIED
    evaluator = _engaged(road, measure)
    _score(measure, evaluator)
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert Closure.objects.get().decided_by == evaluator
    assert_sound()
    road.verify(road.report(measure))
    assert open_item(measure).node == "evaluate", "the agency engaged before goes on"
    waive_evaluation(measure, by=cast.approver(measure.plan), reason="免")
    assert Cycle.objects.get(measure=measure, is_current=True).index == 3
    assert_sound()
    road.verify(road.report(measure))
    assert _score(measure, evaluator, "70").result == EvaluationResult.CONDITIONAL
    assert Cycle.objects.get(measure=measure, is_current=True).index == 4
    assert_sound()


def test_where_only_the_end_is_evaluated_the_cycles_before_close_by_themselves(road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=0, cycle="quarter", evaluation="last")))
    assert measure.state == MeasureState.IN_PROGRESS
    assert_sound()
