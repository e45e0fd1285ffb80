"""Chapters, heads and items of the narrative."""

from tests.workflow.intake.greenway import NARRATIVE, changed, line_of, measures, read, warned
from tests.workflow.intake.structure.built import measures as built_measures
from tests.workflow.intake.structure.built import read as read_built
from tests.workflow.intake.structure.built import warned as warned_of
from workflow.intake.content import Paragraph
from workflow.intake.formats.door import read_content
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.found import Section
from workflow.intake.structure.narrative import read_narrative


def sections(text: str = NARRATIVE) -> list[Section]:
    blocks = read_content(text.encode(), "greenway.txt").blocks
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    return read_narrative(paragraphs, (), WarningList()).sections


def test_heads_are_the_sections_where_items_name_units() -> None:
    assert [(s.number, str(s.title), [str(m.title) for m in s.measures]) for s in sections()][:2] == [
        ("（一）", "实施绿道贯通行动", ["打通沿河断点", "修补破损路面"]),
        ("（二）", "实施绿道便民行动", ["增设驿站"]),
    ]


def test_the_chapter_is_the_section_where_its_heads_name_units() -> None:
    last = sections()[-1]
    assert (last.number, str(last.title)) == ("三、", "保障措施")
    assert [(m.number, str(m.title), str(m.text), m.units_as_written) for m in last.measures] == [
        ("（一）", "加强统筹", "每季度碰头一次，互通进度。", "区政府办公室、区园林局等部门"),
        ("（二）", "落实资金", "资金列入预算，逐年评估。", "区财政局"),
    ]


def test_a_measure_has_its_number_title_text_units_and_line() -> None:
    measure = sections()[0].measures[1]
    assert (measure.number, str(measure.title), str(measure.text)) == (
        "2.",
        "修补破损路面",
        "逐段检查，随坏随修。",
    )
    assert measure.units_as_written == "区园林局"
    assert measure.line == measure.units_line == line_of("修补破损路面", NARRATIVE)


def test_every_part_of_a_measure_is_found_again_at_its_place() -> None:
    text = read_content(NARRATIVE.encode(), "greenway.txt").text
    for measure in (measure for section in sections() for measure in section.measures):
        for part in (measure.title, measure.text, *(unit.passage for unit in measure.units)):
            assert text[part.start : part.end] == part.text


def test_a_chapter_that_names_no_units_holds_no_measures() -> None:
    text = changed(
        ("沿河成网，处处相连。", "（一）基本原则\n沿河成网。\n（二）总体目标\n处处相连。"), text=NARRATIVE
    )
    assert [str(s.title) for s in sections(text)] == [str(s.title) for s in sections()]


def test_a_plan_without_chapters_has_its_heads_as_sections() -> None:
    text = changed(("二、重点任务\n", ""), ("一、总体目标\n沿河成网，处处相连。\n", ""), text=NARRATIVE)
    assert [str(s.title) for s in sections(text)] == [str(s.title) for s in sections()]


def test_items_right_under_a_chapter_belong_to_the_chapter() -> None:
    text = "一、重点任务\n1.修桥。修。（责任单位：区水务局）\n2.补路。补。（责任单位：区园林局）"
    assert [(s.whole, len(s.measures)) for s in sections(text)] == [("一、重点任务", 2)]


def test_items_under_nothing_belong_to_a_section_that_bears_the_plans_title() -> None:
    plan = read("绿道方案（2026-2028年）\n1.修桥。修。（责任单位：区水务局）")
    assert [section.title for section in plan.plan.sections] == ["绿道方案（2026-2028年）"]


def test_a_measures_text_may_have_several_paragraphs() -> None:
    text = changed(("逐段检查，随坏随修。", "逐段检查。\n随坏随修。"), text=NARRATIVE)
    assert str(sections(text)[0].measures[1].text) == "逐段检查。\n随坏随修。"


def test_a_measure_of_a_title_alone_has_no_text() -> None:
    text = changed(("修补破损路面。逐段检查，随坏随修。（", "修补破损路面（"), text=NARRATIVE)
    measure = sections(text)[0].measures[1]
    assert (str(measure.title), str(measure.text), measure.units_as_written) == (
        "修补破损路面",
        "",
        "区园林局",
    )


