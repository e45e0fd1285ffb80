"""Numbers in front of chapters, heads and items."""

import pytest

from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.serials import Level, Mark, chinese_number, mark_of, note_gaps
from workflow.intake.source import Line


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("一", 1), ("九", 9), ("十", 10), ("十三", 13), ("二十", 20), ("二十七", 27), ("九十九", 99)],
)
def test_a_chinese_numeral_counts(numeral: str, number: int) -> None:
    assert chinese_number(numeral) == number


@pytest.mark.parametrize("numeral", ["十十", "一二", "一十一二", "百", ""])
def test_what_is_no_numeral_counts_nothing(numeral: str) -> None:
    assert chinese_number(numeral) == 0


@pytest.mark.parametrize(
    ("text", "level", "number", "rest"),
    [
        ("三、组织", Level.CHAPTER, "三、", "组织"),
        ("（十二）贯通", Level.HEAD, "（十二）", "贯通"),
        ("(二) 贯通", Level.HEAD, "(二)", "贯通"),
        ("1.修补。", Level.ITEM, "1.", "修补。"),
        ("１２．修补", Level.ITEM, "１２．", "修补"),
        ("3、修补", Level.ITEM, "3、", "修补"),
    ],
)
def test_a_numbered_line_is_taken_apart(text: str, level: Level, number: str, rest: str) -> None:
    mark = mark_of(Line(4, text), level)
    assert mark is not None
    assert (mark.number, mark.rest, mark.line) == (number, rest, 4)


@pytest.mark.parametrize("text", ["1.5公里的绿道", "2026年起", "（1）其他", "（一）", "一二、其他"])
def test_a_line_that_only_looks_numbered_is_not(text: str) -> None:
    assert all(mark_of(Line(1, text), level) is None for level in Level)


def test_a_jump_in_the_numbering_is_warned_of_with_its_line() -> None:
    warnings = WarningList()
    note_gaps([Mark("1.", 1, "甲", 5), Mark("3.", 3, "乙", 6), Mark("3.", 3, "丙", 7)], warnings)
    assert [(w.line, w.code, w.params["expected"], w.params["found"]) for w in warnings] == [
        (6, Caution.SERIAL_GAP, 2, "3."),
        (7, Caution.SERIAL_GAP, 4, "3."),
    ]
