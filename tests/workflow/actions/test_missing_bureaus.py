"""A plan is loaded together with the bureaus that the directory lacks."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Bureau, BureauAlias, BureauKind
from tests.factories.cast import PersonFactory, make_bureau
from workflow.actions.missing_bureaus import load_plan_with_bureaus
from workflow.actions.plan_input import MeasureInput, PlanInput, SectionInput, UnitInput
from workflow.models import AuditEvent, Plan, ResponsibleUnit
from workflow.models.responsible_unit import UnitKind
from workflow.rules.refusal import Conflict, Forbidden
from workflow.trail.actor import INSTALLATION

pytestmark = pytest.mark.django_db


def plan(*units: UnitInput | str, warnings: tuple[dict[str, object], ...] = ()) -> PlanInput:
    given = [UnitInput(unit, UnitKind.BUREAU) if isinstance(unit, str) else unit for unit in units]
    sections = [SectionInput("一", "贯通", [MeasureInput("修桥", line=7, units=given)])]
    period = date(2026, 1, 1), date(2026, 12, 31)
    return PlanInput("绿道方案", "a" * 64, "x.txt", *period, sections, warnings)


def bureaus() -> dict[str, str]:
    return dict(Bureau.objects.values_list("name", "kind"))


def test_each_missing_bureau_is_added_with_the_kind_that_its_name_says() -> None:
    given = plan("区水务局", "区委宣传部", "河湾街道", "河湾中学", "区妇联", "公安**分局")
    row, is_new, added = load_plan_with_bureaus(given, by=INSTALLATION, code="LD")
    assert is_new
    assert bureaus() == {
        "区水务局": BureauKind.BUREAU,
        "区委宣传部": BureauKind.PARTY_ORGAN,
        "河湾街道": BureauKind.SUBDISTRICT,
        "河湾中学": BureauKind.SCHOOL,
        "区妇联": BureauKind.PEOPLES_GROUP,
        "公安**分局": BureauKind.BUREAU,
    }
    assert added == list(bureaus())
    units = ResponsibleUnit.objects.filter(measure__plan=row)
    assert {unit.text: unit.bureau.name for unit in units} == {name: name for name in bureaus()}
    assert row.warnings == []


def test_a_second_name_becomes_an_alias_and_both_texts_mean_the_bureau() -> None:
    whole = UnitInput("区市场监管局（区知识产权局）", UnitKind.BUREAU, alias="区知识产权局")
    row, _, added = load_plan_with_bureaus(plan(whole, "区市场监管局"), by=INSTALLATION, code="LD")
    assert added == ["区市场监管局"]
    assert set(BureauAlias.objects.values_list("name", flat=True)) == {"区知识产权局", whole.text}
    assert ResponsibleUnit.objects.filter(measure__plan=row, bureau__name="区市场监管局").count() == 2


def test_a_bureau_that_stands_is_tied_and_not_added() -> None:
    water = make_bureau("区水务局")
    load_plan_with_bureaus(plan("区水务局", "区财政局"), by=INSTALLATION, code="LD")
    assert set(bureaus()) == {"区水务局", "区财政局"}
    assert ResponsibleUnit.objects.get(text="区水务局").bureau == water


def test_another_wording_of_a_bureaus_name_waits_for_a_decision() -> None:
    make_bureau("区发展和改革委员会")
    row, _, added = load_plan_with_bureaus(plan("区发展改革委"), by=INSTALLATION, code="LD")
    assert added == []
    assert [warning["code"] for warning in row.warnings] == ["unit_like"]


def test_a_name_that_two_bureaus_bear_adds_no_third() -> None:
    for name in ("东区水务局", "西区水务局"):
        BureauAlias.objects.create(bureau=make_bureau(name), name="水务局")
    assert load_plan_with_bureaus(plan("水务局"), by=INSTALLATION, code="LD")[2] == []


def test_words_that_the_reader_took_for_no_unit_become_no_bureau() -> None:
    warning = {"line": 7, "code": "unit_unclear", "params": {"unit": "王五"}}
    row, _, added = load_plan_with_bureaus(plan("王五", warnings=(warning,)), by=INSTALLATION, code="LD")
    assert (added, ResponsibleUnit.objects.get(measure__plan=row).bureau) == ([], None)


@pytest.mark.parametrize("kind", [UnitKind.COLLECTIVE, UnitKind.OPEN_ENDED])
def test_only_a_bureaus_name_becomes_a_bureau(kind: UnitKind) -> None:
    assert load_plan_with_bureaus(plan(UnitInput("各街道", kind)), by=INSTALLATION, code="LD")[2] == []


def test_every_bureau_has_its_line_in_the_trail() -> None:
    load_plan_with_bureaus(plan("区水务局", "区财政局"), by=INSTALLATION, code="LD")
    lines = AuditEvent.objects.filter(action="bureau.create").order_by("id")
    assert [line.payload["name"] for line in lines] == ["区水务局", "区财政局"]
    assert AuditEvent.objects.filter(action="plan.load").count() == 1


def test_somebody_without_the_right_adds_nothing() -> None:
    with pytest.raises(Forbidden):
        load_plan_with_bureaus(plan("区水务局"), by=PersonFactory(), code="LD")
    assert (bureaus(), Plan.objects.count()) == ({}, 0)


def test_a_plan_that_is_refused_leaves_no_bureau_behind() -> None:
    load_plan_with_bureaus(plan(), by=INSTALLATION, code="LD")
    with pytest.raises(Conflict) as refused:
        load_plan_with_bureaus(replace(plan("区水务局"), source_hash="b" * 64), by=INSTALLATION, code="LD")
    assert refused.value.code == "plan.code_taken"
    assert bureaus() == {}


def test_a_source_that_is_loaded_already_adds_nothing() -> None:
    first, _, _ = load_plan_with_bureaus(plan(), by=INSTALLATION, code="LD")
    again, is_new, added = load_plan_with_bureaus(plan("区水务局"), by=INSTALLATION, code="LE")
    assert (again, is_new, added, bureaus()) == (first, False, [], {})
