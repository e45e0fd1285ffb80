"""A draft becomes a plan: all at once, by one person, once."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from accounts.models import Bureau, BureauKind
from accounts.rights import standing
from accounts.roles import Permission, ScopeKind
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.imports import bridge, drafted_import, importer, read_draft
from workflow.actions.import_confirmation import Checked, confirm_import
from workflow.actions.import_edits import change_header, decide_names, tick_warning
from workflow.actions.importing import ReadSection
from workflow.intake.draft import measure_data
from workflow.models import ActionItem, AuditEvent, Measure, Milestone, Plan, PlanImport, ResponsibleUnit
from workflow.models.measure import MeasureKind
from workflow.pages.importing.confirm import plan_of
from workflow.rules.refusal import Conflict, Invalid, Refused
from workflow.states import ImportState, PlanState

pytestmark = pytest.mark.django_db


def confirm(row: PlanImport, cast: Cast, code: str = "LD", n: int = 1) -> Plan:
    row.refresh_from_db()
    return confirm_import(row, Checked(plan_of(row), row.version, code), by=importer(cast, n))


def test_the_plan_holds_the_draft_and_is_its_importers(cast: Cast, clock: Clock) -> None:
    education = cast.bureau("教育局")
    row = drafted_import(cast)
    tick_warning(row, by=importer(cast), number=1, is_done=True)

    plan = confirm(row, cast)

    assert (plan.state, plan.supervision_office, plan.preparers) == (
        PlanState.DRAFT,
        cast.office,
        [importer(cast).pk],
    )
    first, second, _ = Measure.objects.order_by("position")
    assert (first.kind, first.due, first.title) == (MeasureKind.DATED, bridge().due, "修桥")
    assert (second.kind, second.cycle_length) == (MeasureKind.ONGOING, "quarter")
    assert [unit.text for unit in first.units.all()] == ["教育局", "财政局", "各街道"]
    assert first.units.get(is_lead=True).bureau == education
    assert [(item.text, item.source_start) for item in first.items.all()] == [
        ("建成桥梁3座", 24),
        ("完成护栏改造", 31),
    ]
    assert first.targets.get().value == 3
    codes = [warning["code"] for warning in plan.warnings]
    assert "units_missing" not in codes  # it was dealt with
    assert "lead_by_order" in codes
    held = standing(importer(cast), clock.today)
    assert held.holds(Permission.PREPARE_FOR_PLAN, ScopeKind.PLAN, plan.pk)
    row.refresh_from_db()
    assert (row.state, row.plan, row.confirmed_by) == (ImportState.CONFIRMED, plan, importer(cast))


def test_the_trail_says_who_confirmed_loaded_and_was_appointed(cast: Cast) -> None:
    plan = confirm(drafted_import(cast), cast)
    lines = AuditEvent.objects.filter(actor=importer(cast)).values_list("action", flat=True)
    assert {"import.begin", "import.confirm", "plan.load", "role.appoint"} <= set(lines)
    assert AuditEvent.objects.get(action="import.confirm").payload["plan"] == plan.code


@pytest.mark.parametrize("count", [1, 3, 7, 100])
def test_the_milestones_weights_add_up_to_100(cast: Cast, count: int) -> None:
    [step] = bridge().milestones
    measure = replace(bridge(), milestones=[replace(step, title=f"节点{n}") for n in range(count)])
    sections = [ReadSection("一", "节", [measure_data(measure)])]
    confirm(drafted_import(cast, read_draft(sections)), cast)

    weights = list(Milestone.objects.values_list("weight", flat=True))
    assert (len(weights), sum(weights)) == (count, 100)
    assert max(weights) - min(weights) <= 1


def test_missing_bureaus_are_added_with_the_plan_where_that_was_decided(cast: Cast) -> None:
    row = drafted_import(cast)
    decisions = {"水务局": {"create": BureauKind.BUREAU.value}, "财政局": {}}
    decide_names(row, by=importer(cast), decisions=decisions)

    confirm(row, cast)

    water = Bureau.objects.get(name="水务局")
    assert ResponsibleUnit.objects.get(text="水务局").bureau == water
    assert ResponsibleUnit.objects.get(text="财政局").bureau is None
    assert not Bureau.objects.filter(name="教育局").exists()  # nobody decided it
    assert AuditEvent.objects.filter(action="bureau.create", object_id=water.pk).exists()


def test_a_unit_stands_for_the_bureau_that_was_chosen_for_it(cast: Cast) -> None:
    row, other = drafted_import(cast), cast.bureau("教体局")
    decide_names(row, by=importer(cast), decisions={"教育局": {"bureau": other.pk}})
    confirm(row, cast)
    assert ResponsibleUnit.objects.get(text="教育局").bureau == other


def refused_whole(row: PlanImport, cast: Cast, why: str, **checked: object) -> None:
    """It is refused with that code, and nothing came of it."""
    row.refresh_from_db()
    plans, bureaus = Plan.objects.count(), Bureau.objects.count()
    asked = replace(Checked(plan_of(row), row.version, "LD"), **checked)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refusal:
        confirm_import(row, asked, by=importer(cast))
    assert refusal.value.code == why
    assert (Plan.objects.count(), Bureau.objects.count()) == (plans, bureaus)
    assert AuditEvent.objects.latest("pk").reason == why


def test_a_draft_that_changed_since_it_was_checked_is_not_confirmed(cast: Cast) -> None:
    row = drafted_import(cast)
    version = row.version
    assert row.period_start is not None
    assert row.period_end is not None
    change_header(row, by=importer(cast), title="改", start=row.period_start, end=row.period_end)
    refused_whole(row, cast, "import.changed", version=version)


def test_a_code_that_will_not_do_leaves_nothing_behind(cast: Cast) -> None:
    row = drafted_import(cast)
    decide_names(row, by=importer(cast), decisions={"水务局": {"create": "bureau"}})
    refused_whole(row, cast, "input.plan_code", code="1x")


def test_two_leads_of_a_measure_are_refused(cast: Cast) -> None:
    lead, other, _ = bridge().units
    measure = replace(bridge(), units=[lead, replace(other, is_lead=True)])
    row = drafted_import(cast, read_draft([ReadSection("一", "节", [measure_data(measure)])]))
    refused_whole(row, cast, "import.no_lead")


def test_a_draft_without_a_measure_is_refused(cast: Cast) -> None:
    refused_whole(drafted_import(cast, read_draft([ReadSection("一", "节", [])])), cast, "import.empty")


def test_the_same_source_again_is_refused_with_its_plan(cast: Cast) -> None:
    confirm(drafted_import(cast), cast)
    refused_whole(drafted_import(cast), cast, "import.known", code="LE")


def test_a_second_confirmation_is_refused(cast: Cast) -> None:
    row = drafted_import(cast)
    confirm(row, cast)
    refused_whole(row, cast, "import.confirmed")


def test_who_may_bring_in_nothing_confirms_nothing(cast: Cast) -> None:
    row = drafted_import(cast)
    with pytest.raises(Refused) as refusal:
        confirm_import(row, Checked(plan_of(row), row.version, "LD"), by=cast.stranger())
    assert refusal.value.code == "right.missing"
    assert not Plan.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_exactly_one_wins(cast: Cast) -> None:
    row = drafted_import(cast)
    people = [importer(cast, 1), importer(cast, 2)]
    checked, barrier, answers = Checked(plan_of(row), row.version, "LD"), threading.Barrier(2), []

    def confirms(n: int) -> None:
        try:
            barrier.wait()
            confirm_import(row, checked, by=people[n])
            answers.append("made")
        except Conflict as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirms, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["import.confirmed", "made"]
    assert Plan.objects.count() == 1
    assert ActionItem.objects.count() == 2


def test_more_milestones_than_weights_can_tell_apart_are_refused(cast: Cast) -> None:
    [step] = bridge().milestones
    measure = replace(bridge(), milestones=[replace(step, title=f"节点{n}") for n in range(101)])
    row = drafted_import(cast, read_draft([ReadSection("一", "节", [measure_data(measure)])]))
    with pytest.raises(Invalid):
        confirm(row, cast)
    assert not Plan.objects.exists()
