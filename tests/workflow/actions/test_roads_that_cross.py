"""Requests, changes of the crew and stops that meet on one measure: each leaves work, counts and runs in agreement."""

from datetime import date

import pytest

from accounts.models import Bureau
from flows.models import Run, WorkItem
from tests.factories.asking import Asking
from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.cancellation import cancel_measure
from workflow.actions.ending import end_share
from workflow.actions.instructions import instruct, reply_to_instruction
from workflow.actions.joining import add_bureau_to
from workflow.actions.leading import change_lead
from workflow.actions.master_data import BureauFacts, change_bureau
from workflow.actions.requests import sign_request, withdraw_request
from workflow.actions.routine import transfer_to_routine
from workflow.actions.suspension import resume_measure, suspend_measure
from workflow.clock.now import today
from workflow.models import Measure, Request, Share
from workflow.states import MeasureState, RequestKind, RequestState, ShareOutcome

pytestmark = pytest.mark.django_db

TRANSFER, COORDINATION = RequestKind.TRANSFER, RequestKind.COORDINATION


@pytest.fixture
def asking(cast: Cast) -> Asking:
    return Asking(cast)


@pytest.fixture
def measure(road: Road) -> Measure:
    """Accepted by its lead and two others."""
    measure = road.measure(supporting=2)
    road.accept_all(measure)
    return fresh(measure)


def supporting(measure: Measure, n: int = 0) -> Share:
    return list(measure.shares.filter(is_lead=False).select_related("bureau").order_by("pk"))[n]


def is_withdrawn(request: Request) -> bool:
    stands = Request.objects.get(pk=request.pk).state == RequestState.WITHDRAWN
    return stands and not Run.objects.filter(request=request, finished=None).exists()


def succeed(cast: Cast, old: Bureau, new: Bureau) -> None:
    facts = BureauFacts(old.name, old.kind)
    change_bureau(old, facts, by=cast.administrator(), active=False, succeeded_by=new, basis="机构改革方案")


