"""The flattened task list: header, heads, rows and their cells."""

import pytest

from tests.workflow.intake.greenway import (
    LIST,
    NARRATIVE,
    WHOLE,
    changed,
    line_of,
    measures,
    read,
    units,
    warned,
)
from workflow.intake.content import Passage
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.formats.door import read_content
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.flat_cells import Known, find_header
from workflow.intake.structure.flat_list import read_flat_list
from workflow.intake.structure.lists import parts_of


def lines_of(text: str) -> list[Passage]:
    return list(read_content(text.encode(), "greenway.txt").passages)


def titles(text: str) -> list[list[str]]:
    return [[measure.title for measure in section.measures] for section in read(text).plan.sections]


def test_the_document_is_cut_at_the_header_cells_whatever_their_order() -> None:
    shuffled = changed(
        (
            "序号\n落实举措及标志性成果\n进度安排\n责任单位\n",
            "责任单位\n进度安排\n序号\n落实举措及标志性成果\n",
        )
    )
    for text in (WHOLE, shuffled):
        parts = parts_of(read_content(text.encode(), "greenway.txt").blocks, WarningList())
        assert parts.narrative[-1].passage.text.startswith("资金列入预算")
        assert [str(title) for title in parts.list_titles] == ["河湾区绿道建设任务清单（2026-2028年）"]
        assert parts.flat_lines[0].text == "（一）实施绿道"


def test_a_section_head_split_over_lines_is_put_together() -> None:
    text = changed(("（一）实施绿道\n贯通行动\n", "（一）实施\n绿道\n贯通\n行动\n"))
    assert titles(text) == titles(WHOLE)
    assert [w.code for w in read(text).warnings] == [w.code for w in read().warnings]


def test_a_section_head_repeated_at_a_page_break_changes_nothing() -> None:
    head = "（二）实施绿道便民行动\n"
    assert WHOLE.count(head) == 3
    assert titles(changed((head + head, head), text=LIST)) == titles(LIST)


def test_a_head_repeated_inside_a_row_does_not_cut_the_row() -> None:
    text = changed(("随坏随修。\n持续推进\n", "随坏随修。\n（一）实施绿道贯通行动\n持续推进\n"))
    assert measures(read(text))["修补破损路面"].schedule == "持续推进"


def test_the_header_repeated_on_the_next_page_changes_nothing() -> None:
    header = "主要任务\n序号\n落实举措及标志性成果\n进度安排\n责任单位\n"
    text = changed(("修补破损路面。随坏随修。", header + "修补破损路面。随坏随修。"))
    assert titles(text) == titles(WHOLE)
    assert len(read(text).warnings) == len(read(WHOLE).warnings)


def test_serials_in_cells_of_their_own_are_dropped() -> None:
    text = changed(
        ("打通沿河断点。拆除围挡。\n", "1\n打通沿河断点。拆除围挡。\n"),
        ("修补破损路面。随坏随修。\n", "２．\n修补破损路面。随坏随修。\n"),
    )
    assert titles(text) == titles(WHOLE)
    assert len(read(text).warnings) == len(read(WHOLE).warnings)


def test_a_serial_in_front_of_a_rows_title_is_no_part_of_it() -> None:
    assert titles(changed(("\n修补破损路面。随坏随修。", "\n2.修补破损路面。随坏随修。"))) == titles(WHOLE)


def test_the_list_decides_units_and_schedule() -> None:
    measure = measures(read())["打通沿河断点"]
    assert measure.schedule == "2027年12月底前"
    assert str(measure.due) == "2027-12-31"
    assert units(measure) == ["*区园林局", "区水务局", "各街道", "等相关部门"]


def test_the_narrative_decides_title_number_text_and_targets() -> None:
    measure = measures(read())["打通沿河断点"]
    assert (measure.number, measure.line) == ("1.", line_of("打通沿河断点"))
    assert measure.text == "拆除围挡，架设步行桥。到2027年，沿河断点减少90%以上，贯通里程超过40公里。"
    assert [(t.comparator, str(t.value), t.unit, str(t.due)) for t in measure.targets] == [
        (">=", "90", "%", "2027-12-31"),
        (">", "40", "公里", "2027-12-31"),
    ]


def test_swapped_cells_are_told_apart_and_warned_of() -> None:
    text = changed(("持续推进\n区园林局\n", "区园林局\n持续推进\n"))
    plan = read(text)
    assert (measures(plan)["修补破损路面"].schedule, units(measures(plan)["修补破损路面"])) == (
        "持续推进",
        ["*区园林局"],
    )
    assert [w.line for w in warned(plan, Caution.CELLS_SWAPPED)] == [
        line_of("持续推进", text, after="任务清单")
    ]


