"""What a later edition adds to a plan on the ledger is prepared, admitted by another person, and only then dispatched."""

from datetime import date

import pytest

from accounts.roles import Role
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.editions import renewed, sections_as_read
from tests.factories.imports import importer
from tests.factories.plans import Line, Promise, on_ledger
from tests.factories.road import Road, fresh
from workflow.actions.admission import admit_measures, settle_amendment
from workflow.actions.dispatch import dispatch_measure, dispatch_plan
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.actions.preparation import confirm_target, decide_schedule, decide_unit
from workflow.models import Amendment, Measure, Plan
from workflow.rules.refusal import Conflict, Forbidden, Invalid
from workflow.states import AmendmentState, MeasureState, TargetState

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)


@pytest.fixture
def plan(cast: Cast, road: Road) -> Plan:
    """A plan on the ledger to which a later edition has added one measure and of which it has dropped another."""
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    plan = on_ledger(
        cast, Line(education, due=DUE, targets=[Promise("覆盖率")]), Line(finance, [education], due=DUE)
    )
    road.dispatch(plan)
    targets = {"targets": [TargetInput("覆盖率", ">=", 95), TargetInput("达标率", ">=", 90)]}
    ((number, title, measures),) = sections_as_read(plan, m01=targets, m02=None)
    new = MeasureInput("增设站点", units=[UnitInput("教育局", "bureau", is_lead=True)])
    return renewed(cast, plan, [(number, title, [*measures, new])])


def added(plan: Plan) -> Measure:
    return Measure.objects.select_related("plan").get(plan=plan, title="增设站点")


def prepare(cast: Cast, plan: Plan) -> Measure:
    measure = added(plan)
    return decide_schedule(measure, by=cast.supervisor(plan), due=DUE)


def test_an_added_measure_is_a_draft_that_its_supervisor_prepares(cast: Cast, plan: Plan) -> None:
    measure = added(plan)
    assert (measure.state, measure.added_in, measure.awaits_admission) == (MeasureState.DRAFT, 2, True)
    unit = measure.units.get()
    decide_unit(unit, by=cast.supervisor(plan), bureau=cast.bureau("民政局"))
    assert prepare(cast, plan).due == DUE


def test_a_measure_that_is_on_the_ledger_is_not_prepared_anew(cast: Cast, plan: Plan) -> None:
    other = Measure.objects.get(plan=plan, code__endswith="-02")
    with pytest.raises(Conflict) as refused:
        decide_schedule(other, by=cast.supervisor(plan), due=DUE)
    assert refused.value.code == "plan.not_draft"


def test_an_unready_measure_is_not_admitted(cast: Cast, plan: Plan) -> None:
    with pytest.raises(Conflict) as refused:
        admit_measures(plan, by=cast.approver(plan), measures=[added(plan).pk])
    assert (refused.value.code, refused.value.params["codes"]) == ("plan.not_ready", added(plan).code)


def test_an_approver_who_prepared_nothing_admits_it_and_then_it_is_dispatched(cast: Cast, plan: Plan) -> None:
    measure = prepare(cast, plan)
    admit_measures(plan, by=cast.approver(plan), measures=[measure.pk])
    measure = fresh(measure)
    assert (measure.awaits_admission, measure.admitted_by) == (False, cast.approver(plan))
    dispatch_measure(measure, by=cast.supervisor(plan))
    assert fresh(measure).state == MeasureState.ASSIGNED


@pytest.mark.parametrize("who", ["supervisor", "importer", "both"])
def test_whoever_prepared_does_not_admit(cast: Cast, plan: Plan, who: str) -> None:
    measure = prepare(cast, plan)
    person = importer(cast) if who == "importer" else cast.supervisor(plan)
    if who == "both":
        appoint(person, Role.APPROVER, plan)
    with pytest.raises(Forbidden) as refused:
        admit_measures(plan, by=person, measures=[measure.pk])
    assert refused.value.code == ("separation.prepared" if who == "both" else "right.missing")


def test_who_confirmed_the_edition_does_not_admit_what_it_adds(cast: Cast, plan: Plan) -> None:
    measure = prepare(cast, plan)
    appoint(importer(cast), Role.APPROVER, plan)
    with pytest.raises(Forbidden) as refused:
        admit_measures(plan, by=importer(cast), measures=[measure.pk])
    assert refused.value.code == "separation.prepared"


def test_what_is_not_admitted_is_not_dispatched(cast: Cast, plan: Plan) -> None:
    measure = prepare(cast, plan)
    with pytest.raises(Conflict) as refused:
        dispatch_measure(measure, by=cast.supervisor(plan))
    assert refused.value.code == "measure.not_admitted"
    with pytest.raises(Conflict) as refused:
        dispatch_plan(plan, by=cast.supervisor(plan))
    assert refused.value.code == "plan.nothing_to_dispatch"


def test_an_admitted_measure_is_prepared_and_admitted_no_more(cast: Cast, plan: Plan) -> None:
    measure = prepare(cast, plan)
    admit_measures(plan, by=cast.approver(plan), measures=[measure.pk])
    with pytest.raises(Conflict) as refused:
        decide_schedule(measure, by=cast.supervisor(plan), due=DUE)
    assert refused.value.code == "plan.not_draft"
    with pytest.raises(Conflict) as refused:
        admit_measures(plan, by=cast.approver(plan), measures=[measure.pk])
    assert refused.value.code == "measure.admitted"


def test_nothing_is_admitted_where_nothing_was_chosen(cast: Cast, plan: Plan) -> None:
    with pytest.raises(Invalid):
        admit_measures(plan, by=cast.approver(plan), measures=[])


def test_a_third_edition_discards_what_was_not_admitted_yet(cast: Cast, plan: Plan) -> None:
    measure = added(plan)
    renewed(cast, plan, sections_as_read(plan, m03=None), mark="f")
    assert fresh(measure).state == MeasureState.CANCELLED


def test_a_target_proposed_for_a_measure_under_way_is_confirmed_by_its_supervisor(
    cast: Cast, plan: Plan
) -> None:
    target = Measure.objects.get(plan=plan, code__endswith="-01").targets.get(text="达标率")
    with pytest.raises(Forbidden):
        confirm_target(target, by=cast.approver(plan))
    assert confirm_target(target, by=cast.supervisor(plan)).state == TargetState.CONFIRMED
    with pytest.raises(Conflict):
        confirm_target(target, by=cast.supervisor(plan))


def test_an_open_amendment_is_settled_once_by_somebody_who_says_how(
    cast: Cast, plan: Plan, clock: Clock
) -> None:
    amendment = Amendment.objects.get(field="dropped")
    with pytest.raises(Forbidden):
        settle_amendment(amendment, by=cast.observer(plan), settlement="已办理")
    with pytest.raises(Invalid):
        settle_amendment(amendment, by=cast.supervisor(plan), settlement=" ")
    settled = settle_amendment(amendment, by=cast.supervisor(plan), settlement="已按程序终止")
    assert (settled.state, settled.settled_by) == (AmendmentState.SETTLED, cast.supervisor(plan))
    with pytest.raises(Conflict) as refused:
        settle_amendment(amendment, by=cast.supervisor(plan), settlement="再办")
    assert refused.value.code == "amendment.not_open"


def test_an_approver_settles_what_is_theirs_to_decide(cast: Cast, plan: Plan) -> None:
    amendment = Amendment.objects.get(field="dropped")
    settled = settle_amendment(amendment, by=cast.approver(plan), settlement="批准终止")
    assert settled.settled_by == cast.approver(plan)
