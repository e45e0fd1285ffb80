"""转常态化: an ongoing measure goes over into routine work at the turn of a cycle, by the rules of the full closure."""

from decimal import Decimal

import pytest

from accounts.roles import Role
from flows.models import Run, WorkItem
from tests.factories.cast import Cast, appoint
from tests.factories.plans import Promise
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import reopen_measure
from workflow.actions.preparation import waive_target
from workflow.actions.routine import transfer_to_routine
from workflow.models import AuditEvent, Closure, Measure, Plan
from workflow.states import MeasureState, PlanState, ShareOutcome, ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Quarterly, its first cycle closed, nothing of the second reported."""
    return road.verify(road.report(road.measure(supporting=1, cycle="quarter", targets=[Promise()])))


def transfer(cast: Cast, measure: Measure) -> Closure:
    return transfer_to_routine(measure, by=cast.approver(measure.plan), reason="已成常态")


def test_it_ends_as_closed_by_a_closure_of_its_own(cast: Cast, measure: Measure) -> None:
    closure = transfer(cast, measure)
    assert (closure.to_routine, closure.phased, closure.opinion, closure.cycle.index) == (
        True,
        False,
        "已成常态",
        2,
    )
    assert fresh(measure).state == MeasureState.CLOSED
    assert set(measure.shares.values_list("state", "outcome")) == {(ShareState.CLOSED, ShareOutcome.DONE)}
    assert not WorkItem.objects.filter(measure=measure, finished=None).exists()
    assert not Run.objects.filter(measure=measure, finished=None).exists()
    assert Plan.objects.get(pk=measure.plan_id).state == PlanState.COMPLETED
    assert_sound()


def test_it_can_be_put_back_on_the_ledger(cast: Cast, measure: Measure) -> None:
    transfer(cast, measure)
    lead = measure.shares.get(is_lead=True)
    reopen_measure(measure, by=cast.approver(measure.plan), shares=[lead.pk], reason="反弹", basis="回头看")
    assert (fresh(measure).state, open_item(lead).node) == (MeasureState.IN_PROGRESS, "fill")
    assert_sound()


@pytest.mark.parametrize("who", ["supervisor", "observer"])
def test_only_an_approver_transfers(cast: Cast, measure: Measure, who: str) -> None:
    with refused("right.missing", 403):
        transfer_to_routine(measure, by=getattr(cast, who)(measure.plan), reason="常态")


def test_a_reason_is_given(cast: Cast, measure: Measure) -> None:
    with refused("input.reason", 422):
        transfer_to_routine(measure, by=cast.approver(measure.plan), reason=" ")


def test_rule_3_holds(cast: Cast, measure: Measure) -> None:
    verifier = cast.supervisor(measure.plan)
    appoint(verifier, Role.APPROVER, measure.plan)
    with refused("separation.close_verified", 403):
        transfer_to_routine(measure, by=verifier, reason="常态")
    own = cast.approver(measure.plan, 2, bureau=cast.bureau("教育局"))
    with refused("separation.close_bureau", 403):
        transfer_to_routine(measure, by=own, reason="常态")


def test_a_dated_measure_is_not_transferred(cast: Cast, road: Road) -> None:
    dated = road.accept_all(road.measure(supporting=0))
    with refused("measure.not_ongoing", 409):
        transfer(cast, dated)


def test_a_cycle_must_have_been_closed(cast: Cast, road: Road) -> None:
    new = road.accept_all(road.measure(supporting=0, cycle="quarter"))
    with refused("measure.no_cycle_closed", 409):
        transfer(cast, new)


def test_a_report_under_way_is_awaited(cast: Cast, road: Road, measure: Measure) -> None:
    road.submit(measure.shares.select_related("bureau").get(is_lead=True))
    with refused("measure.cycle_reported", 409):
        transfer(cast, measure)


def test_an_evaluation_before_the_full_closure_is_not_dodged(cast: Cast, road: Road) -> None:
    measure = road.verify(road.report(road.measure(supporting=0, cycle="quarter", evaluation="last")))
    with refused("measure.evaluation_open", 409):
        transfer(cast, measure)


def test_the_last_cycle_needs_the_full_closure(cast: Cast, road: Road, measure: Measure) -> None:
    while not fresh(measure).current_cycle.is_last:
        road.verify(road.report(measure))
    with refused("measure.last_cycle", 409):
        transfer(cast, measure)


def test_targets_are_met_or_waived(cast: Cast, road: Road) -> None:
    high = Promise(value=Decimal(101))
    measure = road.verify(road.report(road.measure(supporting=0, cycle="quarter", targets=[high])))
    with refused("measure.targets_open", 409):
        transfer(cast, measure)
    waive_target(measure.targets.get(), by=cast.approver(measure.plan), reason="口径")
    transfer(cast, measure)
    assert_sound()


def test_the_trail_says_so(cast: Cast, measure: Measure) -> None:
    transfer(cast, measure)
    line = AuditEvent.objects.get(measure=measure, action="measure.transfer_to_routine")
    assert (line.reason, line.from_state, line.to_state) == ("已成常态", "in_progress", "closed")
