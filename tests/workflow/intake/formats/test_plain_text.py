"""Plain text: lines, and tables drawn in lines."""

from tests.workflow.intake.formats.small_plan import paragraphs, tables
from workflow.intake.formats.door import read_content


def read(text: str, name: str = "plan.txt"):
    return read_content(text.encode(), name)


def test_blank_lines_are_counted_and_left_out() -> None:
    content = read("一、目标\r\n\r\n　　\r二、任务\n")
    assert [(p.number, p.text) for p in content.passages] == [(1, "一、目标"), (4, "二、任务")]


def test_a_page_break_beside_a_line_end_does_not_shift_the_lines() -> None:
    content = read("一、目标\n\x0c二、任务\n三、保障\x0c\n四、附则")
    assert [(p.number, p.text) for p in content.passages] == [
        (1, "一、目标"), (2, "二、任务"), (3, "三、保障"), (4, "四、附则"),
    ]  # fmt: skip


def test_signs_that_nobody_sees_are_dropped() -> None:
    assert paragraphs(read("区\u200b园\ufeff林局")) == ["区园林局"]


def test_traditional_characters_are_kept() -> None:
    assert paragraphs(read("區園林局負責")) == ["區園林局負責"]


def test_lines_with_bars_are_a_table_and_a_drawn_line_is_none_of_its_rows() -> None:
    content = read(
        "清单\n| 任务 | 单位 | 时限 |\n|---|---|---|\n| 甲 | 区园林局 | |\n\n| 乙 | 区住建局 | 年底 |\n说明"
    )
    assert tables(content) == [[["任务", "单位", "时限"], ["甲", "区园林局", ""], ["乙", "区住建局", "年底"]]]
    assert [(p.number, p.text) for p in content.passages] == [(1, "清单"), (7, "说明")]


def test_a_bar_in_prose_makes_no_table() -> None:
    text = "完善“一网通办|一网统管”机制\n打通“数据|业务”壁垒"
    assert tables(read(text)) == []
    assert paragraphs(read(text)) == text.split("\n")


def test_indented_prose_is_no_table() -> None:
    assert tables(read("\t\t一、目标\n\t\t二、任务\n")) == []


def test_a_row_with_another_count_of_cells_stays_in_its_table() -> None:
    assert tables(read("任务\t单位\t时限\n甲\t区园林局\t年底\n乙\t区住建局\t年底\t备注")) == [
        [["任务", "单位", "时限", ""], ["甲", "区园林局", "年底", ""], ["乙", "区住建局", "年底", "备注"]]
    ]
