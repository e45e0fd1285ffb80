"""A step of one share or measure is at most ten client statements, its trail line included; dispatch, renewal and
rework are a constant number whatever the count of shares (DESIGN.md, Reading at scale).
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from flows.work import claim, hand_over, perform, release
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, Promise, on_ledger
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.factories.statements import statements_of
from workflow.actions.closure import close_measure, reopen_measure
from workflow.actions.consolidation import draft_consolidation, return_consolidation, sign_consolidation
from workflow.actions.cycles import miss_cycle
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.evaluation import engage_evaluation, score_evaluation, waive_evaluation
from workflow.actions.reporting import ReadingInput
from workflow.actions.shares import (
    accept_share,
    approve_report,
    force_accept,
    send_back,
    submit_report,
    withdraw_report,
)
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import Measure, Share
from workflow.queries.rules import calendar, rules_of
from workflow.routing import Verb

pytestmark = pytest.mark.django_db

LIMIT = 10


def _cost(step: Callable[[], object], limit: int = LIMIT) -> int:
    """What the step takes; fails with every statement where it is too many."""
    taken = statements_of(step)
    assert len(taken) <= limit, "\n".join(f"{n}. {sql[:160]}" for n, sql in enumerate(taken, start=1))
    return len(taken)


@pytest.fixture(autouse=True)
def _rules_known(road: Road) -> None:
    """Rules and calendar are read once a minute and not once a step."""
    calendar()


def _measure(road: Road, supporting: int = 3, **particulars: object) -> Measure:
    measure = road.measure(supporting=supporting, **particulars)
    rules_of(measure.plan_id, date(2026, 3, 2))
    return measure


def _share(measure: Measure, *, lead: bool = True) -> Share:
    return Share.objects.select_related("bureau", "measure__plan").filter(measure=measure, is_lead=lead)[0]


def test_a_share_goes_its_way_in_at_most_ten_statements_a_step(cast: Cast, road: Road) -> None:
    measure = _measure(road, targets=[Promise(text) for text in "甲乙丙"])
    share = _share(measure)
    handler, head = cast.handler(share.bureau), cast.head(share.bureau)
    readings = [ReadingInput(target.pk, Decimal(99)) for target in measure.targets.all()]
    _cost(lambda: claim(open_item(share), by=handler))
    _cost(lambda: release(open_item(share), by=handler))
    _cost(lambda: hand_over(open_item(share), to=handler, by=head))
    _cost(lambda: accept_share(share, by=handler))
    _cost(lambda: submit_report(share, by=handler, progress="一", readings=readings))
    _cost(lambda: withdraw_report(share, by=handler))
    _cost(lambda: submit_report(share, by=handler, progress="二", readings=readings))
    _cost(lambda: send_back(share, by=head, reason="补"))
    _cost(lambda: submit_report(share, by=handler, progress="三", readings=readings))
    _cost(lambda: approve_report(share, by=head))
    _cost(lambda: send_back(share, by=head, reason="再补"))


def test_a_share_sent_back_from_under_the_consolidation_takes_few_more(cast: Cast, road: Road) -> None:
    """Beside the share's own rows it takes the joint item off the desk and returns the draft: a step of two things."""
    measure = road.approve_all(road.accept_all(_measure(road)))
    share, lead = _share(measure, lead=False), cast.bureau("教育局")
    draft_consolidation(measure, by=cast.handler(lead), summary="一")
    head = cast.head(lead)
    _cost(lambda: send_back(share, by=head, reason="补"), LIMIT + 3)


def test_the_last_acceptance_and_the_last_approval_carry_the_measure_along_in_ten(
    cast: Cast, road: Road
) -> None:
    measure = _measure(road, supporting=0)
    share = _share(measure)
    handler, head = cast.handler(share.bureau), cast.head(share.bureau)
    _cost(lambda: accept_share(share, by=handler))
    road.submit(share)
    _cost(lambda: approve_report(share, by=head))


def test_a_step_through_its_item_takes_no_more(cast: Cast, road: Road) -> None:
    measure = _measure(road)
    share = _share(measure)
    item, handler = open_item(share), cast.handler(share.bureau)
    _cost(lambda: perform(item, by=handler, verb=Verb.ACCEPT))


def test_forced_acceptance_is_one_step(cast: Cast, road: Road, clock: Clock) -> None:
    share = _share(_measure(road))
    clock.wait(3)
    rules_of(share.plan_id, clock.today)
    by = cast.supervisor(share.measure.plan)
    _cost(lambda: force_accept(share, by=by, reason="逾期"))


