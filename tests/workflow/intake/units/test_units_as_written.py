"""Responsible units as written."""

import pytest

from accounts.models import BureauKind
from workflow.actions.plan_input import UnitInput
from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.reader import read_units as read_written
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import look_like_units, split_units
from workflow.models.responsible_unit import UnitKind


def read_units(text: str, title: str, line: int | None, warnings: WarningList) -> tuple[UnitInput, ...]:
    written = [WrittenUnits(UnitRole.RESPONSIBLE, Passage(text))]
    return read_written(written, Conventions(), title, line, warnings)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("区园林局、区水务局", ("区园林局", "区水务局")),
        (
            "区园林局，区水务局；区财政局,区残联;区妇联",
            ("区园林局", "区水务局", "区财政局", "区残联", "区妇联"),
        ),
        ("区园林局和区水务局", ("区园林局", "区水务局")),
        ("区园林局、区水务局及各街道", ("区园林局", "区水务局", "各街道")),
        ("区教育局与区文化和旅游局", ("区教育局", "区文化和旅游局")),
        ("区文化和旅游局", ("区文化和旅游局",)),
        ("规划和自然资源局**分局、公安**分局", ("规划和自然资源局**分局", "公安**分局")),
        ("区市场监管局（知识产权局、计量所）、各街道", ("区市场监管局（知识产权局、计量所）", "各街道")),
        ("各市、县（市、区）政府", ("各市、县（市、区）政府",)),
        ("各区、县级市、市园林局", ("各区、县级市", "市园林局")),
        ("各区、市园林局", ("各区", "市园林局")),
        ("各街道、各学校", ("各街道", "各学校")),
        ("区园林局、各街道等相关部门", ("区园林局", "各街道", "等相关部门")),
        ("区园林局等部门", ("区园林局", "等部门")),
        ("区园林局等5个部门", ("区园林局", "等5个部门")),
        ("区园林局等", ("区园林局", "等")),
        ("区园林局、各有关部门", ("区园林局", "各有关部门")),
        ("区园林局、区水务局。", ("区园林局", "区水务局")),
        ("/", ()),
        ("无", ()),
        (" ", ()),
    ],
)
def test_units_are_split_as_documents_join_them(written: str, parts: tuple[str, ...]) -> None:
    assert split_units(written) == parts


def test_the_first_bureau_leads_and_each_unit_has_its_kind() -> None:
    warnings = WarningList()
    units = read_units("区园林局、各街道、区水务局等相关部门", "贯通", 9, warnings)
    assert [(unit.text, unit.kind, unit.is_lead, unit.collective_kind) for unit in units] == [
        ("区园林局", UnitKind.BUREAU, True, ""),
        ("各街道", UnitKind.COLLECTIVE, False, BureauKind.SUBDISTRICT),
        ("区水务局", UnitKind.BUREAU, False, ""),
        ("等相关部门", UnitKind.OPEN_ENDED, False, ""),
    ]
    assert [(warning.line, warning.code) for warning in warnings] == [(9, Caution.UNIT_OPEN_ENDED)]


@pytest.mark.parametrize("written", ["市级各部门", "各有关部门", "相关单位", "各责任单位"])
def test_a_phrase_that_names_nobody_is_open_ended(written: str) -> None:
    units = read_units(f"区园林局、{written}", "贯通", 1, WarningList())
    assert units[1].kind == UnitKind.OPEN_ENDED


def test_the_members_of_an_unknown_collective_wait_for_a_decision() -> None:
    units = read_units("区园林局、各公园", "贯通", 1, WarningList())
    assert (units[1].kind, units[1].collective_kind) == (UnitKind.COLLECTIVE, "")


@pytest.mark.parametrize(
    ("written", "code", "names"),
    [
        ("区园林局、区水务局、区园林局", Caution.UNIT_REPEATED, ["区园林局", "区水务局"]),
        ("各街道、区园林局", Caution.LEAD_NOT_FIRST, ["各街道", "区园林局"]),
        ("各街道", Caution.LEAD_MISSING, ["各街道"]),
        ("区园林局、通则：区水务局", Caution.UNIT_UNCLEAR, ["区园林局", "通则：区水务局"]),
        ("区园林局、张三", Caution.UNITS_LEFT_OUT, ["区园林局"]),
        ("／", Caution.UNITS_MISSING, []),
    ],
)
def test_what_is_odd_about_units_is_warned_of_with_the_line(
    written: str, code: Caution, names: list[str]
) -> None:
    warnings = WarningList()
    units = read_units(written, "贯通", 9, warnings)
    assert [unit.text for unit in units] == names
    assert [(warning.line, warning.code) for warning in warnings] == [(9, code)]


def test_a_collective_never_leads() -> None:
    units = read_units("各街道、区园林局", "贯通", 1, WarningList())
    assert [unit.is_lead for unit in units] == [False, True]


@pytest.mark.parametrize("text", ["区园林局", "各街道", "区园林局、各街道等相关部门", "公安**分局、区委编办"])
def test_a_cell_of_units_is_known_as_one(text: str) -> None:
    assert look_like_units(text)


@pytest.mark.parametrize("text", ["持续推进", "打通沿河断点。拆除围挡。", "行动计划", "贯通行动", ""])
def test_another_cell_is_not_taken_for_units(text: str) -> None:
    assert not look_like_units(text)
