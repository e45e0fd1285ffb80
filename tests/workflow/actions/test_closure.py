"""销号, 重新挂账, and a plan that is completed with its last measure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.belonging import succeed
from accounts.roles import Role
from flows.models import Run, WorkItem
from flows.work import claim
from tests.factories.cast import LONG_AGO, Cast, appoint, join
from tests.factories.plans import Line, Promise, on_ledger
from tests.factories.refusals import refused
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import close_measure, reopen_measure
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.preparation import waive_target
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import AuditEvent, Closure, Measure, Plan, Report, Share
from workflow.states import MeasureState, PlanState, ShareOutcome, ShareState
from workflow.trail.actions import AuditAction as A

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 30)


@pytest.fixture
def measure(road: Road) -> Measure:
    """Verified, with a lead and a supporting bureau, beside another measure that goes on."""
    lines = [Line(road.cast.bureau("教育局"), [road.cast.bureau("配合单位1")], due=DUE)]
    measure, _ = road.dispatched(*lines, Line(road.cast.bureau("财政局"), due=DUE))
    return road.verify(road.report(measure))


def test_the_approver_strikes_the_measure_off_and_its_shares_end_as_done(
    cast: Cast, measure: Measure
) -> None:
    closure = close_measure(measure, by=cast.approver(measure.plan), opinion=" 同意 ")
    assert (closure.opinion, closure.phased, closure.decided_by) == (
        "同意",
        False,
        cast.approver(measure.plan),
    )
    assert fresh(measure).state == MeasureState.CLOSED
    assert set(measure.shares.values_list("state", "outcome")) == {(ShareState.CLOSED, ShareOutcome.DONE)}
    assert (fresh(measure).shares_total, fresh(measure).shares_open) == (2, 0)
    assert not WorkItem.objects.filter(measure=measure, finished=None).exists()
    assert not Run.objects.filter(measure=measure, finished=None).exists()
    assert_sound()


@pytest.mark.parametrize("who", ["supervisor", "observer", "auditor"])
def test_only_an_approver_closes(cast: Cast, measure: Measure, who: str) -> None:
    with refused("right.missing", 403):
        close_measure(measure, by=getattr(cast, who)(measure.plan))


def test_only_what_is_verified_is_closed(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=0))
    with refused("state.wrong", 409):
        close_measure(measure, by=cast.approver(measure.plan))


def test_what_another_approver_claimed_is_theirs(cast: Cast, measure: Measure) -> None:
    claim(open_item(measure), by=cast.approver(measure.plan, 2))
    with refused("item.held", 409):
        close_measure(measure, by=cast.approver(measure.plan))


def test_rule_3_who_verified_the_measure_does_not_close_it(cast: Cast, measure: Measure) -> None:
    verifier = cast.supervisor(measure.plan)
    appoint(verifier, Role.APPROVER, measure.plan)
    with refused("separation.close_verified", 403):
        close_measure(measure, by=verifier)


def test_rule_3_who_verified_it_once_before_does_not_close_it(
    cast: Cast, road: Road, measure: Measure
) -> None:
    first = cast.supervisor(measure.plan)
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.approver(measure.plan), shares=[lead.pk], reason="补")
    road.report(measure)
    verify_measure(measure, by=cast.supervisor(measure.plan, 2), checklist=ALL_HOLD)
    appoint(first, Role.APPROVER, measure.plan)
    with refused("separation.close_verified", 403):
        close_measure(measure, by=first)


@pytest.mark.parametrize("bureau", ["教育局", "配合单位1"])
def test_rule_3_who_belongs_to_a_bureau_of_the_measure_does_not_close_it(
    cast: Cast, measure: Measure, bureau: str
) -> None:
    with refused("separation.close_bureau", 403):
        close_measure(measure, by=cast.approver(measure.plan, 2, bureau=cast.bureau(bureau)))


@pytest.mark.parametrize(("last_day", "own"), [(date(2026, 3, 2), True), (date(2026, 3, 1), False)])
def test_rule_3_counts_a_membership_at_any_time_in_the_cycle(
    cast: Cast, measure: Measure, last_day: date, own: bool
) -> None:
    person = cast.approver(measure.plan, 2)
    join(person, cast.bureau("配合单位1"), LONG_AGO, last_day)
    if own:
        with refused("separation.close_bureau", 403):
            close_measure(measure, by=person)
    else:
        close_measure(measure, by=person)


def test_rule_3_counts_members_of_what_came_before(cast: Cast, measure: Measure) -> None:
    person = cast.approver(measure.plan, 2, bureau=cast.bureau("老局"))
    succeed(cast.bureau("老局"), cast.bureau("配合单位1"))
    with refused("separation.close_bureau", 403):
        close_measure(measure, by=person)


@pytest.mark.parametrize(
    ("promise", "value", "met"),
    [
        (Promise("率", ">=", Decimal(95)), "95", True),
        (Promise("率", ">=", Decimal(95)), "94.9999", False),
        (Promise("率", ">", Decimal(85)), "85", False),
        (Promise("率", ">", Decimal(85)), "85.0001", True),
        (Promise("数", "=", Decimal(12)), "12", True),
        (Promise("数", "=", Decimal(12)), "13", False),
        (Promise("数", "<=", Decimal(3)), "3", True),
        (Promise("数", "<", Decimal(3)), "3", False),
        (Promise("建成", "", None), "1", True),
        (Promise("建成", "", None), "0", False),
        (Promise("数", "", Decimal(2)), "2", True),
    ],
)
def test_every_target_is_met_before_the_measure_is_closed(
    cast: Cast, road: Road, promise: Promise, value: str, met: bool
) -> None:
    measure = road.accept_all(road.measure(supporting=0, targets=[promise]))
    share = measure.shares.select_related("bureau").get()
    road.submit(share, Decimal(value))
    road.verify(road.report(measure))
    if met:
        road.close(measure)
        return
    with refused("measure.targets_open", 409):
        close_measure(measure, by=cast.approver(measure.plan))
    waive_target(measure.targets.get(), by=cast.approver(measure.plan), reason="口径变化")
    road.close(measure)
    with refused("state.wrong", 409):
        waive_target(measure.targets.get(), by=cast.approver(measure.plan), reason="再次")


def test_the_last_report_counts_and_not_what_was_returned(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0, targets=[Promise()]))
    share = measure.shares.select_related("bureau").get()
    road.submit(share, Decimal(99))
    measure = road.report(measure)
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=[share.pk], reason="数据不实")
    road.submit(share, Decimal(50))
    road.verify(road.report(measure))
    with refused("measure.targets_open", 409):
        close_measure(measure, by=cast.approver(measure.plan))


def test_the_approver_rejects_the_closure_and_returns_named_shares(cast: Cast, measure: Measure) -> None:
    claim(open_item(measure), by=cast.approver(measure.plan))
    other = measure.shares.get(is_lead=False)
    rework_measure(measure, by=cast.approver(measure.plan), shares=[other.pk], reason="与批示不符")
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert_sound()


def _reopened(cast: Cast, measure: Measure, shares: list[int]) -> Measure:
    return reopen_measure(
        measure,
        by=cast.approver(measure.plan),
        shares=shares,
        reason="回头看不符",
        basis="审计报告〔2026〕3号",
    )


def test_a_closed_measure_is_put_back_with_the_named_shares_only(
    cast: Cast, road: Road, measure: Measure
) -> None:
    road.close(measure)
    named, kept = measure.shares.get(is_lead=False), measure.shares.get(is_lead=True)
    before = Share.objects.values().get(pk=kept.pk)
    assert _reopened(cast, measure, [named.pk]).state == MeasureState.IN_PROGRESS
    assert Share.objects.values().get(pk=kept.pk) == before
    again = Share.objects.get(pk=named.pk)
    assert (again.state, again.outcome) == (ShareState.IN_PROGRESS, ShareOutcome.OPEN)
    assert open_item(named).owner == cast.handler(cast.bureau("配合单位1"))
    assert Closure.objects.get().reopened_at is not None
    assert Report.objects.get(share_cycle__share=named).return_reason == "回头看不符"
    assert_sound()
    road.close(road.verify(road.report(measure)))
    assert Closure.objects.count() == 2
    assert_sound()


def test_a_reopening_of_several_is_consolidated_again(cast: Cast, road: Road, measure: Measure) -> None:
    road.close(measure)
    _reopened(cast, measure, [share.pk for share in measure.shares.all()])
    assert_sound()
    measure = road.report(measure)
    assert measure.state == MeasureState.REPORTED
    road.close(road.verify(measure))
    assert_sound()


def test_the_verifier_of_then_is_named(cast: Cast, road: Road, measure: Measure) -> None:
    road.close(measure)
    _reopened(cast, measure, [measure.shares.get(is_lead=True).pk])
    line = AuditEvent.objects.get(action=A.MEASURE_REOPEN)
    assert line.payload["verifiers"] == [cast.supervisor(measure.plan).pk]


def test_a_reopening_needs_reason_basis_shares_and_an_approver(
    cast: Cast, road: Road, measure: Measure
) -> None:
    road.close(measure)
    given = {"shares": [measure.shares.get(is_lead=True).pk], "reason": "不符", "basis": "审计"}
    by = cast.approver(measure.plan)
    for wrong, code in (
        ({"reason": " "}, "input.reason"),
        ({"basis": ""}, "input.reason"),
        ({"shares": []}, "input.shares"),
        ({"shares": [0]}, "input.shares"),
    ):
        with refused(code, 422):
            reopen_measure(measure, by=by, **{**given, **wrong})
    with refused("right.missing", 403):
        reopen_measure(measure, by=cast.supervisor(measure.plan), **given)


def test_a_share_that_ended_as_transferred_is_not_reopened(cast: Cast, road: Road, measure: Measure) -> None:
    road.close(measure)
    named = measure.shares.get(is_lead=False)
    Share.objects.filter(pk=named.pk).update(outcome=ShareOutcome.TRANSFERRED)
    with refused("input.shares", 422):
        _reopened(cast, measure, [named.pk])


def test_what_is_not_closed_is_not_reopened(cast: Cast, measure: Measure) -> None:
    with refused("state.wrong", 409):
        _reopened(cast, measure, [measure.shares.get(is_lead=True).pk])


def test_a_plan_is_completed_with_its_last_measure_and_resumed_by_a_reopening(
    cast: Cast, road: Road, measure: Measure
) -> None:
    plan = measure.plan
    other = plan.measures.exclude(pk=measure.pk).get()
    road.close(measure)
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ON_LEDGER
    road.close(road.verify(road.report(other)))
    assert Plan.objects.get(pk=plan.pk).state == PlanState.COMPLETED
    assert_sound()
    _reopened(cast, measure, [measure.shares.get(is_lead=True).pk])
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ON_LEDGER
    assert_sound()
    road.close(road.verify(road.report(measure)))
    assert Plan.objects.get(pk=plan.pk).state == PlanState.COMPLETED
    told = AuditEvent.objects.filter(chain=f"plan:{plan.pk}").order_by("seq").values_list("action", flat=True)
    assert list(told)[-3:] == [A.PLAN_COMPLETE, A.PLAN_RESUME, A.PLAN_COMPLETE]
    assert_sound()


def test_a_plan_is_not_completed_while_a_measure_waits_to_be_dispatched(cast: Cast, road: Road) -> None:

    plan = on_ledger(cast, *(Line(cast.bureau("教育局"), due=DUE) for _ in range(2)))
    first = plan.measures.get(position=1)
    dispatch_measure(first, by=cast.supervisor(plan))
    road.close(road.verify(road.report(first)))
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ON_LEDGER


def test_an_approver_of_yesterday_closes_nothing(cast: Cast, measure: Measure) -> None:
    approver = cast.approver(measure.plan)
    approver.appointments.update(until=date(2026, 3, 2) - timedelta(days=1))
    with refused("right.missing", 403):
        close_measure(measure, by=approver)
