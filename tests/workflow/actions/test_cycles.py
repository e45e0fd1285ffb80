"""Ongoing measures: 阶段销号 by itself after verification, 漏报, renewal without accepting again."""

from datetime import date, timedelta

import pytest

from flows.models import WorkItem
from flows.work import claim
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import close_measure
from workflow.actions.cycles import miss_cycle
from workflow.actions.shares import force_accept
from workflow.models import AuditEvent, Closure, Cycle, Measure, Report, Share
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction as A

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Ongoing by quarter, with a lead and a supporting bureau, dispatched in March."""
    return road.measure(supporting=1, cycle="quarter")


def _current(measure: Measure) -> Cycle:
    return Cycle.objects.get(measure=measure, is_current=True)


def test_verification_closes_the_cycle_by_itself_and_opens_the_next(
    cast: Cast, road: Road, measure: Measure
) -> None:
    measure = road.verify(road.report(measure))
    assert measure.state == MeasureState.IN_PROGRESS
    closure = Closure.objects.get()
    assert (closure.cycle.index, closure.phased, closure.decided_by) == (
        1,
        True,
        cast.supervisor(measure.plan),
    )
    assert _current(measure).index == 2
    assert (measure.shares_open, measure.shares_verified, measure.reported_at) == (2, 0, None)
    assert_sound()


def test_nobody_accepts_again_and_the_work_comes_to_who_had_it(
    cast: Cast, road: Road, measure: Measure
) -> None:
    measure = road.verify(road.report(measure))
    for share in measure.shares.select_related("bureau"):
        assert share.state == ShareState.IN_PROGRESS
        item = open_item(share)
        assert (item.node, item.owner, item.due) == (
            "fill",
            cast.handler(share.bureau),
            _current(measure).share_due,
        )
        assert share.share_cycles.count() == 2


def test_the_work_of_who_left_comes_to_the_post(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    road.report(measure)
    gone = cast.handler(cast.bureau("配合单位1"))
    gone.memberships.update(until=clock.today - timedelta(days=1))
    road.verify(measure)
    owners = {item.share.bureau.name: item.owner for item in WorkItem.objects.filter(finished=None)}  # type: ignore[union-attr]
    assert owners == {"教育局": cast.handler(cast.bureau("教育局")), "配合单位1": None}


def test_the_closed_cycle_keeps_its_reports_and_the_new_one_begins_without(
    road: Road, measure: Measure
) -> None:
    road.verify(road.report(measure))
    assert Report.objects.filter(share_cycle__cycle__index=1).count() == 2
    assert not Report.objects.filter(share_cycle__cycle__index=2).exists()


def test_the_last_cycle_needs_the_full_closure(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    for day in (date(2026, 3, 20), date(2026, 6, 18), date(2026, 9, 18), date(2026, 12, 18)):
        clock.to(day)
        before = fresh(measure)
        if before.state == MeasureState.IN_PROGRESS:
            with refused("state.wrong", 409):
                close_measure(measure, by=cast.approver(measure.plan))
        measure = road.verify(road.report(measure))
    assert (measure.state, _current(measure).index) == (MeasureState.VERIFIED, 4)
    assert open_item(measure).node == "close"
    assert road.close(measure).state == MeasureState.CLOSED
    assert list(Closure.objects.order_by("pk").values_list("phased", flat=True)) == [True, True, True, False]
    assert_sound()


@pytest.mark.parametrize(
    "stage", ["assigned", "half accepted", "in progress", "submitted", "drafted", "reported"]
)
def test_a_cycle_can_be_missed_at_every_stage_before_verification(
    cast: Cast, road: Road, measure: Measure, stage: str
) -> None:
    _bring_to(road, measure, stage)
    before = fresh(measure).state
    missed = miss_cycle(measure, by=cast.supervisor(measure.plan), reason="全局漏报")
    assert missed.state == MeasureState.IN_PROGRESS
    cycle = Cycle.objects.get(measure=measure, index=1)
    assert cycle.missed_at is not None
    assert not cycle.is_current
    assert _current(measure).index == 2
    line = AuditEvent.objects.filter(action=A.MEASURE_MISS_CYCLE).get()
    assert (line.from_state, line.to_state, line.reason) == (before, "in_progress", "全局漏报")
    assert_sound()
    road.verify(road.report(measure))
    assert _current(measure).index == 3
    assert_sound()


def _bring_to(road: Road, measure: Measure, stage: str) -> None:
    lead = road.shares(measure, ShareState.ASSIGNED)[0]
    match stage:
        case "half accepted":
            road.accept(lead)
        case "in progress":
            road.accept_all(measure)
        case "submitted":
            road.accept_all(measure)
            road.submit(lead)
        case "drafted":
            from workflow.actions.consolidation import draft_consolidation

            road.approve_all(road.accept_all(measure))
            draft_consolidation(measure, by=road.cast.handler(lead.bureau), summary="x")
        case "reported":
            road.report(measure)


def test_a_share_that_was_not_accepted_stays_to_be_accepted(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    clock.wait(3)
    miss_cycle(measure, by=cast.supervisor(measure.plan), reason="漏报")
    assert {share.state for share in measure.shares.all()} == {ShareState.ASSIGNED}
    assert fresh(measure).shares_unaccepted == 2
    lead, other = measure.shares.select_related("bureau").order_by("-is_lead")
    road.accept(lead)
    force_accept(other, by=cast.supervisor(measure.plan), reason="逾期")
    assert {open_item(share).due for share in (lead, other)} == {_current(measure).share_due}
    assert_sound()


def test_the_verifiers_desk_is_cleared_when_a_reported_cycle_is_missed(
    cast: Cast, road: Road, measure: Measure
) -> None:
    road.report(measure)
    claim(open_item(measure), by=cast.supervisor(measure.plan))
    miss_cycle(measure, by=cast.supervisor(measure.plan, 2), reason="作废")
    assert not WorkItem.objects.filter(measure=measure, share=None, finished=None).exists()
    assert_sound()


def test_the_last_cycle_is_not_missed(cast: Cast, road: Road, measure: Measure) -> None:
    for _ in range(3):
        miss_cycle(measure, by=cast.supervisor(measure.plan), reason="漏报")
    with refused("measure.last_cycle", 409):
        miss_cycle(measure, by=cast.supervisor(measure.plan), reason="漏报")


def test_a_dated_measure_has_no_cycle_to_miss(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    with refused("measure.not_ongoing", 409):
        miss_cycle(measure, by=cast.supervisor(measure.plan), reason="漏报")


def test_a_missed_cycle_has_a_reason_and_a_supervisor(cast: Cast, measure: Measure) -> None:
    with refused("input.reason", 422):
        miss_cycle(measure, by=cast.supervisor(measure.plan), reason="")
    for person in (cast.approver(measure.plan), cast.head(cast.bureau("教育局"))):
        with refused("right.missing", 403):
            miss_cycle(measure, by=person, reason="漏报")


def test_a_verified_cycle_is_not_missed(cast: Cast, road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=0, cycle="quarter", evaluation="every")))
    with refused("state.wrong", 409):
        miss_cycle(measure, by=cast.supervisor(measure.plan), reason="漏报")


def test_a_single_share_reports_every_cycle_by_its_approval(road: Road) -> None:
    measure = road.measure(supporting=0, cycle="year")
    share = Share.objects.select_related("bureau").get(measure=measure)
    road.accept(share)
    road.submit(share)
    road.approve(share)
    assert fresh(measure).state == MeasureState.REPORTED
    assert open_item(measure).node == "verify"