def test_columns_in_another_order_in_every_row_are_not_swapped() -> None:
    text = changed(
        (
            "2027年12月底前\n区园林局、区水务局、各街道等相关部门\n",
            "区园林局、区水务局、各街道等相关部门\n2027年12月底前\n",
        ),
        ("持续推进\n区园林局\n", "区园林局\n持续推进\n"),
        (
            "持续推进\n区文化和旅游局、公安**分局、区财政局\n",
            "区文化和旅游局、公安**分局、区财政局\n持续推进\n",
        ),
    )
    assert warned(read(text), Caution.CELLS_SWAPPED) == []


def test_a_row_without_schedule_is_kept_and_warned_of() -> None:
    text = changed(("随坏随修。\n持续推进\n", "随坏随修。\n"))
    plan = read(text)
    assert (measures(plan)["修补破损路面"].schedule, measures(plan)["修补破损路面"].due) == ("", None)
    assert [w.line for w in warned(plan, Caution.SCHEDULE_MISSING)] == [
        line_of("随坏随修", text, after="任务清单")
    ]


def test_a_row_without_units_takes_the_narratives_and_is_warned_of() -> None:
    text = changed(("持续推进\n区园林局\n", "持续推进\n"))
    plan = read(text)
    assert units(measures(plan)["修补破损路面"]) == ["*区园林局"]
    assert measures(plan)["修补破损路面"].differences == ()
    assert [w.line for w in warned(plan, Caution.UNITS_MISSING)] == [
        line_of("随坏随修", text, after="任务清单")
    ]


def test_a_row_that_names_nobody_is_a_row_without_units() -> None:
    plan = read(changed(("持续推进\n区园林局\n", "持续推进\n/\n")))
    assert units(measures(plan)["修补破损路面"]) == ["*区园林局"]
    assert len(warned(plan, Caution.UNITS_MISSING)) == 1


def test_an_unknown_schedule_is_kept_as_written_and_warned_of() -> None:
    text = changed(("随坏随修。\n持续推进\n", "随坏随修。\n按上级要求\n"))
    plan = read(text)
    assert (measures(plan)["修补破损路面"].schedule, measures(plan)["修补破损路面"].due) == (
        "按上级要求",
        None,
    )
    (warning,) = warned(plan, Caution.SCHEDULE_UNCLEAR)
    assert warning.params == {"schedule": "按上级要求"}


def test_a_due_date_outside_the_period_is_warned_of() -> None:
    plan = read(changed(("2027年12月底前", "2029年12月底前")))
    assert str(measures(plan)["打通沿河断点"].due) == "2029-12-31"
    assert [w.params for w in warned(plan, Caution.DUE_OUTSIDE_PERIOD)] == [{"due": "2029-12-31"}]


def test_a_unit_of_no_known_form_is_kept_and_warned_of() -> None:
    plan = read(changed(("持续推进\n区园林局\n", "持续推进\n区园林\n")))
    assert units(measures(plan)["修补破损路面"]) == ["*区园林"]
    assert [w.params for w in warned(plan, Caution.UNIT_UNCLEAR)] == [{"unit": "区园林"}]


def test_units_cut_by_a_page_are_joined_and_warned_of() -> None:
    plan = read(
        changed(
            ("区文化和旅游局、公安**分局、区财政局\n", "区文化和旅游局、公安**分局、\n区财政局\n"), text=LIST
        )
    )
    assert units(measures(plan)["增设驿站"]) == ["*区文化和旅游局", "公安**分局", "区财政局"]
    assert len(warned(plan, Caution.CELL_JOINED)) == 1


def test_a_text_cut_by_a_page_is_joined_and_warned_of() -> None:
    plan = read(changed(("增设驿站。驿站备有饮水。\n", "增设驿站。驿站备有饮\n水。夜里亮灯。\n"), text=LIST))
    assert measures(plan)["增设驿站"].text == "驿站备有饮水。夜里亮灯。"
    assert len(warned(plan, Caution.CELL_JOINED)) == 1


def test_a_line_that_fits_no_row_is_left_out_and_warned_of() -> None:
    text = changed(("持续推进\n区园林局\n", "持续推进\n区园林局\n见附图\n。\n"))
    first = line_of("见附图", text)
    assert [w.line for w in warned(read(text), Caution.LINE_UNPLACED)] == [first, first + 1]


COLUMN_MORE = ("进度安排\n责任单位\n", "进度安排\n责任单位\n责任领导\n")


def test_a_list_alone_with_columns_that_cannot_be_told_apart_is_refused() -> None:
    text = changed(COLUMN_MORE, text=LIST)
    with pytest.raises(IntakeError) as refused:
        read(text)
    assert refused.value.fault is Fault.LIST_COLUMNS
    assert refused.value.params["line"] == line_of("主要任务", text)


def test_beside_a_narrative_such_a_list_is_left_out_and_warned_of() -> None:
    text = changed(COLUMN_MORE)
    plan = read(text)
    assert units(measures(plan)["打通沿河断点"]) == ["*区园林局", "区水务局", "各街道"]
    assert [w.line for w in warned(plan, Caution.LIST_UNREAD)] == [line_of("主要任务", text)]


