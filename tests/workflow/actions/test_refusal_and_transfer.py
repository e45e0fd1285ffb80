"""退办 and 转办: a share ends or goes to another bureau, and every other share stays as it is."""

from datetime import date

import pytest

from flows.models import Run, WorkItem
from tests.factories.asking import Asking
from tests.factories.cast import Cast, join
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.requests import raise_refusal, reject_request, withdraw_request
from workflow.actions.requests_granting import grant_request
from workflow.models import Measure, Request, Share, ShareCycle
from workflow.states import MeasureState, RequestKind, RequestState, ShareOutcome, ShareState

pytestmark = pytest.mark.django_db

REFUSAL, TRANSFER = RequestKind.REFUSAL, RequestKind.TRANSFER


@pytest.fixture
def asking(cast: Cast) -> Asking:
    return Asking(cast)


@pytest.fixture
def measure(road: Road) -> Measure:
    """Dispatched to the lead and two others, nothing accepted."""
    return road.measure(supporting=2)


def supporting(measure: Measure, n: int = 0) -> Share:
    return list(measure.shares.filter(is_lead=False).select_related("bureau").order_by("pk"))[n]


def lead_of(measure: Measure) -> Share:
    return measure.shares.select_related("bureau").get(is_lead=True)


def others_than(share: Share) -> list[tuple[int, str, bool]]:
    rows = Share.objects.filter(measure=share.measure_id).exclude(pk=share.pk)
    return list(rows.order_by("pk").values_list("pk", "state", "is_lead"))


def test_a_granted_refusal_drops_the_share_and_leaves_the_others(asking: Asking, measure: Measure) -> None:
    share = supporting(measure)
    before = others_than(share)
    asking.granted(share, REFUSAL)
    share = Share.objects.get(pk=share.pk)
    assert (share.state, share.outcome, share.outcome_reason) == (
        ShareState.CLOSED,
        ShareOutcome.DROPPED,
        "资料未到",
    )
    assert others_than(share) == before
    assert (fresh(measure).shares_open, fresh(measure).shares_total) == (2, 3)
    assert not Run.objects.filter(share=share, finished=None).exists()
    assert_sound()