def test_units_at_the_end_of_the_last_item_are_its_own_where_items_name_them_elsewhere() -> None:
    text = changed(
        (
            "资金列入预算，逐年评估。（责任单位：区财政局）",
            "1.列入预算。\n2.逐年评估。（责任单位：区财政局）",
        ),
        text=NARRATIVE,
    )
    text = changed(
        ("每季度碰头一次，互通进度。（责任单位：区政府办公室、区园林局等部门）\n", "每季度碰头一次。\n"),
        text=text,
    )
    last = sections(text)[-1]
    assert (str(last.title), [str(m.title) for m in last.measures]) == ("落实资金", ["列入预算", "逐年评估"])


def test_a_measure_without_units_is_kept_and_warned_of() -> None:
    text = changed(("（责任单位：区园林局）", ""), text=NARRATIVE)
    plan = read(text)
    assert measures(plan)["修补破损路面"].units == ()
    (warning,) = warned(plan, Caution.UNITS_MISSING)
    assert (warning.line, warning.params) == (line_of("修补破损路面", text), {"title": "修补破损路面"})


def test_an_unclosed_bracket_is_read_and_warned_of() -> None:
    text = changed(("（责任单位：区园林局）", "（责任单位：区园林局"), text=NARRATIVE)
    plan = read(text)
    assert [unit.text for unit in measures(plan)["修补破损路面"].units] == ["区园林局"]
    assert [warning.line for warning in warned(plan, Caution.BRACKET_OPEN)] == [line_of("修补破损路面", text)]


def test_units_named_in_two_paragraphs_are_all_taken_and_warned_of() -> None:
    text = changed(
        ("逐段检查，随坏随修。（", "逐段检查。（责任单位：区水务局）\n随坏随修。（"), text=NARRATIVE
    )
    plan = read(text)
    assert [unit.text for unit in measures(plan)["修补破损路面"].units] == ["区水务局", "区园林局"]
    assert len(warned(plan, Caution.BRACKETS_SEVERAL)) == 1


def test_lines_behind_the_last_bracket_are_left_out_and_warned_of() -> None:
    text = NARRATIVE + "河湾区人民政府\n2026年1月5日\n"
    plan = read(text)
    assert measures(plan)["落实资金"].text == "资金列入预算，逐年评估。"
    assert [warning.line for warning in warned(plan, Caution.LINE_UNPLACED)] == [
        line_of("河湾区人民政府", text),
        line_of("2026年1月5日", text),
    ]


def test_units_outside_every_measure_are_warned_of() -> None:
    text = changed(("（二）实施绿道便民行动", "（二）实施绿道便民行动（责任单位：区园林局）"), text=NARRATIVE)
    assert [warning.line for warning in warned(read(text), Caution.BRACKET_UNPLACED)] == [
        line_of("便民行动", text)
    ]


def test_a_jump_in_the_numbering_is_warned_of() -> None:
    text = changed(("2.修补", "3.修补"), text=NARRATIVE)
    (warning,) = warned(read(text), Caution.SERIAL_GAP)
    assert warning.line == line_of("3.修补", text)
    assert measures(read(text))["修补破损路面"].number == "3."


def test_a_head_without_items_among_heads_with_items_is_one_measure_or_none() -> None:
    single = "（三）实施绿道养护行动。勤修剪。（责任单位：区园林局）\n"
    empty = "（四）实施绿道宣传行动\n"
    text = changed(("三、保障措施", f"{single}{empty}三、保障措施"), text=NARRATIVE)
    plan = read(text)
    assert [(s.title, len(s.measures)) for s in plan.plan.sections][2] == ("实施绿道养护行动", 1)
    assert [warning.line for warning in warned(plan, Caution.SECTION_SINGLE)] == [line_of("绿道养护", text)]
    assert [warning.line for warning in warned(plan, Caution.SECTION_EMPTY)] == [line_of("绿道宣传", text)]


def test_a_last_chapter_that_says_who_coordinates_the_plan_is_no_measure() -> None:
    plan = read_built(
        "柳堤区绿道方案（2026年）",
        *("一、任务", "（一）疏浚北河。（区水务局负责）", "（二）种树。（区园林局负责）"),
        *("二、组织实施", "区绿道建设领导小组统筹协调，有关街道抓好落实。"),
    )
    assert [m.title for m in built_measures(plan)] == ["疏浚北河", "种树"]
    assert warned_of(plan, Caution.BRACKET_UNPLACED) == [6]
