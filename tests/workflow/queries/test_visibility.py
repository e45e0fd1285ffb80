"""What each person may know of (DESIGN.md, Visibility): plans, measures, shares, reports, evidence."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from accounts.models import BureauKind, User
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import EngagementFactory, Line, PlanFactory, drafted, on_ledger
from tests.factories.road import Road, fresh
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.evaluation import engage_evaluation, waive_evaluation
from workflow.actions.evidence import add_evidence, remove_evidence
from workflow.models import Measure, Plan, Report, Share
from workflow.queries.visibility import (
    evidence_visible_to,
    measure_visible_to,
    measures_visible_to,
    plan_visible_to,
    plans_visible_to,
    reading_scope,
    reports_visible_to,
    shares_visible_to,
)
from workflow.rules.refusal import NotFound
from workflow.states import ShareState

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 30)


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Submitted by a lead and a supporting bureau, with evidence from both; beside it another bureau's measure."""
    lead, other, third = (cast.bureau(name) for name in ("教育局", "配合单位1", "第三局"))
    measure, beside = road.dispatched(Line(lead, [other], due=DUE), Line(third, due=DUE))
    road.accept_all(beside)
    road.accept_all(measure)
    for share in road.shares(measure, ShareState.IN_PROGRESS):
        _evidence(cast, share)
        road.submit(share)
    return fresh(measure)


def _evidence(cast: Cast, share: Share) -> object:
    return add_evidence(
        share,
        by=cast.handler(share.bureau),
        name="证明.txt",
        content=ContentFile(share.bureau.name.encode()),
        grade="B",
    )


def _sees(person: User, measure: Measure) -> tuple[bool, bool, int, int]:
    """Whether the plan and the measure are seen, and how many reports and pieces of evidence of the measure."""
    return (
        plans_visible_to(person).filter(pk=measure.plan_id).exists(),
        measures_visible_to(person).filter(pk=measure.pk).exists(),
        reports_visible_to(person).filter(share_cycle__share__measure=measure).count(),
        evidence_visible_to(person).filter(share_cycle__share__measure=measure).count(),
    )


ALL, OWN, FACTS, NOTHING = (True, True, 2, 2), (True, True, 1, 1), (True, False, 0, 0), (False, False, 0, 0)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("supervisor", ALL),
        ("approver", ALL),
        ("observer", ALL),
        ("auditor", ALL),
        ("auditor of all", ALL),
        ("handler of the lead", ALL),
        ("head of the lead", ALL),
        ("handler of the supporting bureau", OWN),
        ("head of the supporting bureau", OWN),
        ("handler of another measure", FACTS),
        ("supervisor of another plan", NOTHING),
        ("evaluator of nothing here", FACTS),
        ("administrator", NOTHING),
        ("stranger", NOTHING),
    ],
)
def test_each_person_sees_what_their_roles_reach(
    cast: Cast, measure: Measure, who: str, sees: tuple[bool, bool, int, int]
) -> None:
    plan = measure.plan
    person = {
        "supervisor": lambda: cast.supervisor(plan),
        "approver": lambda: cast.approver(plan),
        "observer": lambda: cast.observer(plan),
        "auditor": lambda: cast.auditor(plan),
        "auditor of all": cast.auditor,
        "handler of the lead": lambda: cast.handler(cast.bureau("教育局")),
        "head of the lead": lambda: cast.head(cast.bureau("教育局")),
        "handler of the supporting bureau": lambda: cast.handler(cast.bureau("配合单位1")),
        "head of the supporting bureau": lambda: cast.head(cast.bureau("配合单位1")),
        "handler of another measure": lambda: cast.handler(cast.bureau("第三局")),
        "supervisor of another plan": lambda: cast.supervisor(PlanFactory()),
        "evaluator of nothing here": lambda: cast.evaluator(EngagementFactory(plan=plan, agency=cast.agency)),
        "administrator": cast.administrator,
        "stranger": cast.stranger,
    }[who]()
    assert _sees(person, measure) == sees
    scope = reading_scope(person, measure)
    assert scope.reads_all == (sees == ALL)
    shares = shares_visible_to(person).filter(measure=measure).count()
    assert shares == (2 if sees[1] else 0), "facts, states and lamps of every share of a visible measure"


def test_the_leads_evidence_is_not_a_supporting_bureaus_to_see(cast: Cast, measure: Measure) -> None:
    seen = evidence_visible_to(cast.handler(cast.bureau("配合单位1"))).get()
    assert seen.share_cycle.share.bureau == cast.bureau("配合单位1")
    assert reports_visible_to(cast.handler(cast.bureau("配合单位1"))).get().share_cycle == seen.share_cycle


