"""Whom the separation of duties keeps from a step neither claims nor is handed it, and blocks nobody."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from accounts.roles import Role
from flows.measure import MeasureFlow
from flows.models import WorkItem
from flows.nodes.work import work_nodes
from flows.request import RequestFlow
from flows.separation import FREE, RULES
from flows.share import ShareFlow
from flows.work import claim, hand_over, may_claim, perform
from tests.factories.cast import Cast, appoint, join
from tests.factories.refusals import refused
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.factories.soundness import assert_sound
from tests.factories.statements import statements_of
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.evaluation import engage_evaluation
from workflow.models import Measure, Plan, Share
from workflow.queries.rules import calendar, rules_of
from workflow.routing import Verb

pytestmark = pytest.mark.django_db

Kept = tuple[WorkItem, User, User]
"""An item, who must not take it, and somebody who may."""


def test_every_step_has_a_rule_or_is_known_to_need_none() -> None:
    nodes = {node.name for flow in (MeasureFlow, ShareFlow, RequestFlow) for node in work_nodes(flow)}
    assert nodes == set(RULES) | FREE
    assert not set(RULES) & FREE


def _own_review(cast: Cast, road: Road) -> Kept:
    share = road.accept(road.measure(supporting=1).shares.get(is_lead=True))
    road.submit(share)
    author = cast.handler(share.bureau)
    appoint(author, Role.HEAD, share.bureau)
    return open_item(share), author, cast.head(share.bureau)


def _own_signature(cast: Cast, road: Road) -> Kept:
    measure = road.approve_all(road.accept_all(road.measure(supporting=1)))
    lead = cast.bureau("教育局")
    author = cast.handler(lead)
    draft_consolidation(measure, by=author, summary="汇总")
    appoint(author, Role.HEAD, lead)
    return open_item(measure), author, cast.head(lead)


def _own_bureaus_measure(cast: Cast, road: Road) -> Kept:
    measure = road.report(road.measure(supporting=1))
    member = cast.supervisor(measure.plan, 2)
    join(member, cast.bureau("配合单位1"))
    return open_item(measure), member, cast.supervisor(measure.plan)


def _own_report(cast: Cast, road: Road) -> Kept:
    measure = road.report(road.measure(supporting=1))
    writer = cast.handler(cast.bureau("配合单位1"))
    writer.memberships.update(since=date(2019, 1, 1), until=date(2019, 12, 31))
    appoint(writer, Role.SUPERVISOR, measure.plan)
    return open_item(measure), writer, cast.supervisor(measure.plan)


def _wrong_office(cast: Cast, road: Road) -> Kept:
    measure = road.report(road.measure(supporting=1))
    office, other = cast.bureau("配合单位1"), cast.bureau("监察室")
    Plan.objects.filter(pk=measure.plan_id).update(supervision_office=office, alternate_office=other)
    return open_item(fresh(measure)), cast.supervisor(measure.plan), cast.supervisor(measure.plan, 2, other)


def _tied_evaluator(cast: Cast, road: Road) -> Kept:
    measure = road.verify(road.report(road.measure(supporting=1, evaluation="last")))
    engagement = road.engagement(measure.plan)
    engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=engagement)
    tied = cast.evaluator(engagement, 2)
    join(tied, cast.bureau("配合单位1"), date(2024, 1, 1), date(2025, 6, 30))
    return open_item(measure), tied, cast.evaluator(engagement)


def _own_verification(cast: Cast, road: Road) -> Kept:
    measure = road.verify(road.report(road.measure(supporting=1)))
    verifier = cast.supervisor(measure.plan)
    appoint(verifier, Role.APPROVER, measure.plan)
    return open_item(measure), verifier, cast.approver(measure.plan)


def _own_bureaus_closure(cast: Cast, road: Road) -> Kept:
    measure = road.verify(road.report(road.measure(supporting=1)))
    member = cast.approver(measure.plan, 2)
    join(member, cast.bureau("教育局"))
    return open_item(measure), member, cast.approver(measure.plan)


CASES: dict[str, tuple[Callable[[Cast, Road], Kept], str]] = {
    "own report to review": (_own_review, "separation.review"),
    "own draft to sign": (_own_signature, "separation.review"),
    "own bureau's measure to verify": (_own_bureaus_measure, "separation.verify_bureau"),
    "own report to verify": (_own_report, "separation.verify_report"),
    "from the office that has a share": (_wrong_office, "separation.office"),
    "former bureau's measure to evaluate": (_tied_evaluator, "separation.evaluator_member"),
    "own verification to close": (_own_verification, "separation.close_verified"),
    "own bureau's measure to close": (_own_bureaus_closure, "separation.close_bureau"),
}


@pytest.mark.parametrize("case", CASES)
def test_who_must_not_decide_does_not_claim__the_rule_says_why_and_another_claims(
    cast: Cast, road: Road, case: str
) -> None:
    build, code = CASES[case]
    item, kept, free = build(cast, road)
    with refused(code, 403):
        claim(item, by=kept)
    assert claim(item, by=free).owner == free
    assert_sound()


@pytest.mark.parametrize("case", CASES)
def test_a_claim_that_asks_a_rule_takes_at_most_ten_statements(cast: Cast, road: Road, case: str) -> None:
    item, _, free = CASES[case][0](cast, road)
    calendar()
    rules_of(item.measure.plan_id, date(2026, 3, 2))
    taken = statements_of(lambda: claim(item, by=free))
    assert len(taken) <= 10, "\n".join(taken)


def test_a_head_does_not_hand_a_review_to_who_wrote_the_report(cast: Cast, road: Road) -> None:
    item, author, head = _own_review(cast, road)
    with refused("separation.review", 403):
        hand_over(item, to=author, by=head)


def test_a_steps_right_is_asked_before_its_rule(cast: Cast, road: Road) -> None:
    item, *_ = _own_bureaus_measure(cast, road)
    with refused("right.missing", 403):
        claim(item, by=cast.head(cast.bureau("配合单位1")))


def test_what_is_held_by_somebody_whom_a_rule_has_come_to_exclude_is_claimed_by_another(
    cast: Cast, road: Road
) -> None:
    measure: Measure = road.report(road.measure(supporting=1))
    one, other = cast.supervisor(measure.plan), cast.supervisor(measure.plan, 2)
    claim(open_item(measure), by=one)
    assert not may_claim(open_item(measure), other)
    join(one, cast.bureau("配合单位1"), date(2026, 3, 2))
    assert may_claim(open_item(measure), other)
    assert claim(open_item(measure), by=other).owner == other
    perform(open_item(measure), by=other, verb=Verb.VERIFY, checklist=ALL_HOLD)


def test_a_bureaus_own_steps_are_free_to_its_handlers(cast: Cast, road: Road) -> None:
    """Who wrote the last version writes the next one."""
    share = Share.objects.select_related("bureau").get(measure=road.measure(supporting=0))
    assert claim(open_item(share), by=cast.handler(share.bureau)).owner == cast.handler(share.bureau)
