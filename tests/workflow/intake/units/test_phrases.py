"""Sentences that tell of units by their verbs."""

import pytest

from tests.workflow.intake.units.told import LEAD, RESPONSIBLE, SUPPORTING, brief, passage
from workflow.intake.units.phrases import told_by_verbs
from workflow.intake.units.roles import UnitRole


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区园林局牵头，区水务局、区财政局配合", [(LEAD, "区园林局"), (SUPPORTING, "区水务局、区财政局")]),
        ("区园林局牵头区水务局配合", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("区园林局牵头，区水务局", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        (
            "省水利厅牵头，省财政厅、省公安厅按职责分工负责",
            [(LEAD, "省水利厅"), (RESPONSIBLE, "省财政厅、省公安厅")],
        ),
        ("区园林局牵头，区水务局等按职责分工负责", [(LEAD, "区园林局"), (RESPONSIBLE, "区水务局等")]),
        ("由区园林局会同区水务局、区财政局负责", [(LEAD, "区园林局"), (SUPPORTING, "区水务局、区财政局")]),
        ("区园林局会同区水务局", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("区园林局、区水务局负责", [(RESPONSIBLE, "区园林局、区水务局")]),
        ("区园林局、区水务局按职责分工负责", [(RESPONSIBLE, "区园林局、区水务局")]),
        ("区园林局、区水务局按照各自职责，共同抓好落实", [(RESPONSIBLE, "区园林局、区水务局")]),
        ("区园林局、区水务局等部门分别负责", [(RESPONSIBLE, "区园林局、区水务局等部门")]),
        ("区园林局负责，区水务局配合", [(RESPONSIBLE, "区园林局"), (SUPPORTING, "区水务局")]),
        ("区园林局、区水务局牵头，区财政局参与", [(LEAD, "区园林局、区水务局"), (SUPPORTING, "区财政局")]),
        ("各县（市、区）人民政府负责落实", [(RESPONSIBLE, "各县（市、区）人民政府")]),
        ("区园林局统筹，各街道具体落实", [(LEAD, "区园林局"), (RESPONSIBLE, "各街道")]),
        ("区园林局为牵头单位，区水务局为配合单位", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("区园林局主办，区水务局协办", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("区园林局负总责，区水务局配合", [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]),
        ("各区政府负责，市水利局指导", [(RESPONSIBLE, "各区政府"), (SUPPORTING, "市水利局")]),
        ("各区政府牵头，市水利局加强业务指导", [(LEAD, "各区政府"), (SUPPORTING, "市水利局")]),
        ("区园林局牵头，区财政局做好经费保障", [(LEAD, "区园林局"), (SUPPORTING, "区财政局")]),
        ("由区园林局统筹保障", [(LEAD, "区园林局")]),
        ("市城建集团承建，区水务局指导", [(RESPONSIBLE, "市城建集团"), (SUPPORTING, "区水务局")]),
        (
            "区园林局负责；区政务服务中心提供窗口支持",
            [(RESPONSIBLE, "区园林局"), (SUPPORTING, "区政务服务中心")],
        ),
        ("区水务局配合区园林局", [(SUPPORTING, "区水务局"), (LEAD, "区园林局")]),
        ("区水务局协助区园林局、区财政局", [(SUPPORTING, "区水务局"), (LEAD, "区园林局、区财政局")]),
        ("区园林局，区水务局、区财政局配合", [(RESPONSIBLE, "区园林局"), (SUPPORTING, "区水务局、区财政局")]),
        ("区园林局；区水务局、区财政局配合", [(RESPONSIBLE, "区园林局"), (SUPPORTING, "区水务局、区财政局")]),
        ("区园林局、区水务局配合", [(SUPPORTING, "区园林局、区水务局")]),
        ("区水务局配合，区园林局牵头", [(SUPPORTING, "区水务局"), (LEAD, "区园林局")]),
        ("区水务局、区财政局按项目分工实施", [(RESPONSIBLE, "区水务局、区财政局")]),
    ],
)
def test_a_verb_gives_the_units_before_it_their_role(text: str, units: list[tuple[UnitRole, str]]) -> None:
    told = told_by_verbs(passage(text))
    assert told is not None
    assert brief(told.units) == units
    assert told.is_clear
    assert not told.has_duties


@pytest.mark.parametrize(
    "text",
    [
        "区园林局、区水务局",
        "区人大办、区政协办",
        "区工商业联合会",
        "区残疾人联合会、区妇女联合会",
        "区园林局（牵头）、区水务局",
    ],
)
def test_a_list_without_a_verb_tells_no_roles(text: str) -> None:
    assert told_by_verbs(passage(text)) is None


def test_a_verb_inside_a_name_is_none() -> None:
    told = told_by_verbs(passage("城市更新推进办、区工商业联合会负责"))
    assert told is not None
    assert brief(told.units) == [(RESPONSIBLE, "城市更新推进办、区工商业联合会")]


def test_what_a_unit_is_charged_with_is_told_apart_from_the_next_unit() -> None:
    told = told_by_verbs(passage("区园林局负责绿地、步道建设，区水务局负责清淤"))
    assert told is not None
    assert brief(told.units) == [(RESPONSIBLE, "区园林局"), (RESPONSIBLE, "区水务局")]
    assert told.has_duties


def test_supporting_units_are_never_made_responsible_by_a_verb() -> None:
    told = told_by_verbs(passage("区水务局、区财政局按职责分工负责"), SUPPORTING)
    assert told is not None
    assert brief(told.units) == [(SUPPORTING, "区水务局、区财政局")]