def test_a_measure_goes_its_way_in_at_most_ten_statements_a_step(cast: Cast, road: Road) -> None:
    due, lead = date(2026, 11, 30), cast.bureau("教育局")
    others = [cast.bureau(f"配合单位{n}") for n in range(1, 4)]
    measure, _ = road.dispatched(Line(lead, others, due=due), Line(lead, due=due))
    measure = road.approve_all(road.accept_all(measure))
    handler, head = cast.handler(lead), cast.head(lead)
    supervisor, approver = cast.supervisor(measure.plan), cast.approver(measure.plan)
    _cost(lambda: draft_consolidation(measure, by=handler, summary="一"))
    _cost(lambda: return_consolidation(measure, by=head, reason="补"))
    _cost(lambda: draft_consolidation(measure, by=handler, summary="二"))
    _cost(lambda: sign_consolidation(measure, by=head))
    _cost(lambda: verify_measure(measure, by=supervisor, checklist=ALL_HOLD))
    _cost(lambda: close_measure(measure, by=approver))


def test_an_evaluation_goes_its_way_in_at_most_ten_statements_a_step(cast: Cast, road: Road) -> None:
    measure = road.report(_measure(road, evaluation="last"))
    engagement = road.engagement(measure.plan)
    supervisor, evaluator = cast.supervisor(measure.plan), cast.evaluator(engagement)
    _cost(lambda: verify_measure(measure, by=supervisor, checklist=ALL_HOLD))
    _cost(lambda: engage_evaluation(measure, by=supervisor, engagement=engagement))
    given = {"score": Decimal(90), "opinion": "属实", "declared_independent": True}
    _cost(lambda: score_evaluation(measure, by=evaluator, **given))  # type: ignore[arg-type]


MANY = 30
STEPS_OVER_SHARES = ["dispatch", "renew", "miss", "rework", "close", "reopen", "waive"]


def test_the_closure_that_completes_its_plan_takes_at_most_one_statement_more(cast: Cast, road: Road) -> None:
    """It is a step of two things, and saves the plan too."""
    measure = road.verify(road.report(_measure(road)))
    approver = cast.approver(measure.plan)
    _cost(lambda: close_measure(measure, by=approver), LIMIT + 1)


@pytest.mark.parametrize("step", STEPS_OVER_SHARES)
def test_what_happens_to_all_shares_at_once_takes_the_same_statements_for_3_and_for_30(
    cast: Cast, road: Road, step: str
) -> None:
    _dispatch(cast, 0)()  # the first order of the year begins the office's series
    few, many = (len(statements_of(_prepared(cast, road, step, supporting))) for supporting in (2, MANY - 1))
    assert few == many


def _prepared(cast: Cast, road: Road, step: str, supporting: int) -> Callable[[], object]:
    """The step, ready to be done on a measure with that many supporting bureaus."""
    if step == "dispatch":
        return _dispatch(cast, supporting)
    ongoing = {"cycle": "quarter"} if step in {"renew", "miss", "waive"} else {}
    due = {"evaluation": "every"} if step == "waive" else {}
    measure = road.report(_measure(road, supporting, **ongoing, **due))
    supervisor, approver = cast.supervisor(measure.plan), cast.approver(measure.plan)
    shares = [share.pk for share in measure.shares.all()]
    match step:
        case "renew":
            return lambda: verify_measure(measure, by=supervisor, checklist=ALL_HOLD)
        case "miss":
            return lambda: miss_cycle(measure, by=supervisor, reason="漏报")
        case "rework":
            return lambda: rework_measure(measure, by=supervisor, shares=shares, reason="补")
    measure = road.verify(measure)
    match step:
        case "waive":
            return lambda: waive_evaluation(measure, by=approver, reason="免")
        case "close":
            return lambda: close_measure(measure, by=approver)
    measure = road.close(measure)
    return lambda: reopen_measure(fresh(measure), by=approver, shares=shares, reason="不符", basis="审计")


def _dispatch(cast: Cast, supporting: int) -> Callable[[], object]:
    others = [cast.bureau(f"配合单位{n}") for n in range(1, supporting + 1)]
    plan = on_ledger(cast, Line(cast.bureau("教育局"), others, due=date(2026, 11, 30)))
    rules_of(plan.pk, date(2026, 3, 2))
    measure, by = plan.measures.get(), cast.supervisor(plan)
    return lambda: dispatch_measure(measure, by=by)