def test_what_one_may_not_know_of_is_unknown(cast: Cast, measure: Measure) -> None:
    person = cast.handler(cast.bureau("教育局"))
    assert measure_visible_to(person, measure.code) == measure
    assert plan_visible_to(person, measure.plan.code) == measure.plan
    for ask in (
        lambda: measure_visible_to(cast.stranger(), measure.code),
        lambda: plan_visible_to(cast.stranger(), measure.plan.code),
        lambda: measure_visible_to(person, "no such code"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_a_draft_is_seen_by_plan_roles_alone(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    for person in (cast.supervisor(plan), cast.approver(plan), cast.observer(plan), cast.auditor()):
        assert measures_visible_to(person).count() == 1
    for person in (cast.handler(cast.bureau("教育局")), cast.head(cast.bureau("教育局"))):
        assert not measures_visible_to(person).exists()
        assert not plans_visible_to(person).exists()


def test_a_measure_that_waits_for_dispatch_is_not_yet_the_bureaus_to_see(cast: Cast) -> None:
    plan = on_ledger(cast, *(Line(cast.bureau("教育局"), due=DUE) for _ in range(2)))
    dispatch_measure(plan.measures.get(position=1), by=cast.supervisor(plan))
    seen = measures_visible_to(cast.handler(cast.bureau("教育局")))
    assert [measure.position for measure in seen] == [1]


def test_who_left_the_bureau_sees_nothing_of_it(cast: Cast, measure: Measure, clock: Clock) -> None:
    person = cast.handler(cast.bureau("教育局"))
    person.memberships.update(until=clock.today - timedelta(days=1))
    assert _sees(person, measure) == NOTHING


def test_evidence_that_was_not_submitted_is_the_bureaus_own(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = measure.shares.select_related("bureau").get(is_lead=False)
    evidence = _evidence(cast, share)
    assert list(evidence_visible_to(cast.head(share.bureau))) == [evidence]
    for person in (cast.head(cast.bureau("教育局")), cast.supervisor(measure.plan), cast.auditor()):
        assert not evidence_visible_to(person).exists()
    remove_evidence(evidence, by=cast.handler(share.bureau))  # type: ignore[arg-type]
    assert not evidence_visible_to(cast.head(share.bureau)).exists()


@pytest.fixture
def sampled(road: Road) -> Measure:
    """Verified, with an evaluation due, beside one that is not sampled."""
    lead = road.cast.bureau("教育局")
    measure, beside = road.dispatched(Line(lead, due=DUE, evaluation="last"), Line(lead, due=DUE))
    road.verify(road.report(beside))
    return road.verify(road.report(measure))


def test_an_evaluator_sees_the_sample_and_only_in_the_engagements_dates(
    cast: Cast, road: Road, sampled: Measure, clock: Clock
) -> None:
    engagement = road.engagement(sampled.plan)
    evaluator = cast.evaluator(engagement)
    assert not measures_visible_to(evaluator).exists()
    engage_evaluation(sampled, by=cast.supervisor(sampled.plan), engagement=engagement)
    assert list(measures_visible_to(evaluator)) == [sampled]
    assert set(reports_visible_to(evaluator)) == set(
        Report.objects.filter(share_cycle__share__measure=sampled)
    )
    assert reading_scope(evaluator, fresh(sampled)).reads_all
    clock.to(engagement.until + timedelta(days=1))
    assert not measures_visible_to(evaluator).exists()
    assert not reports_visible_to(evaluator).exists()
    assert not Plan.objects.filter(pk__in=plans_visible_to(evaluator)).exists()
    assert not reading_scope(evaluator, fresh(sampled)).reads_all


def test_what_was_taken_back_before_it_was_scored_is_no_sample_any_more(
    cast: Cast, road: Road, sampled: Measure
) -> None:
    by, first = cast.supervisor(sampled.plan), road.engagement(sampled.plan)
    other = EngagementFactory(plan=sampled.plan, agency=cast.bureau("另一机构", BureauKind.AGENCY))
    engage_evaluation(sampled, by=by, engagement=first)
    engage_evaluation(sampled, by=by, engagement=other)
    assert not measures_visible_to(cast.evaluator(first)).exists()
    assert measures_visible_to(cast.evaluator(other)).exists()
    waive_evaluation(sampled, by=cast.approver(sampled.plan), reason="免")
    assert not measures_visible_to(cast.evaluator(other)).exists()


def test_what_was_scored_stays_seen_until_the_engagement_is_over(
    cast: Cast, road: Road, sampled: Measure
) -> None:
    road.evaluate(sampled)
    road.close(sampled)
    assert list(measures_visible_to(cast.evaluator(road.engagement(sampled.plan)))) == [sampled]
