"""One more supporting bureau on a measure under way: a share of its own, and all others as they are."""

from datetime import date

import pytest

from accounts.models import Bureau, BureauKind
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.ending import end_share
from workflow.actions.joining import add_bureau_to
from workflow.models import AuditEvent, Consolidation, Share
from workflow.models.consolidation import ConsolidationDecision as D
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def joining(cast: Cast) -> Bureau:
    """The bureau that joins."""
    return cast.bureau("民政局")


def test_a_bureau_joins_an_assigned_measure_with_a_share_a_cycle_an_item_and_a_line(
    cast: Cast, road: Road, clock: Clock, joining: Bureau
) -> None:
    measure = road.measure(supporting=1)
    before = list(measure.shares.order_by("pk").values())
    clock.wait(3)

    share = add_bureau_to(
        measure, by=cast.supervisor(measure.plan), bureau=joining, reason="涉及低保", duty="核对名单"
    )

    assert (share.state, share.is_lead, share.duty) == (ShareState.ASSIGNED, False, "核对名单")
    assert share.dispatched_on == date(2026, 3, 5)
    assert share.current_share_cycle.due == measure.current_cycle.share_due
    item = open_item(share)
    assert (item.node, item.bureau, item.due) == ("accept", joining, date(2026, 3, 9))
    line = AuditEvent.objects.get(action=AuditAction.SHARE_ADD)
    assert line.payload == {"order": fresh(measure).dispatch_order.number, "bureau": "民政局"}
    assert list(measure.shares.exclude(pk=share.pk).order_by("pk").values()) == before
    assert_sound()


def test_a_bureau_joins_a_measure_in_progress_whose_consolidation_lapses(
    cast: Cast, road: Road, joining: Bureau
) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=1)))
    draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="一稿")

    add_bureau_to(measure, by=cast.supervisor(measure.plan), bureau=joining, reason="补充")

    measure = fresh(measure)
    assert (measure.state, measure.shares_open, measure.shares_verified) == (MeasureState.IN_PROGRESS, 3, 2)
    assert [draft.decision for draft in Consolidation.objects.all()] == [D.LAPSED]
    assert not measure.work_items.filter(share=None, finished=None).exists()
    assert_sound()
    road.close(road.verify(road.report(measure)))
    assert_sound()


def test_a_bureau_that_joins_late_is_not_late_at_once(
    cast: Cast, road: Road, clock: Clock, joining: Bureau
) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    clock.wait(300)
    share = add_bureau_to(measure, by=cast.supervisor(measure.plan), bureau=joining, reason="补充")
    assert measure.current_cycle.due < date(2026, 12, 27)
    assert share.current_share_cycle.due > date(2026, 12, 27)
    assert_sound()


def test_a_bureau_joins_a_single_share_which_is_then_consolidated(
    cast: Cast, road: Road, joining: Bureau
) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    add_bureau_to(measure, by=cast.supervisor(measure.plan), bureau=joining, reason="补充")
    measure = road.approve_all(road.accept_all(measure))
    assert open_item(measure).node == "consolidate"
    assert_sound()


def test_no_bureau_joins_a_reported_measure(cast: Cast, road: Road, joining: Bureau) -> None:
    measure = road.report(road.measure(supporting=1))
    with refused("measure.shares_fixed", 409):
        add_bureau_to(measure, by=cast.supervisor(measure.plan), bureau=joining, reason="x")


def test_a_bureau_has_one_share_in_a_measure_even_where_that_one_ended(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    share, supervisor = measure.shares.get(is_lead=False), cast.supervisor(measure.plan)
    with refused("share.bureau_has_one", 409):
        add_bureau_to(measure, by=supervisor, bureau=share.bureau, reason="x")
    end_share(share, by=supervisor, outcome="dropped", reason="x")
    with refused("share.bureau_has_one", 409):
        add_bureau_to(measure, by=supervisor, bureau=share.bureau, reason="x")


@pytest.mark.parametrize("fault", ["closed", "succeeded", "agency"])
def test_only_a_bureau_that_stands_can_join(cast: Cast, road: Road, joining: Bureau, fault: str) -> None:
    measure = road.measure(supporting=1)
    supervisor = cast.supervisor(measure.plan)
    changes = {
        "closed": {"active": False},
        "succeeded": {"succeeded_by": cast.bureau("教育局")},
        "agency": {"kind": BureauKind.AGENCY},
    }
    Bureau.objects.filter(pk=joining.pk).update(**changes[fault])
    joining.refresh_from_db()
    with refused("input.bureau", 422):
        add_bureau_to(measure, by=supervisor, bureau=joining, reason="x")


@pytest.mark.parametrize("who", ["approver", "handler", "head"])
def test_only_a_supervisor_adds_a_bureau(cast: Cast, road: Road, joining: Bureau, who: str) -> None:
    measure = road.measure(supporting=1)
    lead = cast.bureau("教育局")
    person = cast.approver(measure.plan) if who == "approver" else getattr(cast, who)(lead)
    with refused("right.missing", 403):
        add_bureau_to(measure, by=person, bureau=joining, reason="x")
    assert not Share.objects.filter(bureau=joining).exists()
