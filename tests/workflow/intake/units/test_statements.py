"""What a paragraph says of its units, taken out of its text."""

import pytest

from tests.workflow.intake.units.told import LEAD, RESPONSIBLE, SUPPORTING, brief, passage
from workflow.intake.units.roles import UnitRole
from workflow.intake.units.statements import has_statement, take_statements

TWO = "区园林局、区水务局"


@pytest.mark.parametrize(
    "text",
    [
        f"架桥。（责任单位：{TWO}）",
        f"架桥。（责任单位：{TWO}）。",
        f"架桥。(责任部门:{TWO})",
        f"架桥。【责任单位】{TWO}",
        f"架桥。【责任单位：{TWO}】",
        f"架桥。[责任单位：{TWO}]",
        f"架桥。〔责任单位 {TWO}〕",
        f"架桥。（责任单位{TWO}）",
        f"架桥。（责任单位为{TWO}）",
        f"架桥。（责任\n单位：{TWO}）",
        f"架桥。（责任部门（单位）：{TWO}）",
        f"架桥。（市级责任单位：{TWO}）",
        f"架桥。（落实单位：{TWO}）",
        f"架桥。（实施主体：{TWO}）",
        f"架桥。责任单位：{TWO}。",
        f"架桥。　　责任单位：{TWO}",
        f"架桥。——责任单位：{TWO}",
        f"架桥。★责任单位：{TWO}",
        f"架桥。（{TWO}负责）",
        f"架桥。（{TWO}按职责分工负责）",
        f"架桥。（{TWO}）",
        f"架桥。（责任单位：{TWO}，列第一位的为牵头单位，下同）",
        f"架桥。（责任单位：{TWO}）（列第一位的为牵头单位，下同）",
        f"架桥。（其他责任单位：{TWO}）",
        f"架桥。责任单位——{TWO}",
    ],
)
def test_responsible_units_are_taken_out(text: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text == "架桥。"
    assert brief(taken.units) == [(RESPONSIBLE, TWO)]
    assert taken.is_closed
    assert has_statement(text)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("（牵头单位：区园林局；配合单位：区水务局、区财政局）", "lss"),
        ("（牵头部门：区园林局，协办部门：区水务局、区财政局）", "lss"),
        ("（牵头单位：区园林局 配合单位：区水务局、区财政局）", "lss"),
        ("（牵头单位：区园林局配合单位：区水务局、区财政局）", "lss"),
        ("（主办：区园林局；协办：区水务局、区财政局）", "lss"),
        ("牵头单位：区园林局；参加单位：区水务局、区财政局。", "lss"),
        ("牵头单位：区园林局\n配合单位：区水务局、区财政局", "lss"),
        ("【牵头单位：区园林局】【配合单位：区水务局、区财政局】", "lss"),
        ("（区园林局牵头，区水务局、区财政局配合）", "lss"),
        ("（责任单位：区园林局牵头，区水务局、区财政局配合）", "lss"),
        ("牵头单位为区园林局，配合单位为区水务局、区财政局。", "lss"),
        ("区园林局牵头，区水务局、区财政局配合。", "lss"),
        ("（牵头单位：区园林局；责任单位：区水务局、区财政局）", "lrr"),
        ("（责任单位：区园林局；配合单位：区水务局、区财政局）", "rss"),
        ("（区园林局；配合单位：区水务局、区财政局）", "rss"),
    ],
)
def test_several_labels_or_verbs_give_several_roles(text: str, units: str) -> None:
    roles = {"l": LEAD, "r": RESPONSIBLE, "s": SUPPORTING}
    taken = take_statements(passage(text))
    assert brief(taken.units) == [(roles[units[0]], "区园林局"), (roles[units[1]], "区水务局、区财政局")]
    assert taken.rest.text == ""