def test_a_list_alone_is_read_and_the_missing_narrative_warned_of() -> None:
    plan = read(LIST)
    assert [(section.number, section.title) for section in plan.plan.sections] == [
        ("（一）", "实施绿道贯通行动"),
        ("（二）", "实施绿道便民行动"),
    ]
    assert measures(plan)["增设驿站"].text == "驿站备有饮水。"
    assert [warning.code for warning in plan.warnings if warning.line is None] == [Caution.NARRATIVE_MISSING]


def test_a_narrative_alone_is_read_and_the_missing_list_warned_of() -> None:
    plan = read(NARRATIVE)
    assert units(measures(plan)["打通沿河断点"]) == ["*区园林局", "区水务局", "各街道"]
    assert {measure.schedule for measure in measures(plan).values()} == {""}
    assert len(warned(plan, Caution.LIST_MISSING)) == 1


def test_a_row_knows_the_lines_it_came_from() -> None:
    lines = lines_of(LIST)
    header = find_header(lines)
    assert header is not None
    row = read_flat_list(lines[header.end :], header, Known(), WarningList())[1]
    assert (str(row.found.title), row.found.line, row.found.units_line) == ("修补破损路面", 13, 15)
    assert row.head is not None
    assert (row.head.number, str(row.head)) == (7, "（一）实施绿道贯通行动")


def test_a_head_without_rows_is_warned_of() -> None:
    text = WHOLE + "（七）实施绿道养护行动\n"
    assert [w.line for w in warned(read(text), Caution.SECTION_EMPTY)] == [line_of("绿道养护", text)]


def flat(*cells: str) -> str:
    return "\n".join(("河湾区绿道任务表（2026年）", *cells))


def test_rows_that_begin_with_their_number_need_no_full_stop() -> None:
    plan = read(
        flat(
            "序号",
            "任务",
            "责任单位",
            "时限",
            "1",
            "架设步行桥",
            "区园林局",
            "6月底",
            "2",
            "建驿站",
            "区水务局",
            "持续推进",
        )
    )
    assert [(m.number, m.title, m.schedule, units(m)) for m in measures(plan).values()] == [
        ("1", "架设步行桥", "6月底", ["*区园林局"]),
        ("2", "建驿站", "持续推进", ["*区水务局"]),
    ]


def test_a_numbered_row_may_repeat_or_leave_out_the_cell_of_its_section() -> None:
    header = ("序号", "类别", "举措", "时限", "责任单位")
    first = ("1", "绿道贯通", "架设步行桥。", "6月底", "区园林局")
    again = ("2", "绿道", "贯通", "修补路面。", "7月底", "区园林局")
    merged = ("3", "打通断点。", "8月底", "区园林局")
    plan = read(flat(*header, *first, *again, *merged))
    assert [(s.title, [m.title for m in s.measures]) for s in plan.plan.sections] == [
        ("绿道贯通", ["架设步行桥", "修补路面", "打通断点"])
    ]


def test_two_columns_of_units_are_the_lead_and_the_supporting_and_one_cell_leads() -> None:
    header = ("序号", "任务", "牵头单位", "配合单位", "时限")
    plan = read(
        flat(
            *header,
            "1",
            "修桥。",
            "区水务局",
            "区财政局、各街道",
            "6月底",
            "2",
            "种树。",
            "区园林局",
            "7月底",
        )
    )
    assert [units(m) for m in measures(plan).values()] == [["*区水务局", "区财政局", "各街道"], ["*区园林局"]]
    assert [w.line for w in warned(plan, Caution.ROW_UNSURE)] == [13]


def test_a_schedule_in_unclear_words_is_the_rows_all_the_same() -> None:
    plan = read(flat("序号", "任务", "时限", "责任单位", "1", "修桥。", "汛前（5月底前）", "区水务局"))
    assert [(m.schedule, str(m.due)) for m in measures(plan).values()] == [("汛前（5月底前）", "2026-05-31")]


def test_an_unnumbered_cell_between_rows_names_the_section_where_the_list_has_a_column_of_them() -> None:
    header = ("类别", "举措", "时限", "责任单位")
    plan = read(
        flat(*header, "绿道贯通", "修桥。", "6月底", "区水务局", "绿道便民", "建驿站。", "7月底", "区园林局")
    )
    assert [section.title for section in plan.plan.sections] == ["绿道贯通", "绿道便民"]
    assert warned(plan, Caution.LINE_UNPLACED) == []


def test_a_header_cell_over_two_lines_is_one_name() -> None:
    plan = read(flat("任务", "时限", "责任", "单位", "修桥。", "6月底", "区水务局"))
    assert list(measures(plan)) == ["修桥"]
