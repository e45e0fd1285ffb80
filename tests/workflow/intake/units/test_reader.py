"""The units of a measure with their whole names, kinds, aliases and the lead."""

import pytest

from accounts.models import BureauKind
from tests.workflow.intake.units.told import LEAD, RESPONSIBLE, SUPPORTING, passage
from workflow.actions.loading import UnitInput
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.reader import read_units
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.models.responsible_unit import UnitKind

Read = tuple[tuple[UnitInput, ...], list[Caution]]


def read(*written: tuple[UnitRole, str], conventions: Conventions | None = None) -> Read:
    """The units and the codes of the warnings."""
    warnings = WarningList()
    given = [WrittenUnits(role, passage(text)) for role, text in written]
    units = read_units(given, conventions or Conventions(), "贯通", 9, warnings)
    return units, [warning.code for warning in warnings]


def lead_of(units: tuple[UnitInput, ...]) -> list[str]:
    return [unit.text for unit in units if unit.is_lead]


def test_the_first_bureau_leads_and_each_unit_has_its_kind() -> None:
    units, cautions = read((RESPONSIBLE, "区园林局、各街道、区水务局等相关部门"))
    assert [(unit.text, unit.kind, unit.is_lead, unit.collective_kind) for unit in units] == [
        ("区园林局", UnitKind.BUREAU, True, ""),
        ("各街道", UnitKind.COLLECTIVE, False, BureauKind.SUBDISTRICT),
        ("区水务局", UnitKind.BUREAU, False, ""),
        ("等相关部门", UnitKind.OPEN_ENDED, False, ""),
    ]
    assert cautions == [Caution.UNIT_OPEN_ENDED]


@pytest.mark.parametrize(
    ("written", "lead"),
    [
        ([(RESPONSIBLE, "区园林局、区水务局"), (LEAD, "区财政局")], "区财政局"),
        ([(SUPPORTING, "区园林局"), (RESPONSIBLE, "区水务局")], "区水务局"),
        ([(RESPONSIBLE, "区园林局"), (SUPPORTING, "区水务局")], "区园林局"),
        ([(RESPONSIBLE, "区园林局、区水务局牵头")], "区园林局"),
        ([(RESPONSIBLE, "区水务局配合，区园林局牵头")], "区园林局"),
        ([(RESPONSIBLE, "区水务局、区园林局（牵头）")], "区园林局"),
        ([(RESPONSIBLE, "区水务局（配合）、区园林局")], "区园林局"),
        ([(RESPONSIBLE, "牵头单位：区园林局\n配合单位：区水务局")], "区园林局"),
    ],
)
def test_label_and_verb_say_who_leads(written: list[tuple[UnitRole, str]], lead: str) -> None:
    assert lead_of(read(*written)[0]) == [lead]


def test_of_two_leads_the_first_leads_and_a_warning_names_both() -> None:
    units, cautions = read((LEAD, "区园林局、区水务局"), (SUPPORTING, "区财政局"))
    assert lead_of(units) == ["区园林局"]
    assert cautions == [Caution.LEADS_SEVERAL]


def test_a_collective_never_leads() -> None:
    units, cautions = read((RESPONSIBLE, "各街道、区园林局"))
    assert lead_of(units) == ["区园林局"]
    assert cautions == [Caution.LEAD_NOT_FIRST]


@pytest.mark.parametrize(
    ("written", "caution"),
    [
        ([(RESPONSIBLE, "各街道")], Caution.LEAD_MISSING),
        ([(SUPPORTING, "区水务局")], Caution.LEAD_MISSING),
        ([(LEAD, "各街道"), (SUPPORTING, "区水务局")], Caution.LEAD_MISSING),
        ([(RESPONSIBLE, "/")], Caution.UNITS_MISSING),
        ([], Caution.UNITS_MISSING),
    ],
)
def test_a_measure_that_nobody_can_lead_is_warned_of(
    written: list[tuple[UnitRole, str]], caution: Caution
) -> None:
    units, cautions = read(*written)
    assert lead_of(units) == []
    assert cautions == [caution]


