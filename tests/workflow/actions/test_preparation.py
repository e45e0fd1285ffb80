"""Decisions on a plan in preparation, and putting it on the ledger."""

from datetime import date

import pytest

from accounts.models import BureauKind
from accounts.roles import Role
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.plans import (
    Line,
    MeasureFactory,
    PlanFactory,
    Promise,
    SectionFactory,
    drafted,
    on_ledger,
)
from tests.factories.refusals import refused
from tests.factories.soundness import assert_sound
from workflow.actions.ledger import put_on_ledger
from workflow.actions.preparation import (
    confirm_target,
    decide_schedule,
    decide_unit,
    name_offices,
    require_evaluation,
    waive_target,
)
from workflow.models import AuditEvent, Plan, ResponsibleUnit, Target
from workflow.models.responsible_unit import UnitKind
from workflow.states import PlanState, TargetState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = date(2026, 6, 30)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan in preparation with one measure, all decided."""
    return drafted(cast, Line(cast.bureau("教育局"), [cast.bureau("财政局")], due=DUE, targets=[Promise()]))


def test_an_approver_puts_a_prepared_plan_on_the_ledger(cast: Cast, plan: Plan) -> None:
    put = put_on_ledger(plan, by=cast.approver(plan))
    assert (put.state, put.put_on_ledger_by) == (PlanState.ON_LEDGER, cast.approver(plan))
    assert_sound()


@pytest.mark.parametrize("role", ["supervisor", "observer", "auditor"])
def test_nobody_but_an_approver_puts_a_plan_on_the_ledger(cast: Cast, plan: Plan, role: str) -> None:
    person = getattr(cast, role)(plan, 2)
    with refused("right.missing", 403):
        put_on_ledger(plan, by=person)


def test_an_approver_of_another_plan_puts_nothing_on_the_ledger_here(cast: Cast, plan: Plan) -> None:
    by = cast.approver(PlanFactory())
    with refused("right.missing", 403):
        put_on_ledger(plan, by=by)


def test_a_plan_is_put_on_the_ledger_once(cast: Cast, plan: Plan) -> None:
    put_on_ledger(plan, by=cast.approver(plan))
    by = cast.approver(plan)
    with refused("plan.not_draft", 409):
        put_on_ledger(plan, by=by)


def test_rule_7_who_named_the_offices_does_not_put_the_plan_on_the_ledger(cast: Cast, plan: Plan) -> None:
    person = cast.supervisor(plan)
    appoint(person, Role.APPROVER, plan)
    with refused("separation.prepared", 403):
        put_on_ledger(plan, by=person)


@pytest.mark.parametrize("part", ["unit", "schedule", "target", "evaluation"])
def test_rule_7_whoever_decided_anything_in_preparation_has_prepared_the_plan(
    cast: Cast, plan: Plan, part: str
) -> None:
    person, measure = cast.supervisor(plan, 2), plan.measures.get()
    appoint(person, Role.APPROVER, plan)
    target = Target.objects.create(measure=measure, position=9, text="新目标")
    decisions = {
        "unit": lambda: decide_unit(measure.units.first(), by=person, bureau=cast.bureau("教育局")),
        "schedule": lambda: decide_schedule(measure, by=person, cycle_length="quarter"),
        "target": lambda: confirm_target(target, by=person),
        "evaluation": lambda: require_evaluation(measure, by=person, due="last"),
    }
    decisions[part]()
    confirm_target(target, by=cast.supervisor(plan)) if part != "target" else None
    with refused("separation.prepared", 403):
        put_on_ledger(plan, by=person)
    put_on_ledger(plan, by=cast.approver(plan, 3))


def test_rule_7_an_approver_who_waived_a_target_has_not_prepared_the_plan(cast: Cast, plan: Plan) -> None:
    waive_target(Target.objects.get(), by=cast.approver(plan), reason="口径变化")
    put_on_ledger(plan, by=cast.approver(plan))


def test_a_plan_without_offices_is_not_ready(cast: Cast) -> None:
    plan = PlanFactory()
    by = cast.approver(plan)
    with refused("plan.no_office", 409):
        put_on_ledger(plan, by=by)


def test_a_plan_without_measures_is_not_ready(cast: Cast) -> None:
    plan = drafted(cast)
    by = cast.approver(plan)
    with refused("plan.empty", 409):
        put_on_ledger(plan, by=by)


def test_the_measures_that_are_not_ready_are_counted_and_named(cast: Cast, plan: Plan) -> None:
    for n in range(2, 9):
        MeasureFactory(plan=plan, section=plan.sections.get(), position=n, code=f"{plan.code}-{n}")
    by = cast.approver(plan)
    with refused("plan.not_ready", 409):
        put_on_ledger(plan, by=by)
    params = AuditEvent.objects.latest("pk").payload["params"]
    assert params["count"] == 7
    assert params["codes"].split(", ") == [f"{plan.code}-{n}" for n in range(2, 7)]


@pytest.mark.parametrize("lacking", ["lead", "unit", "schedule", "target"])
def test_each_gap_keeps_a_plan_off_the_ledger(cast: Cast, plan: Plan, lacking: str) -> None:
    measure = plan.measures.get()
    if lacking == "lead":
        measure.units.update(is_lead=False)
    elif lacking == "unit":
        ResponsibleUnit.objects.create(
            measure=measure, position=3, text="等相关部门", kind=UnitKind.OPEN_ENDED
        )
    elif lacking == "schedule":
        type(measure).objects.update(kind="", due=None)
    else:
        Target.objects.create(measure=measure, position=2, text="未定")
    by = cast.approver(plan)
    with refused("plan.not_ready", 409):
        put_on_ledger(plan, by=by)


def test_a_unit_to_be_resolved_by_a_date_is_decided(cast: Cast, plan: Plan) -> None:
    unit = ResponsibleUnit.objects.create(
        measure=plan.measures.get(), position=3, text="等相关部门", kind=UnitKind.OPEN_ENDED
    )
    decide_unit(unit, by=cast.supervisor(plan), resolve_by=date(2026, 5, 1), reason="待定")
    put_on_ledger(plan, by=cast.approver(plan))


def test_a_lead_to_be_resolved_later_is_none(cast: Cast, plan: Plan) -> None:
    lead = ResponsibleUnit.objects.get(is_lead=True)
    decide_unit(lead, by=cast.supervisor(plan), resolve_by=date(2026, 5, 1))
    by = cast.approver(plan)
    with refused("plan.not_ready", 409):
        put_on_ledger(plan, by=by)


@pytest.mark.parametrize("unit", ["bureau", "collective"])
def test_where_the_supervision_office_will_have_a_share_another_office_must_be_named(
    cast: Cast, unit: str
) -> None:
    others = [cast.office] if unit == "bureau" else [BureauKind.BUREAU.value]
    plan = drafted(cast, Line(cast.bureau("教育局"), others, due=DUE))
    by = cast.approver(plan)
    with refused("plan.no_alternate", 409):
        put_on_ledger(plan, by=by)
    name_offices(
        plan,
        by=cast.supervisor(plan),
        issuer=cast.issuer,
        supervision_office=cast.office,
        alternate_office=cast.bureau("监察室"),
    )
    put_on_ledger(plan, by=cast.approver(plan))


def test_the_other_office_is_another_office(cast: Cast, plan: Plan) -> None:
    with refused("input.offices", 422):
        name_offices(
            plan,
            by=cast.supervisor(plan),
            issuer=cast.issuer,
            supervision_office=cast.office,
            alternate_office=cast.office,
        )


def test_nothing_is_prepared_any_more_once_the_plan_is_on_the_ledger(cast: Cast) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE, targets=[Promise()]))
    measure, by, other = plan.measures.get(), cast.supervisor(plan), cast.bureau("财政局")
    for decide in (
        lambda: decide_schedule(measure, by=by, cycle_length="quarter"),
        lambda: decide_unit(measure.units.get(), by=by, bureau=other),
        lambda: confirm_target(measure.targets.get(), by=by),
        lambda: require_evaluation(measure, by=by, due="last"),
        lambda: name_offices(plan, by=by, issuer=cast.issuer, supervision_office=cast.office),
    ):
        with refused("plan.not_draft", 409):
            decide()


def test_only_a_supervisor_of_the_plan_prepares_it(cast: Cast, plan: Plan) -> None:
    for person in (cast.approver(plan), cast.handler(cast.bureau("教育局")), cast.supervisor(PlanFactory())):
        with refused("right.missing", 403):
            decide_schedule(plan.measures.get(), by=person, cycle_length="quarter")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "input.due_or_cycle"),
        ({"due": DUE, "cycle_length": "quarter"}, "input.due_or_cycle"),
        ({"cycle_length": "week"}, "input.due_or_cycle"),
        ({"due": date(2027, 1, 1)}, "input.date"),
        ({"due": date(2025, 12, 31)}, "input.date"),
    ],
)
def test_a_schedule_is_a_date_in_the_plans_period_or_a_cycle(
    cast: Cast, plan: Plan, given: dict[str, object], code: str
) -> None:
    by = cast.supervisor(plan)
    with refused(code, 422):
        decide_schedule(plan.measures.get(), by=by, **given)  # type: ignore[arg-type]


def test_a_schedule_can_be_decided_anew_while_the_plan_is_prepared(cast: Cast, plan: Plan) -> None:
    measure = decide_schedule(plan.measures.get(), by=cast.supervisor(plan), cycle_length="year")
    assert (measure.kind, measure.due, measure.cycle_length) == ("ongoing", None, "year")


def test_a_unit_is_one_of_bureau_collective_and_date(cast: Cast, plan: Plan) -> None:
    unit, by = plan.measures.get().units.first(), cast.supervisor(plan)
    for given in ({}, {"bureau": cast.bureau("财政局"), "resolve_by": DUE}, {"collective_kind": "galaxy"}):
        with refused("input.unit", 422):
            decide_unit(unit, by=by, **given)


def test_a_target_is_waived_by_the_approver_alone_and_with_a_reason(cast: Cast, plan: Plan) -> None:
    target = Target.objects.get()
    by = cast.supervisor(plan)
    with refused("right.missing", 403):
        waive_target(target, by=by, reason="口径变化")
    by = cast.approver(plan)
    with refused("input.reason", 422):
        waive_target(target, by=by, reason=" ")
    waived = waive_target(target, by=cast.approver(plan), reason="口径变化")
    assert (waived.state, waived.reason) == (TargetState.WAIVED, "口径变化")
    by = cast.approver(plan)
    with refused("state.wrong", 409):
        waive_target(target, by=by, reason="再次")


def test_an_unknown_time_of_evaluation_is_refused(cast: Cast, plan: Plan) -> None:
    by = cast.supervisor(plan)
    with refused("input.evaluation_due", 422):
        require_evaluation(plan.measures.get(), by=by, due="sometimes")


def test_a_decision_waits_for_nobody_in_another_plan(cast: Cast, plan: Plan, clock: Clock) -> None:
    """The day of a decision is the plan's own: its time zone decides."""
    SectionFactory(plan=plan, position=2)
    clock.to(date(2026, 3, 2), 23, 59)
    put = put_on_ledger(plan, by=cast.approver(plan))
    assert put.put_on_ledger_at is not None
    assert put.put_on_ledger_at.astimezone().tzinfo is not None