@pytest.mark.parametrize(
    ("text", "schedule"),
    [
        (f"架桥。（责任单位：{TWO}；完成时限：2027年底前）", "2027年底前"),
        (f"架桥。（责任单位：{TWO}，完成时间：2027年6月；持续推进）", "2027年6月；持续推进"),
        (f"架桥。（责任单位：{TWO}。2027年6月底前完成）", "2027年6月底前完成"),
        (f"架桥。（{TWO}按职责分工负责，2027年底前完成）", "2027年底前完成"),
        (f"架桥。（{TWO}；完成时限：长期坚持）", "长期坚持"),
        (f"架桥。（2027年6月底前完成；责任单位：{TWO}）", "2027年6月底前完成"),
        (f"架桥。（责任单位：{TWO}）（完成时限：2027年底）", "2027年底"),
        (f"架桥。责任单位：{TWO}  完成时限：2027年12月", "2027年12月"),
        (f"架桥。完成时限：2027年12月。责任单位：{TWO}。", "2027年12月"),
    ],
)
def test_the_schedule_of_a_statement_is_taken_with_it(text: str, schedule: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text == "架桥。"
    assert brief(taken.units) == [(RESPONSIBLE, TWO)]
    assert taken.schedule is not None
    assert taken.schedule.text == schedule


@pytest.mark.parametrize(
    ("text", "leaders"),
    [
        (f"架桥。（责任单位：{TWO}；责任人：王五；联系电话：123）", "王五；123"),
        (f"架桥。（分管领导：王五，责任单位：{TWO}）", "王五"),
        (f"架桥。牵头领导：王五 责任单位：{TWO} 联系人：赵六", "王五；赵六"),
    ],
)
def test_persons_are_never_units(text: str, leaders: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text == "架桥。"
    assert brief(taken.units) == [(RESPONSIBLE, TWO)]
    assert taken.leaders is not None
    assert taken.leaders.text == leaders


@pytest.mark.parametrize(
    "text",
    [
        "（一）架桥（以下简称工程）。",
        "桥（含引桥）于2027年（规划期末）建成。",
        "责任单位要落实责任（见附件）。",
        "各责任单位：要加强领导。",
        "试点（由区园林局负责）要加快。",
        "由区园林局负责解释。",
        "由主管部门（区园林局、区水务局）共同研究。",
        "成立领导小组（组长：王五；成员：赵六）。",
        "各有关部门按职责分工负责。",
        "实施工程（1个中心、2个平台）。",
        "区园林局负责架桥，区水务局负责清淤。",
        "（区园林局）",
        "（2027年底前完成）",
        "（责任单位负责人要到场）",
        "新建2所学校（河湾小学、临江小学）。",
        "成立专班（区园林局、区水务局、区财政局）。",
        "建立会议制度（成员单位包括区园林局、区水务局）。",
        "时间：2027年6月。",
        "整治河道。区财政局做好资金保障，审计部门加强审计监督。",
        "整治河道。各区政府要落实责任，于每季度末报市水利局。",
        "报送至指定窗口（区园林局）。",
        "报送相关材料（有关部门）。",
        "成立联合工作组（区园林局）",
        "落实“谁主管、谁负责”。",
    ],
)
def test_other_words_stay_in_the_text(text: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text == text
    assert (taken.units, taken.schedule, taken.leaders) == ((), None, None)
    assert not has_statement(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("架桥。由区园林局牵头，区水务局配合。", "架桥。"),
        ("架桥。区园林局牵头，区水务局配合。", "架桥。"),
        ("架桥（区园林局牵头，区水务局配合）", "架桥"),
        ("架桥。（此项工作由区园林局牵头，区水务局配合）", "架桥。"),
    ],
)
def test_a_last_sentence_that_only_says_who_is_responsible_is_taken_out(text: str, rest: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text == rest
    assert brief(taken.units) == [(LEAD, "区园林局"), (SUPPORTING, "区水务局")]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("修建学校（区教育局）", "修建学校"),
        ("架设步行桥（区园林局）。", "架设步行桥"),
        ("（区园林局、区水务局）架桥。", "架桥。"),
        ("架桥。（区联席会议成员单位）", "架桥。"),
        ("架桥。（该项任务责任单位：区园林局）", "架桥。"),
    ],
)
def test_a_bare_bracket_at_the_beginning_or_the_end_names_units(text: str, rest: str) -> None:
    taken = take_statements(passage(text))
    assert taken.rest.text.rstrip("。") == rest.rstrip("。")
    assert taken.units


def test_a_bracket_with_a_date_right_behind_a_statement_is_its_schedule() -> None:
    for units in ("（责任单位：区园林局、区水务局）", "（区园林局、区水务局）"):
        taken = take_statements(passage(f"架桥。{units}（2027年底前）"))
        assert taken.rest.text == "架桥。"
        assert brief(taken.units) == [(RESPONSIBLE, TWO)]
        assert taken.schedule is not None
        assert taken.schedule.text == "2027年底前"


def test_every_statement_of_a_paragraph_is_taken_in_order() -> None:
    taken = take_statements(passage("甲（区园林局负责）；乙（区水务局负责）。丙。（责任单位：区财政局）"))
    assert taken.rest.text == "甲；乙。丙。"
    assert [text for _, text in brief(taken.units)] == ["区园林局", "区水务局", "区财政局"]


def test_a_nested_bracket_belongs_to_its_unit() -> None:
    taken = take_statements(passage("桥（含引桥）完工。（责任单位：区水务局（河道处）、各县（市、区）政府）"))
    assert taken.rest.text == "桥（含引桥）完工。"
    assert brief(taken.units) == [(RESPONSIBLE, "区水务局（河道处）、各县（市、区）政府")]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("完工。（责任单位：区水务局、区园林局", "完工。"),
        ("完工。（责任单位：区水务局、区园林局。再修。", "完工。再修。"),
    ],
)
def test_a_bracket_that_never_closes_ends_with_its_sentence(text: str, rest: str) -> None:
    taken = take_statements(passage(text))
    assert (taken.rest.text, taken.is_closed) == (rest, False)
    assert brief(taken.units) == [(RESPONSIBLE, "区水务局、区园林局")]