def test_a_name_is_whole_and_keeps_what_was_written() -> None:
    units, cautions = read((LEAD, "省水利厅"), (SUPPORTING, "财政厅、工业和信息化厅"))
    assert [(unit.text, unit.written) for unit in units] == [
        ("省水利厅", ""),
        ("省财政厅", "财政厅"),
        ("省工业和信息化厅", "工业和信息化厅"),
    ]
    assert cautions == []


@pytest.mark.parametrize(
    ("written", "alias"),
    [
        ("区市场监管局（区知识产权局）", "区知识产权局"),
        ("市场监管局（知识产权局）", "知识产权局"),
        ("区发展改革委（加挂区粮食局）", "区粮食局"),
        ("区水务局（河道处）", ""),
        ("区水务局（河道处、防汛科）", ""),
        ("区市场监管局（知识产权局、计量所）", ""),
        ("各区政府（管委会）", ""),
    ],
)
def test_a_second_name_in_brackets_is_an_alias(written: str, alias: str) -> None:
    (unit,), _ = read((RESPONSIBLE, written))
    assert (unit.text, unit.alias) == (written, alias)


def test_a_bracket_that_was_cut_off_is_closed_and_warned_of() -> None:
    units, cautions = read((RESPONSIBLE, "区园林局、区水务局（区河道中心"))
    assert [(unit.text, unit.written, unit.alias) for unit in units][1:] == [
        ("区水务局（区河道中心）", "区水务局（区河道中心", "区河道中心")
    ]
    assert cautions == [Caution.UNIT_UNCLEAR]


def test_a_duty_in_brackets_is_no_part_of_the_name() -> None:
    (unit,), _ = read((RESPONSIBLE, "区园林局（负责绿地）"))
    assert (unit.text, unit.written) == ("区园林局", "区园林局（负责绿地）")


@pytest.mark.parametrize(
    ("text", "caution"),
    [
        ("区园林局、区水务局、区园林局", Caution.UNIT_REPEATED),
        ("省水利厅、财政厅、省财政厅", Caution.UNIT_REPEATED),
        ("区园林局、王五", Caution.UNITS_LEFT_OUT),
        ("区园林局、某某工程", Caution.UNIT_UNCLEAR),
        ("区园林局、有关部门", Caution.UNIT_OPEN_ENDED),
        ("责任单位：区园林局\n联系人：王五", Caution.UNITS_LEFT_OUT),
        ("区园林局；2027年底前完成", Caution.UNITS_LEFT_OUT),
        ("区园林局负责桥面，区水务局负责桥墩", Caution.UNITS_LEFT_OUT),
    ],
)
def test_what_is_odd_about_units_is_warned_of(text: str, caution: Caution) -> None:
    assert read((RESPONSIBLE, text))[1] == [caution]


def test_a_warning_names_the_line_of_the_unit() -> None:
    warnings = WarningList()
    given = [WrittenUnits(RESPONSIBLE, passage("区园林局、\n王五", line=3))]
    read_units(given, Conventions(), "贯通", 9, warnings)
    assert [(warning.line, warning.params) for warning in warnings] == [
        (4, {"title": "贯通", "text": "王五"})
    ]


def test_a_lead_that_the_responsible_units_list_again_is_nothing_odd() -> None:
    units, cautions = read((LEAD, "区园林局"), (RESPONSIBLE, "区园林局、区水务局"))
    assert [unit.text for unit in units] == ["区园林局", "区水务局"]
    assert cautions == []


def test_units_that_later_measures_share_stand_at_the_end() -> None:
    conventions = Conventions()
    conventions.note(passage("以下各项均需各市、县政府推进，不再单独列出", line=2))
    units, cautions = read((RESPONSIBLE, "省水利厅"), conventions=conventions)
    assert [(unit.text, unit.is_lead) for unit in units] == [("省水利厅", True), ("各市、县政府", False)]
    assert cautions == []


def test_the_sign_that_the_document_explains_marks_the_lead() -> None:
    conventions = Conventions()
    conventions.note(passage("带*的为牵头单位"))
    units, _ = read((RESPONSIBLE, "区水务局、*区园林局"), conventions=conventions)
    assert [(unit.text, unit.is_lead) for unit in units] == [("区水务局", False), ("区园林局", True)]


