"""The numbers that Word counts and does not store."""

import pytest

from tests.workflow.intake.formats.small_plan import paragraphs, read_here, tables
from tests.workflow.intake.formats.zipped import docx, levels, numbered, p, tbl
from workflow.intake.formats.numerals import numeral

THREE = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))


def read(body: str, numbering: str = levels(*THREE), styles: str = "") -> list[str]:
    return paragraphs(read_here(docx(body, numbering=numbering, styles=styles), "plan.docx"))


def test_each_level_counts_and_begins_anew_below_the_next_of_a_higher_one() -> None:
    body = "".join(p(f"项{n}", numbered(level)) for n, level in enumerate([0, 1, 2, 2, 1, 2, 0, 1]))
    assert read(body) == [
        "一、项0",
        "（一）项1",
        "1. 项2",
        "2. 项3",
        "（二）项4",
        "1. 项5",
        "二、项6",
        "（一）项7",
    ]


def test_a_number_is_set_apart_from_a_text_that_begins_with_one() -> None:
    assert read(p("2026年建成", numbered(2))) == ["1. 2026年建成"]


def test_a_level_may_name_those_above_it() -> None:
    assert read(
        p("甲", numbered(0)) + p("乙", numbered(1)), levels(("chineseCounting", "%1"), ("decimal", "%1.%2"))
    ) == ["一 甲", "一.1 乙"]


def test_a_list_of_its_own_start_begins_there() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = p("甲", numbered(0)) + p("乙", numbered(0, 2)) + p("丙", numbered(0, 2))
    assert read(body, levels(*THREE) + again) == ["一、甲", "五、乙", "六、丙"]


def test_a_style_numbers_its_paragraphs_and_a_paragraph_may_refuse() -> None:
    style = f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="条"/><w:pPr>{numbered(0)}</w:pPr></w:style>'
    named = '<w:pStyle w:val="S"/>'
    body = p("甲", named) + p("乙", named + numbered(0, 0)) + p("丙", named)
    assert read(body, styles=style) == ["一、甲", "乙", "二、丙"]


def test_bullets_are_no_numbers() -> None:
    assert read(p("甲", numbered(0)), levels(("bullet", "●"))) == ["甲"]


def test_a_serial_column_that_word_counts_is_read() -> None:
    row = f"<w:tc>{p('', numbered(0))}</w:tc><w:tc>{p('任务')}</w:tc>"
    content = read_here(docx(tbl(row, row), numbering=levels(("decimal", "%1"))), "plan.docx")
    assert tables(content) == [[["1", "任务"], ["2", "任务"]]]


@pytest.mark.parametrize(
    ("style", "n", "written"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseLegalSimplified", 3, "叁"),
        ("ideographTraditional", 2, "乙"),
        ("ideographDigital", 10, "一〇"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedParen", 1, "⑴"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 4, "04"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("something", 7, "7"),
        ("none", 7, ""),
    ],
)
def test_numbers_are_written_as_word_writes_them(style: str, n: int, written: str) -> None:
    assert numeral(style, n) == written
