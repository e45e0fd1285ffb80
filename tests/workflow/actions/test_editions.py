"""A later edition of a plan: what it does to a plan in preparation, to one on the ledger, and what it leaves alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flows.consistency import all_findings
from flows.models import WorkItem
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.editions import as_read, checked, edition_of, renewed, sections_as_read, titles
from tests.factories.imports import importer
from tests.factories.plans import Line, Promise, drafted, on_ledger
from tests.factories.road import Road, fresh
from workflow.actions.editions import Reasons, confirm_edition
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.models import Amendment, AuditEvent, Measure, Plan, PlanImport, ShareCycle
from workflow.rules.refusal import Conflict, Forbidden, Invalid
from workflow.states import MeasureState, PlanState, TargetState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db

NEW, OTHER = "举措 P修订", "举措 P另行修订"
DUE, LATER = date(2026, 11, 30), date(2026, 12, 18)


@pytest.fixture
def prepared(cast: Cast, clock: Clock) -> Plan:
    """Two measures in preparation, everything decided."""
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    return drafted(cast, Line(education, [finance], due=DUE, targets=[Promise()]), Line(finance, due=DUE))


@pytest.fixture
def running(cast: Cast, road: Road) -> Plan:
    """A dated measure with a target, an ongoing one and another dated one, dispatched."""
    education, finance = cast.bureau("教育局"), cast.bureau("财政局")
    plan = on_ledger(
        cast,
        Line(education, [finance], due=DUE, targets=[Promise()]),
        Line(education, cycle="quarter"),
        Line(finance, due=DUE),
    )
    road.dispatch(plan)
    return plan


def measure(plan: Plan, n: int = 1) -> Measure:
    return Measure.objects.get(plan=plan, code__endswith=f"-{n:02}")


def fields(plan: Plan) -> dict[str, str]:
    return dict(Amendment.objects.filter(measure__plan=plan).values_list("field", "state"))


def test_an_edition_that_changes_nothing_changes_nothing_but_the_plans_edition(
    cast: Cast, running: Plan
) -> None:
    before = AuditEvent.objects.filter(measure__plan=running).count()
    plan = renewed(cast, running, sections_as_read(running))
    assert (plan.edition, plan.source_hash) == (2, "e".ljust(64, "0"))
    assert not Amendment.objects.exists()
    assert AuditEvent.objects.filter(measure__plan=running).count() == before


def test_each_edition_keeps_its_draft_and_its_number(cast: Cast, running: Plan) -> None:
    renewed(cast, running, sections_as_read(running), mark="e")
    renewed(cast, running, sections_as_read(running), mark="f")
    kept = PlanImport.objects.filter(plan=running).order_by("edition")
    assert [(row.edition, row.measures.count()) for row in kept] == [(2, 3), (3, 3)]


def test_the_very_same_source_is_no_later_edition(cast: Cast, running: Plan) -> None:
    renewed(cast, running, sections_as_read(running), mark="e")
    with pytest.raises(Conflict) as refused:
        renewed(cast, running, sections_as_read(running), mark="e")
    assert refused.value.code == "import.known"


def test_in_preparation_changed_fields_are_brought_up_and_decisions_stay_where_the_text_stays(
    cast: Cast, prepared: Plan
) -> None:
    one = measure(prepared)
    units = [*as_read(one).units, UnitInput("民政局", "bureau")]
    renewed(cast, prepared, sections_as_read(prepared, m01={"title": NEW, "units": units}))
    one = fresh(one)
    assert one.title == NEW
    decided = {unit.text: unit.is_decided for unit in one.units.all()}
    assert decided == {"教育局": True, "财政局": True, "民政局": False}
    assert one.targets.get().state == TargetState.CONFIRMED
    assert not Amendment.objects.exists()
    line = AuditEvent.objects.get(measure=one, action=AuditAction.MEASURE_AMEND)
    assert [change["field"] for change in line.payload["changes"]] == ["title", "units"]


def test_in_preparation_a_changed_schedule_and_target_are_to_be_decided_anew(
    cast: Cast, prepared: Plan
) -> None:
    one = measure(prepared)
    changes = {"schedule": "长期坚持", "due": None, "targets": [TargetInput("覆盖率", ">=", Decimal(97))]}
    renewed(cast, prepared, sections_as_read(prepared, m01=changes))
    one = fresh(one)
    assert (one.schedule, one.kind, one.due) == ("长期坚持", "", None)
    assert [(t.value, t.state) for t in one.targets.all()] == [(97, TargetState.PROPOSED)]


def test_in_preparation_a_dropped_measure_is_discarded_and_its_code_is_not_given_again(
    cast: Cast, prepared: Plan
) -> None:
    new = MeasureInput("增设站点", units=[UnitInput("教育局", "bureau", is_lead=True)])
    ((number, title, measures),) = sections_as_read(prepared, m02=None)
    plan = renewed(cast, prepared, [(number, title, [*measures, new])])
    assert measure(plan, 2).state == MeasureState.CANCELLED
    added = measure(plan, 3)
    assert (added.title, added.state, added.added_in) == ("增设站点", MeasureState.DRAFT, None)
    assert AuditEvent.objects.filter(action=AuditAction.MEASURE_DISCARD).count() == 1


def test_shifted_numbers_and_a_new_order_do_not_change_a_measure(cast: Cast, running: Plan) -> None:
    Measure.objects.filter(plan=running).update(number="1.")
    ((number, title, measures),) = sections_as_read(running)
    moved = [replace(one, number=f"{n}.") for n, one in enumerate(reversed(measures), start=7)]
    renewed(cast, running, [(number, title, moved)], reasons=Reasons())
    assert set(fields(running)) == {"number"}
    assert titles(running.measures.order_by("position")) == [one.title for one in moved]


def test_title_text_and_section_are_carried_out_at_once_with_an_amendment_and_a_line_each(
    cast: Cast, running: Plan
) -> None:
    ((number, title, measures),) = sections_as_read(running, m01={"title": NEW, "text": "新内容"})
    first, *others = measures
    renewed(cast, running, [(number, title, others), ("二", "另一章", [first])])
    one = measure(running)
    assert (one.title, one.text, one.section.title) == (NEW, "新内容", "另一章")
    rows = Amendment.objects.filter(measure=one)
    assert {row.field: row.carried_out for row in rows} == {"title": True, "text": True, "section": True}
    assert {row.reason for row in rows} == {"按新版方案调整"}
    assert AuditEvent.objects.filter(measure=one, action=AuditAction.MEASURE_AMEND).count() == 3


def test_a_due_date_moves_the_cycle_the_shares_and_the_work_on_desks(
    cast: Cast, running: Plan, road: Road
) -> None:
    one = road.accept_all(measure(running))
    renewed(cast, running, sections_as_read(running, m01={"due": LATER, "schedule": "2026年12月18日"}))
    one = fresh(one)
    assert (one.due, one.current_cycle.due, one.current_cycle.period_end) == (LATER, LATER, LATER)
    parts = ShareCycle.objects.filter(cycle=one.current_cycle)
    assert {(part.due, part.working_days) for part in parts} == {(LATER, one.current_cycle.working_days)}
    assert set(WorkItem.objects.filter(measure=one, finished=None).values_list("due", flat=True)) == {LATER}
    assert fields(running) == {"schedule": "carried_out"}


@pytest.mark.parametrize("due", [date(2026, 2, 1), date(2027, 3, 1)])
def test_a_due_date_that_is_over_or_out_of_the_period_is_left_open(
    cast: Cast, running: Plan, due: date
) -> None:
    renewed(cast, running, sections_as_read(running, m01={"due": due, "schedule": "另定"}))
    assert (measure(running).due, fields(running)) == (DUE, {"schedule": "open"})


def test_the_cycle_of_an_ongoing_measure_is_left_open(cast: Cast, running: Plan) -> None:
    renewed(cast, running, sections_as_read(running, m02={"cycle": "month", "schedule": "每月"}))
    assert (measure(running, 2).cycle_length, fields(running)) == ("quarter", {"schedule": "open"})


def test_units_of_a_measure_under_way_are_left_open(cast: Cast, running: Plan) -> None:
    units = [UnitInput("民政局", "bureau", is_lead=True)]
    renewed(cast, running, sections_as_read(running, m03={"units": units}))
    assert [unit.text for unit in measure(running, 3).units.all()] == ["财政局"]
    assert fields(running) == {"units": "open"}


def test_a_changed_target_is_proposed_and_the_confirmed_one_stays(cast: Cast, running: Plan) -> None:
    new = [TargetInput("覆盖率", ">=", Decimal(97))]
    renewed(cast, running, sections_as_read(running, m01={"targets": new}))
    held = {(one.value, one.state) for one in measure(running).targets.all()}
    assert held == {(95, TargetState.CONFIRMED), (97, TargetState.PROPOSED)}
    assert fields(running) == {"targets": "open"}


def test_a_dropped_measure_under_way_goes_on_and_waits_for_its_approver(cast: Cast, running: Plan) -> None:
    renewed(cast, running, sections_as_read(running, m03=None))
    assert measure(running, 3).state == MeasureState.ASSIGNED
    assert fields(running) == {"dropped": "open"}
    renewed(cast, running, sections_as_read(running, m03=None), mark="f")
    assert Amendment.objects.count() == 1


def test_a_closed_measure_is_never_changed(cast: Cast, running: Plan, road: Road) -> None:
    one = road.close(road.verify(road.report(measure(running))))
    renewed(cast, running, sections_as_read(running, m01={"title": NEW}), reasons=Reasons())
    one = fresh(one)
    assert one.title != NEW
    assert fields(running) == {"title": "ended"}


def test_a_measure_under_way_is_not_changed_without_a_reason(cast: Cast, running: Plan) -> None:
    with pytest.raises(Invalid) as refused:
        renewed(cast, running, sections_as_read(running, m01={"title": NEW}), reasons=Reasons())
    assert (refused.value.code, refused.value.field) == (
        "edition.reason",
        f"reason-{measure(running).code}",
    )
    assert Plan.objects.get(pk=running.pk).edition == 1


def test_a_measures_own_reason_goes_before_the_one_for_all(cast: Cast, running: Plan) -> None:
    reasons = Reasons("总的理由", {measure(running).code: "单独理由"})
    renewed(
        cast,
        running,
        sections_as_read(running, m01={"title": NEW}, m03={"title": OTHER}),
        reasons=reasons,
    )
    assert [row.reason for row in Amendment.objects.order_by("measure__code")] == ["单独理由", "总的理由"]


def test_only_who_brings_plans_in_for_the_office_confirms_an_edition(cast: Cast, running: Plan) -> None:
    row = edition_of(cast, running, sections_as_read(running))
    with pytest.raises(Forbidden):
        confirm_edition(row, checked(row), by=cast.approver(running))


def test_an_edition_is_confirmed_once_and_as_it_was_checked(cast: Cast, running: Plan) -> None:
    one = edition_of(cast, running, sections_as_read(running), mark="e")
    other = edition_of(cast, running, sections_as_read(running), mark="f")
    seen = checked(other)
    confirm_edition(one, checked(one), by=importer(cast))
    for row, what, code in ((one, checked(one), "import.confirmed"), (other, seen, "import.changed")):
        with pytest.raises(Conflict) as refused:
            confirm_edition(row, what, by=importer(cast))
        assert refused.value.code == code


def test_a_renamed_section_keeps_its_measures(cast: Cast, running: Plan) -> None:
    ((number, _, measures),) = sections_as_read(running)
    plan = renewed(cast, running, [(number, "新章名", measures)])
    assert [section.title for section in plan.sections.all()] == ["新章名"]
    assert not Amendment.objects.exists()


def test_a_completed_plan_to_which_an_edition_adds_goes_on(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=DUE))
    road.close(road.verify(road.report(road.dispatch(plan)[0])))
    assert Plan.objects.get(pk=plan.pk).state == PlanState.COMPLETED
    ((number, title, measures),) = sections_as_read(plan)
    new = MeasureInput("增设站点", units=[UnitInput("教育局", "bureau", is_lead=True)])
    renewed(cast, plan, [(number, title, [*measures, new])])
    assert Plan.objects.get(pk=plan.pk).state == PlanState.ON_LEDGER


def test_an_edition_of_every_kind_of_change_leaves_the_ledger_sound(
    cast: Cast, running: Plan, road: Road
) -> None:
    road.accept_all(measure(running))
    ((number, title, measures),) = sections_as_read(
        running, m01={"title": NEW, "due": LATER, "schedule": "年底"}, m02={"cycle": "month"}, m03=None
    )
    new = MeasureInput("增设站点", units=[UnitInput("教育局", "bureau", is_lead=True)])
    renewed(cast, running, [("二", "另一章", measures), (number, title, [new])])
    assert all_findings() == []


def test_an_edition_takes_no_more_statements_for_measures_that_stay(
    cast: Cast, running: Plan, clock: Clock
) -> None:
    counts = []
    for mark, many in (("e", 0), ("f", 30)):
        ((number, title, measures),) = sections_as_read(running)
        extra = [MeasureInput(f"新增{n}", number=f"{n}.") for n in range(many)]
        if many:
            renewed(cast, running, [(number, title, [*measures, *extra])], mark="x")
            ((number, title, measures),) = sections_as_read(running)
        row = edition_of(cast, running, [(number, title, measures)], mark=mark)
        what = checked(row)
        with CaptureQueriesContext(connection) as seen:
            confirm_edition(row, what, by=importer(cast))
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 2


def test_a_title_written_with_its_number_is_the_same_section(cast: Cast, running: Plan) -> None:
    ((number, title, measures),) = sections_as_read(running)
    plan = renewed(cast, running, [("", number + title, measures)])
    assert [(section.number, section.title) for section in plan.sections.all()] == [(number, title)]


def test_a_later_edition_overtakes_what_an_earlier_one_left_open(cast: Cast, running: Plan) -> None:
    units = [UnitInput("民政局", "bureau", is_lead=True)]
    renewed(cast, running, sections_as_read(running, m01={"units": units}, m03=None))
    renewed(cast, running, sections_as_read(running), mark="f")
    states = Amendment.objects.order_by("field").values_list("field", "state")
    assert list(states) == [("dropped", "superseded"), ("units", "superseded")]
    renewed(cast, running, sections_as_read(running, m03=None), mark="g")
    assert Amendment.objects.get(state="open").field == "dropped"