@pytest.mark.parametrize(
    ("legend", "written"),
    [
        ("注：“*”为牵头单位", "区水务局、区园林局*"),
        ("（★为牵头单位）", "区水务局、★区园林局、区财政局"),
        ("牵头单位以▲标注", "区水务局、区园林局（▲）"),
        ("带＊的为牵头单位", "区水务局\n*区园林局"),
    ],
)
def test_the_explained_sign_marks_the_lead_wherever_it_stands(legend: str, written: str) -> None:
    conventions = Conventions()
    conventions.note(passage(legend))
    units, cautions = read((RESPONSIBLE, written), conventions=conventions)
    assert lead_of(units) == ["区园林局"]
    assert cautions == []


@pytest.mark.parametrize("written", ["区水务局、区园林局★", "区水务局、*区园林局"])
def test_a_sign_that_nothing_explains_marks_the_lead_and_is_warned_of(written: str) -> None:
    units, cautions = read((RESPONSIBLE, written))
    assert ([unit.text for unit in units], lead_of(units)) == (["区水务局", "区园林局"], ["区园林局"])
    assert cautions == [Caution.UNIT_MARKED]


def test_another_sign_than_the_explained_one_is_warned_of_and_marks_nobody() -> None:
    conventions = Conventions()
    conventions.note(passage("★为牵头单位"))
    units, cautions = read((RESPONSIBLE, "区水务局▲、★区园林局"), conventions=conventions)
    assert lead_of(units) == ["区园林局"]
    assert cautions == [Caution.UNIT_MARKED]


def test_a_sign_before_every_unit_is_a_bullet() -> None:
    units, cautions = read((RESPONSIBLE, "▲区水务局\n▲区园林局"))
    assert ([unit.text for unit in units], lead_of(units)) == (["区水务局", "区园林局"], ["区水务局"])
    assert cautions == []


@pytest.mark.parametrize(
    "written",
    ["区水务局（王五）、区财政局", "区水务局（王五副局长）、区财政局", "区水务局主要负责人、区财政局"],
)
def test_a_person_behind_a_unit_is_no_part_of_its_name_and_is_warned_of(written: str) -> None:
    units, cautions = read((RESPONSIBLE, written))
    assert [unit.text for unit in units] == ["区水务局", "区财政局"]
    assert cautions == [Caution.UNITS_LEFT_OUT]


def test_a_post_is_no_unit_and_never_leads() -> None:
    units, cautions = read((RESPONSIBLE, "区政府分管副区长，区水务局、区财政局"))
    assert ([unit.text for unit in units], lead_of(units)) == (["区水务局", "区财政局"], ["区水务局"])
    assert cautions == [Caution.UNITS_LEFT_OUT]


def test_what_is_no_name_leads_only_where_there_is_no_name() -> None:
    assert lead_of(read((RESPONSIBLE, "某某工程、区园林局"))[0]) == ["区园林局"]


def test_a_unit_that_begins_with_the_place_of_the_plan_takes_no_prefix() -> None:
    conventions = Conventions(places={"云山"})
    units, _ = read((RESPONSIBLE, "区水务局、云山税务局、税务局"), conventions=conventions)
    assert [unit.text for unit in units] == ["区水务局", "云山税务局", "区税务局"]


def test_a_redacted_name_stays_as_it_is() -> None:
    units, cautions = read((RESPONSIBLE, "区园林局、公安**分局、××局"))
    assert [unit.text for unit in units] == ["区园林局", "公安**分局", "××局"]
    assert cautions == []


def test_the_place_of_each_unit_is_kept() -> None:
    text = "区园林局、区水务局"
    units, _ = read((RESPONSIBLE, text))
    assert [text[slice(*unit.span)] for unit in units if unit.span] == ["区园林局", "区水务局"]


@pytest.mark.parametrize(
    ("written", "cautions"),
    [
        ("省林业局、云门滑板服务中心", [Caution.UNIT_CARRIED]),
        ("省林业局、农业农村厅、地方金融管理局", []),
        ("省林业局、省云门滑板服务中心", []),
    ],
)
def test_a_prefix_carried_on_to_what_may_be_named_after_a_place_is_warned_of(
    written: str, cautions: list[Caution]
) -> None:
    assert read((RESPONSIBLE, written))[1] == cautions
