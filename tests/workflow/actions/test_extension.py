"""延期: asked by the bureau, decided within the limits of RULES.md, scored on the first date when late."""

from datetime import date

import pytest

from accounts.roles import Role
from flows.models import WorkItem
from tests.factories.asking import Asking
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.consolidation import draft_consolidation, sign_consolidation
from workflow.actions.cycles import miss_cycle
from workflow.actions.requests import (
    decline_request,
    pass_request_on,
    raise_extension,
    reject_request,
    sign_request,
    withdraw_request,
)
from workflow.actions.requests_granting import grant_request
from workflow.models import AuditEvent, Cycle, Measure, Request, Share, ShareCycle
from workflow.states import MeasureState, RequestKind, RequestState, ShareState

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)
SHORT, LONG = date(2026, 12, 21), date(2026, 12, 22)
"""15 and 16 working days after the due date."""


@pytest.fixture
def asking(cast: Cast) -> Asking:
    return Asking(cast)


@pytest.fixture
def measure(road: Road) -> Measure:
    """Both shares accepted."""
    return road.accept_all(road.measure(supporting=1))


@pytest.fixture
def share(measure: Measure) -> Share:
    """The supporting one, which its bureau asks about."""
    return measure.shares.select_related("bureau").get(is_lead=False)


def part(share: Share) -> ShareCycle:
    return ShareCycle.objects.get(share=share, cycle__is_current=True)


def test_a_request_is_signed_by_the_head_and_granted_by_a_supervisor(
    cast: Cast, asking: Asking, share: Share
) -> None:
    request = asking.raise_(share, wanted_by=SHORT)
    item = WorkItem.objects.get(request=request, finished=None)
    assert (item.node, item.role, item.bureau, item.due) == (
        "sign_request",
        Role.HEAD,
        share.bureau,
        date(2026, 3, 4),
    )
    assert_sound()
    sign_request(request, by=cast.head(share.bureau))
    item = WorkItem.objects.get(request=request, finished=None)
    assert (item.node, item.role, item.plan, item.due) == (
        "decide_request",
        Role.SUPERVISOR,
        share.measure.plan,
        date(2026, 3, 5),
    )
    assert_sound()
    grant_request(request, by=cast.supervisor(share.measure.plan), opinion="同意")
    stored = Request.objects.get()
    assert (stored.state, stored.opinion, stored.decided_by) == (
        RequestState.GRANTED,
        "同意",
        cast.supervisor(share.measure.plan),
    )
    assert (part(share).due, part(share).first_due) == (SHORT, DUE)
    assert not WorkItem.objects.filter(request=request, finished=None).exists()
    assert_sound()


def test_a_pending_request_changes_no_state_and_a_granted_one_only_the_dates(
    asking: Asking, share: Share
) -> None:
    before = fresh(share.measure).state, share.state
    request = asking.signed(share)
    share = Share.objects.get(pk=share.pk)
    assert (fresh(share.measure).state, share.state) == before
    assert fresh(share.measure).requests_open == 1
    asking.grant(request)
    share = Share.objects.get(pk=share.pk)
    assert (fresh(share.measure).state, share.state) == before
    assert fresh(share.measure).requests_open == 0
    assert open_item(share).due == date(2026, 12, 10)


def test_no_other_share_is_extended(asking: Asking, share: Share) -> None:
    lead = share.measure.shares.get(is_lead=True)
    before = part(lead).due
    asking.granted(share, wanted_by=SHORT)
    assert (part(lead).due, part(lead).first_due) == (before, None)