def test_the_empty_statement_is_found() -> None:
    taken = take_statements(passage("完工。（责任单位：）"))
    assert brief(taken.units) == [(RESPONSIBLE, "")]


def test_what_a_statement_says_of_other_things_stays_in_the_text() -> None:
    taken = take_statements(passage("架桥。（责任单位：区园林局；资金来源：区级财政）"))
    assert taken.rest.text == "架桥。资金来源：区级财政"


def test_duties_told_with_the_units_stay_in_the_text() -> None:
    text = "架桥。（区园林局负责桥面，区水务局负责桥墩）"
    taken = take_statements(passage(text))
    assert taken.rest.text == text
    assert brief(taken.units) == [(RESPONSIBLE, "区园林局"), (RESPONSIBLE, "区水务局")]


def test_what_a_last_sentence_promises_beside_its_units_stays_in_the_text() -> None:
    taken = take_statements(passage("架桥。由区园林局负责，年内架桥不少于12座。"))
    assert taken.rest.text == "架桥。年内架桥不少于12座"
    assert brief(taken.units) == [(RESPONSIBLE, "区园林局")]


def test_a_last_sentence_on_who_does_a_part_of_the_work_is_no_statement() -> None:
    text = "架桥。资金由区财政局统筹保障。"
    assert take_statements(passage(text)).rest.text == text


def test_a_last_sentence_that_says_only_when_is_taken_out_whole() -> None:
    taken = take_statements(passage("架桥。由区园林局负责，2027年8月底前完成。"))
    assert taken.rest.text == "架桥。"


def test_a_sentence_on_later_measures_is_not_among_the_units() -> None:
    text = "架桥。（区园林局负责。以下各项均需各市、县政府推进，不再单独列出）"
    assert brief(take_statements(passage(text)).units) == [(RESPONSIBLE, "区园林局")]


def test_units_and_rest_keep_their_places() -> None:
    source = f"架桥。（责任单位：{TWO}）收尾。"
    taken = take_statements(passage(source))
    (units,) = taken.units
    assert source[units.passage.start : units.passage.end] == TWO
    assert taken.rest.text == "架桥。收尾。"
    assert taken.rest.span == (0, len(source))


def test_the_roles_are_those_the_reader_knows() -> None:
    assert [role.value for role in UnitRole] == ["responsible", "lead", "supporting"]
