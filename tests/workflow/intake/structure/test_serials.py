"""Numbers in front of parts, chapters, heads and items."""

import pytest

from workflow.intake.content import Passage, Piece
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.serials import Mark, Style, chinese_number, mark_of, note_gaps, note_row_gaps


def mark(serial: int, line: int) -> Mark:
    return Mark(Style.NUMBER, f"{serial}.", serial, Passage("甲"), line)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("九", 9),
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("二十七", 27),
        ("九十九", 99),
        ("一百", 100),
        ("一百零三", 103),
        ("二百一十五", 215),
    ],
)
def test_a_chinese_numeral_counts(numeral: str, number: int) -> None:
    assert chinese_number(numeral) == number


@pytest.mark.parametrize("numeral", ["十十", "一二", "一十一二", "百", ""])
def test_what_is_no_numeral_counts_nothing(numeral: str) -> None:
    assert chinese_number(numeral) == 0


@pytest.mark.parametrize(
    ("text", "style", "number", "serial", "rest"),
    [
        ("第一部分 强化责任", Style.PART, "第一部分", 1, "强化责任"),
        ("第二章　总则", Style.CHAPTER, "第二章", 2, "总则"),
        ("第三条 落实责任", Style.ARTICLE, "第三条", 3, "落实责任"),
        ("三、组织", Style.HAN, "三、", 3, "组织"),
        ("十三、组织", Style.HAN, "十三、", 13, "组织"),
        ("（十二）贯通", Style.HAN_BRACKETED, "（十二）", 12, "贯通"),
        ("(二) 贯通", Style.HAN_BRACKETED, "(二)", 2, "贯通"),
        ("㈢贯通", Style.HAN_BRACKETED, "㈢", 3, "贯通"),
        ("1.修补。", Style.NUMBER, "1.", 1, "修补。"),
        ("１２．修补", Style.NUMBER, "１２．", 12, "修补"),
        ("3、修补", Style.NUMBER, "3、", 3, "修补"),
        ("103.修补", Style.NUMBER, "103.", 103, "修补"),
        ("1.2 修补", Style.DOTTED, "1.2", 2, "修补"),
        ("（1）修补", Style.NUMBER_BRACKETED, "（1）", 1, "修补"),
        ("2）修补", Style.NUMBER_BRACKETED, "2）", 2, "修补"),
        ("③修补", Style.CIRCLED, "③", 3, "修补"),
    ],
)
def test_a_numbered_line_is_taken_apart(text: str, style: Style, number: str, serial: int, rest: str) -> None:
    found = mark_of(Passage(text, (Piece(0, 40, 4),)))
    assert found is not None
    assert (found.style, found.number, found.serial) == (style, number, serial)
    assert (str(found.rest), found.line, found.rest.start) == (rest, 4, 40 + len(text) - len(rest))


@pytest.mark.parametrize(
    "text",
    [
        "1.5公里的绿道",
        "2026年起",
        "（一）",
        "一二、其他",
        "一、二级医院都要联网",
        "第一期工程",
        "（2026年）",
        "",
    ],
)
def test_a_line_that_only_looks_numbered_is_not(text: str) -> None:
    assert mark_of(Passage(text)) is None


def test_a_jump_in_the_numbering_is_warned_of_with_its_line() -> None:
    warnings = WarningList()
    note_gaps([mark(1, 5), mark(3, 6), mark(3, 7)], 0, warnings)
    assert [(w.line, w.code, w.params["expected"], w.params["found"]) for w in warnings] == [
        (6, Caution.SERIAL_GAP, 2, "3."),
        (7, Caution.SERIAL_GAP, 4, "3."),
    ]


def test_numbers_may_count_on_from_the_section_before() -> None:
    warnings = WarningList()
    note_gaps([mark(6, 5), mark(7, 6)], 5, warnings)
    note_gaps([mark(1, 7), mark(2, 8)], 7, warnings)
    assert list(warnings) == []


def test_rows_may_count_anew_but_not_jump() -> None:
    warnings = WarningList()
    note_row_gaps([("1", 3), ("2", 4), ("1", 5), ("2", 6), ("", 7), ("4", 8)], warnings)
    assert [(w.line, w.code) for w in warnings] == [(8, Caution.SERIAL_GAP)]