def test_a_pending_request_lapses_when_the_measure_is_cancelled(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    request = asking.signed(supporting(measure), TRANSFER)
    cancel_measure(measure, by=cast.approver(measure.plan), reason="并入", basis="会议纪要")
    assert is_withdrawn(request)
    assert fresh(measure).requests_open == 0
    assert_sound()


def test_a_pending_request_lapses_when_the_measure_goes_over_into_routine_work(
    cast: Cast, asking: Asking, road: Road
) -> None:
    measure = road.verify(road.report(road.measure(supporting=1, cycle="quarter")))
    request = asking.raise_(supporting(measure), COORDINATION)
    transfer_to_routine(measure, by=cast.approver(measure.plan), reason="已成常态")
    assert is_withdrawn(request)
    assert fresh(measure).requests_open == 0
    assert_sound()


def test_a_pending_request_lapses_with_its_share(cast: Cast, asking: Asking, measure: Measure) -> None:
    share = supporting(measure)
    request = asking.signed(share, COORDINATION)
    end_share(
        share, by=cast.supervisor(measure.plan), outcome=ShareOutcome.DROPPED.value, reason="已由他人承担"
    )
    assert is_withdrawn(request)
    assert fresh(measure).requests_open == 0
    assert_sound()


@pytest.mark.parametrize("signed", [False, True])
def test_a_request_goes_with_the_share_to_the_bureaus_successor(
    cast: Cast, asking: Asking, measure: Measure, signed: bool
) -> None:
    share, new = supporting(measure), cast.bureau("文教局")
    request = asking.raise_(share, TRANSFER)
    if signed:
        request = sign_request(request, by=cast.head(share.bureau))
    succeed(cast, share.bureau, new)
    item = WorkItem.objects.get(request=request, finished=None)
    if not signed:
        assert (item.bureau, item.process.bureau) == (new, new)
        sign_request(request, by=cast.head(new))
    assert Request.objects.get(pk=request.pk).state == RequestState.SIGNED
    assert_sound()


def test_what_waits_for_the_leads_head_goes_to_the_new_lead(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    request = asking.signed(supporting(measure, 1), COORDINATION)
    lead = supporting(measure, 0)
    assert open_item_of(request).node == "decide_for_lead"
    change_lead(lead, by=cast.supervisor(measure.plan), reason="职能在此")
    assert open_item_of(request).bureau == lead.bureau
    assert_sound()


def open_item_of(request: Request) -> WorkItem:
    return WorkItem.objects.get(request=request, finished=None)


def test_the_only_share_left_and_approved_waits_for_the_request_and_is_then_reported(
    cast: Cast, asking: Asking, road: Road, measure: Measure
) -> None:
    by, lead = cast.supervisor(measure.plan), measure.shares.get(is_lead=True)
    request = asking.signed(supporting(measure, 1), COORDINATION)
    road.submit(lead)
    road.approve(lead)
    end_share(supporting(measure, 0), by=by, outcome="dropped", reason="不再需要")
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    end_share(supporting(measure, 1), by=by, outcome="dropped", reason="不再需要")
    assert is_withdrawn(request)
    assert (fresh(measure).state, open_item(fresh(measure)).node) == (MeasureState.REPORTED, "verify")
    assert_sound()


def test_the_shares_left_are_consolidated_when_the_last_one_that_was_open_is_transferred_and_dropped(
    cast: Cast, asking: Asking, road: Road, measure: Measure
) -> None:
    for share in (measure.shares.get(is_lead=True), supporting(measure, 1)):
        road.submit(share)
        road.approve(share)
    asking.granted(supporting(measure, 0), TRANSFER)
    moved = measure.shares.exclude(state="closed").get(state="assigned")
    assert_sound()
    end_share(moved, by=cast.supervisor(measure.plan), outcome="waived", reason="已完成")
    assert open_item(fresh(measure)).node == "consolidate"
    assert_sound()


def test_nothing_is_asked_granted_added_or_dropped_while_the_measure_is_suspended(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    request, by = asking.signed(supporting(measure), TRANSFER), cast.supervisor(measure.plan)
    suspend_measure(measure, by=cast.approver(measure.plan), until=date(2026, 8, 1), reason="等新政策")
    for act in (
        lambda: asking.grant(request),
        lambda: withdraw_request(request, by=cast.handler(supporting(measure).bureau)),
        lambda: asking.raise_(supporting(measure, 1), COORDINATION),
        lambda: add_bureau_to(measure, by=by, bureau=cast.bureau("水务局"), reason="补充"),
        lambda: end_share(supporting(measure), by=by, outcome="dropped", reason="不再需要"),
    ):
        with refused("measure.suspended", 409):
            act()
    resume_measure(fresh(measure), by=cast.approver(measure.plan), reason="政策已出")
    asking.grant(request)
    assert_sound()


def test_a_share_handed_over_under_suspension_is_worked_on_after_it(
    cast: Cast, road: Road, measure: Measure
) -> None:
    share, new = supporting(measure), cast.bureau("文教局")
    suspend_measure(measure, by=cast.approver(measure.plan), until=today(), reason="等新政策")
    succeed(cast, share.bureau, new)
    assert open_item(Share.objects.get(pk=share.pk)).bureau == new
    assert_sound()


def test_a_bureau_replies_to_an_instruction_under_suspension(cast: Cast, measure: Measure) -> None:
    by, share = cast.approver(measure.plan), supporting(measure)
    instruct(measure, by=by, text="抓紧办", reply_by=date(2026, 8, 1))
    suspend_measure(measure, by=by, until=date(2026, 8, 1), reason="等新政策")
    reply = share.instruction_replies.get()
    assert reply_to_instruction(reply, by=cast.handler(share.bureau), text="已悉").replied_at is not None
    with refused("measure.suspended", 409):
        instruct(measure, by=by, text="再办", reply_by=date(2026, 8, 1))
    assert_sound()