def test_the_date_of_the_measures_report_follows_the_leads_own(asking: Asking, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    lead = measure.shares.select_related("bureau").get(is_lead=True)
    asking.granted(lead, wanted_by=SHORT)
    assert Cycle.objects.get(measure=measure).due == SHORT
    assert fresh(measure).due == DUE
    assert_sound()


@pytest.mark.parametrize(("wanted_by", "decider"), [(SHORT, Role.SUPERVISOR), (LONG, Role.APPROVER)])
def test_a_supervisor_decides_up_to_15_working_days_and_the_approver_longer_ones(
    asking: Asking, share: Share, wanted_by: date, decider: Role
) -> None:
    assert asking.signed(share, wanted_by=wanted_by).decider == decider
    assert_sound()


def test_a_supervisor_cannot_grant_what_lies_with_the_approver(
    cast: Cast, asking: Asking, share: Share
) -> None:
    request = asking.signed(share, wanted_by=LONG)
    with refused("right.missing", 403):
        grant_request(request, by=cast.supervisor(share.measure.plan))


def test_a_second_extension_is_the_approvers_and_a_third_is_refused(asking: Asking, share: Share) -> None:
    asking.granted(share, wanted_by=date(2026, 12, 2))
    assert asking.signed(share, wanted_by=date(2026, 12, 3)).decider == Role.APPROVER
    asking.grant(Request.objects.get(state=RequestState.SIGNED))
    assert part(share).first_due == DUE
    with refused("request.extensions_used", 409):
        asking.raise_(share, wanted_by=date(2026, 12, 4))
    assert_sound()


def test_an_extension_ends_at_half_of_the_original_time(asking: Asking, share: Share) -> None:
    with refused("request.extension_long", 422):
        asking.raise_(share, wanted_by=date(2027, 6, 30))


def test_one_past_the_plans_end_needs_the_issuers_decision(asking: Asking, share: Share) -> None:
    request = asking.signed(share, wanted_by=date(2027, 1, 8))
    assert request.decider == Role.APPROVER
    with refused("input.issuer_basis", 422):
        asking.grant(request)
    asking.grant(request, issuer_basis="区政府办〔2026〕9号")
    assert Request.objects.get().issuer_basis == "区政府办〔2026〕9号"
    assert (
        AuditEvent.objects.filter(action="request.grant", outcome="done").get().basis == "区政府办〔2026〕9号"
    )


@pytest.mark.parametrize(
    ("day", "is_late"), [(date(2026, 11, 23), False), (date(2026, 11, 24), True), (date(2026, 12, 1), True)]
)
def test_one_asked_less_than_five_working_days_ahead_is_late_and_keeps_the_first_date(
    asking: Asking, share: Share, clock: Clock, day: date, is_late: bool
) -> None:
    clock.to(day)
    request = asking.granted(share)
    assert request.is_late is is_late
    assert (part(share).first_due, part(share).due) == (DUE, date(2026, 12, 10))


@pytest.mark.parametrize("wanted_by", [DUE, date(2026, 11, 27)])
def test_the_new_date_comes_after_the_old(asking: Asking, share: Share, wanted_by: date) -> None:
    with refused("input.later", 422):
        asking.raise_(share, wanted_by=wanted_by)


def test_a_date_that_is_over_cannot_be_asked_for(asking: Asking, share: Share, clock: Clock) -> None:
    clock.to(date(2026, 12, 8))
    with refused("input.date_ahead", 422):
        asking.raise_(share, wanted_by=date(2026, 12, 8))


@pytest.mark.parametrize("who", ["head", "lead", "supervisor", "stranger"])
def test_only_a_handler_of_the_bureau_asks(cast: Cast, share: Share, who: str) -> None:
    person = {
        "head": lambda: cast.head(share.bureau),
        "lead": lambda: cast.handler(cast.bureau("教育局")),
        "supervisor": lambda: cast.supervisor(share.measure.plan),
        "stranger": cast.stranger,
    }[who]()
    with refused("right.missing", 403):
        raise_extension(share, by=person, wanted_by=SHORT, reason="资料未到")


def test_only_the_head_of_the_bureau_signs(cast: Cast, asking: Asking, share: Share) -> None:
    request = asking.raise_(share)
    for person in (cast.handler(share.bureau), cast.head(cast.bureau("教育局"))):
        with refused("right.missing", 403):
            sign_request(request, by=person)


@pytest.mark.parametrize("did", ["raised", "signed"])
def test_nobody_decides_a_request_that_they_raised_or_signed(
    cast: Cast, asking: Asking, share: Share, did: str
) -> None:
    request = asking.signed(share)
    person = {"raised": cast.handler, "signed": cast.head}[did](share.bureau)
    appoint(person, Role.SUPERVISOR, share.measure.plan)
    with refused("separation.request", 403):
        grant_request(request, by=person)
    with refused("separation.request", 403):
        reject_request(request, by=person, reason="不妥")
    with refused("separation.request", 403):
        pass_request_on(request, by=person, reason="请定")


def test_a_rejection_gives_a_reason_and_leaves_the_dates(cast: Cast, asking: Asking, share: Share) -> None:
    request = asking.signed(share)
    supervisor = cast.supervisor(share.measure.plan)
    with refused("input.reason", 422):
        reject_request(request, by=supervisor, reason=" ")
    reject_request(request, by=supervisor, reason="理由不足")
    assert (part(share).due, part(share).first_due) == (DUE, None)
    with refused("state.wrong", 409):
        grant_request(request, by=supervisor)
    assert asking.raise_(share).state == RequestState.RAISED
    assert_sound()


def test_the_head_may_not_sign_and_says_why(cast: Cast, asking: Asking, share: Share) -> None:
    request = asking.raise_(share)
    decline_request(request, by=cast.head(share.bureau), reason="自行克服")
    assert Request.objects.get().state == RequestState.WITHDRAWN
    assert_sound()


@pytest.mark.parametrize("signed", [False, True])
def test_who_raised_it_withdraws_it_until_it_is_decided(
    cast: Cast, asking: Asking, share: Share, signed: bool
) -> None:
    request = asking.signed(share) if signed else asking.raise_(share)
    with refused("request.not_raiser", 403):
        withdraw_request(request, by=cast.handler(share.bureau, 2))
    withdraw_request(request, by=cast.handler(share.bureau))
    assert fresh(share.measure).requests_open == 0
    assert_sound()
    with refused("state.wrong", 409):
        withdraw_request(request, by=cast.handler(share.bureau))


def test_a_supervisor_passes_it_on_to_the_approver(cast: Cast, asking: Asking, share: Share) -> None:
    request = asking.signed(share)
    pass_request_on(request, by=cast.supervisor(share.measure.plan), reason="请示")
    assert WorkItem.objects.get(request=request, finished=None).node == "decide_above"
    assert_sound()
    with refused("request.top", 409):
        pass_request_on(request, by=cast.approver(share.measure.plan), reason="请示")
    asking.grant(Request.objects.get())
    assert_sound()


def test_one_request_of_a_kind_waits_on_a_share(asking: Asking, share: Share) -> None:
    asking.raise_(share)
    with refused("request.pending", 409):
        asking.raise_(share)
    asking.raise_(share, RequestKind.COORDINATION)
    assert fresh(share.measure).requests_open == 2


def test_the_measure_is_not_reported_while_a_request_is_pending(
    cast: Cast, road: Road, asking: Asking, measure: Measure
) -> None:
    lead = measure.shares.select_related("bureau").get(is_lead=True)
    request = asking.signed(lead, RequestKind.COORDINATION)
    road.approve_all(measure)
    draft_consolidation(measure, by=cast.handler(lead.bureau), summary="汇总")
    with refused("request.open", 409):
        sign_consolidation(measure, by=cast.head(lead.bureau))
    asking.grant(request)
    assert_sound()
    sign_consolidation(measure, by=cast.head(lead.bureau))
    assert fresh(measure).state == MeasureState.REPORTED


def test_a_single_share_is_not_reported_while_a_request_is_pending(road: Road, asking: Asking) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    share = road.shares(measure, ShareState.IN_PROGRESS)[0]
    request = asking.signed(share)
    road.submit(share)
    with refused("request.open", 409):
        road.approve(share)
    reject_request(request, by=road.cast.supervisor(measure.plan), reason="已报")
    road.approve(share)
    assert fresh(measure).state == MeasureState.REPORTED
    assert_sound()


def test_what_is_reported_meanwhile_is_not_extended(road: Road, asking: Asking, share: Share) -> None:
    request = asking.signed(share)
    road.submit(share)
    with refused("state.wrong", 409):
        asking.grant(request)


def test_an_extension_lapses_with_the_cycle_that_is_missed(cast: Cast, road: Road, asking: Asking) -> None:
    measure = road.accept_all(road.measure(supporting=1, cycle="quarter"))
    share = measure.shares.select_related("bureau").get(is_lead=False)
    request = asking.signed(share, wanted_by=date(2026, 3, 27))
    miss_cycle(measure, by=cast.supervisor(measure.plan), reason="未报")
    assert Request.objects.get(pk=request.pk).state == RequestState.WITHDRAWN
    assert fresh(measure).requests_open == 0
    assert_sound()