def test_the_decider_may_move_a_refused_share_to_the_suggested_bureau(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    share = supporting(measure)
    request = asking.signed(share, REFUSAL)
    asking.grant(request, bureau=cast.bureau("水务局"))
    assert Share.objects.get(pk=share.pk).outcome == ShareOutcome.TRANSFERRED
    taken = measure.shares.get(bureau=cast.bureau("水务局"))
    assert (taken.state, taken.dispatched_on) == (ShareState.ASSIGNED, date(2026, 3, 2))
    assert_sound()


@pytest.mark.parametrize(("day", "may"), [(date(2026, 3, 4), True), (date(2026, 3, 5), False)])
def test_a_share_is_refused_within_two_working_days_of_its_dispatch(
    asking: Asking, measure: Measure, clock: Clock, day: date, may: bool
) -> None:
    clock.to(day)
    if may:
        assert asking.raise_(supporting(measure), REFUSAL).kind == REFUSAL
        return
    with refused("request.refusal_limit", 409):
        asking.raise_(supporting(measure), REFUSAL)


def test_a_share_is_refused_once(cast: Cast, asking: Asking, measure: Measure) -> None:
    share = supporting(measure)
    request = asking.signed(share, REFUSAL)
    reject_request(request, by=cast.supervisor(measure.plan), reason="职责明确")
    with refused("request.refused_before", 409):
        asking.raise_(share, REFUSAL)


def test_a_refusal_that_was_taken_back_unsigned_does_not_count(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    share = supporting(measure)
    withdraw_request(asking.raise_(share, REFUSAL), by=cast.handler(share.bureau))
    assert asking.raise_(share, REFUSAL).state == RequestState.RAISED


def test_a_refusal_gives_its_legal_basis_and_a_bureau_without_a_share(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    share = supporting(measure)
    with refused("input.legal_basis", 422):
        asking.raise_(share, REFUSAL, legal_basis=" ")
    with refused("input.request_bureau", 422):
        asking.raise_(share, REFUSAL, bureau=cast.bureau("教育局"))
    with refused("right.missing", 403):
        raise_refusal(
            share, by=cast.head(share.bureau), reason="x", legal_basis="y", bureau=cast.bureau("水务局")
        )


def test_it_is_due_to_be_decided_in_three_working_days(asking: Asking, measure: Measure) -> None:
    request = asking.signed(supporting(measure), REFUSAL)
    assert WorkItem.objects.get(request=request, finished=None).due == date(2026, 3, 5)


@pytest.mark.parametrize("supporters", [0, 2])
def test_the_leading_and_the_only_share_are_taken_over_and_never_dropped(
    cast: Cast, road: Road, asking: Asking, supporters: int
) -> None:
    measure = road.measure(supporting=supporters)
    request = asking.signed(lead_of(measure), REFUSAL)
    with refused("request.only_share", 422):
        asking.grant(request)
    asking.grant(request, bureau=cast.bureau("水务局"))
    assert lead_of(measure).bureau == cast.bureau("水务局")
    assert_sound()


def test_a_measure_begins_when_the_last_share_not_accepted_is_dropped(
    road: Road, asking: Asking, measure: Measure
) -> None:
    share = supporting(measure)
    for other in road.shares(measure, ShareState.ASSIGNED):
        if other.pk != share.pk:
            road.accept(other)
    asking.granted(share, REFUSAL)
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert_sound()


def test_approved_shares_are_gathered_when_the_last_open_one_is_dropped(
    road: Road, asking: Asking, measure: Measure
) -> None:
    share = supporting(measure)
    request = asking.signed(share, REFUSAL)
    for other in road.shares(measure, ShareState.ASSIGNED):
        if other.pk != share.pk:
            road.accept(other)
            road.submit(other)
            road.approve(other)
    asking.grant(request)
    assert open_item(measure).node == "consolidate"
    assert_sound()
    assert road.close(road.verify(road.report(measure))).state == MeasureState.CLOSED
    assert_sound()


def test_the_single_approved_share_that_is_left_reports_the_measure(road: Road, asking: Asking) -> None:
    measure = road.measure(supporting=1)
    request = asking.signed(supporting(measure), REFUSAL)
    lead = road.accept(lead_of(measure))
    road.submit(lead)
    road.approve(lead)
    asking.grant(request)
    assert fresh(measure).state == MeasureState.REPORTED
    assert open_item(measure).node == "verify"
    assert_sound()


def test_it_waits_for_the_other_request_before_it_is_reported(road: Road, asking: Asking) -> None:
    measure = road.measure(supporting=1)
    request = asking.signed(supporting(measure), REFUSAL)
    lead = road.accept(lead_of(measure))
    other = asking.signed(lead, RequestKind.COORDINATION)
    road.submit(lead)
    road.approve(lead)
    asking.grant(request)
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert_sound()
    asking.grant(other)
    assert fresh(measure).state == MeasureState.REPORTED
    assert_sound()


def test_the_other_requests_of_a_share_lapse_when_it_ends(asking: Asking, measure: Measure) -> None:
    share = supporting(measure)
    raised, signed = asking.raise_(share), asking.signed(share, RequestKind.COORDINATION)
    asking.granted(share, REFUSAL)
    states = set(Request.objects.filter(pk__in=[raised.pk, signed.pk]).values_list("state", flat=True))
    assert states == {RequestState.WITHDRAWN}
    assert fresh(measure).requests_open == 0
    assert_sound()


def test_a_transferred_share_goes_on_in_the_receiving_bureau_with_its_dates(
    cast: Cast, road: Road, asking: Asking, measure: Measure
) -> None:
    measure = road.accept_all(measure)
    share = supporting(measure)
    before = others_than(share)
    asking.granted(share, TRANSFER)
    taken = measure.shares.select_related("bureau").get(bureau=cast.bureau("水务局"))
    assert Share.objects.get(pk=share.pk).outcome == ShareOutcome.TRANSFERRED
    assert (taken.state, taken.is_lead, taken.unit_id) == (ShareState.ASSIGNED, False, share.unit_id)
    dues = ShareCycle.objects.filter(share__in=[share, taken]).values_list("due", flat=True).distinct()
    assert len(dues) == 1
    assert [row for row in others_than(share) if row[0] != taken.pk] == before
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert open_item(taken).node == "accept"
    assert_sound()
    assert road.close(road.verify(road.report(measure))).state == MeasureState.CLOSED
    assert_sound()


def test_a_transfer_of_the_lead_keeps_exactly_one_lead_who_consolidates(
    cast: Cast, road: Road, asking: Asking, measure: Measure
) -> None:
    measure = road.accept_all(measure)
    asking.granted(lead_of(measure), TRANSFER)
    assert measure.shares.filter(is_lead=True).count() == 1
    assert_sound()
    measure = road.approve_all(road.accept_all(measure))
    item = open_item(measure)
    assert (item.node, item.bureau) == ("consolidate", cast.bureau("水务局"))
    assert_sound()
    assert road.close(road.verify(road.report(measure))).state == MeasureState.CLOSED


def test_what_waits_for_the_leads_head_goes_over_with_the_lead(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    request = asking.signed(supporting(measure), RequestKind.COORDINATION, bureau=cast.bureau("配合单位2"))
    asking.granted(lead_of(measure), TRANSFER)
    assert WorkItem.objects.get(request=request, finished=None).bureau == cast.bureau("水务局")
    assert_sound()
    grant_request(request, by=cast.head(cast.bureau("水务局")))
    assert_sound()


def test_a_bureau_that_has_a_share_takes_no_second_one(cast: Cast, asking: Asking, measure: Measure) -> None:
    with refused("input.request_bureau", 422):
        asking.raise_(supporting(measure), TRANSFER, bureau=supporting(measure, 1).bureau)
    request = asking.signed(supporting(measure), TRANSFER)
    with refused("input.request_bureau", 422):
        asking.grant(request, bureau=cast.bureau("教育局"))


def test_a_share_whose_report_is_submitted_does_not_move(
    road: Road, asking: Asking, measure: Measure
) -> None:
    share = road.accept(supporting(measure))
    request = asking.signed(share, TRANSFER)
    road.submit(share)
    with refused("state.wrong", 409):
        asking.grant(request)
    assert_sound()


def test_nobody_ends_a_share_in_a_measure_of_their_own_bureau(
    cast: Cast, asking: Asking, measure: Measure
) -> None:
    request = asking.signed(supporting(measure), TRANSFER)
    member = cast.supervisor(measure.plan, 2)
    join(member, supporting(measure, 1).bureau)
    with refused("separation.end_bureau", 403):
        grant_request(request, by=member)


def test_the_next_cycle_begins_without_the_share_that_was_moved(road: Road, asking: Asking) -> None:
    measure = road.accept_all(road.measure(supporting=1, cycle="quarter"))
    share = supporting(measure)
    asking.granted(share, TRANSFER)
    road.verify(road.report(measure))
    assert not ShareCycle.objects.filter(share=share, cycle__is_current=True).exists()
    assert_sound()
