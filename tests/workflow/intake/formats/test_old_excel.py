"""Old workbooks: the forms in which they keep texts, numbers and how these are shown."""

import struct

import pytest

from tests.workflow.intake.formats.old_sheet import compound, record, xls
from tests.workflow.intake.formats.small_plan import read_here, tables
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.biff import rk, strings
from workflow.intake.formats.compound import Compound

MONTH = 'yyyy"年"m"月"'
DAY = 46203.0  # 2026-06-30


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def style(font: int, number: int) -> bytes:
    return record(0x00E0, struct.pack("<HH", font, number).ljust(20, b"\x00"))


def font(*, struck: bool) -> bytes:
    return record(0x0031, struct.pack("<HH", 200, 8 * struck).ljust(16, b"\x00"))


def read(*, book: bytes = b"", cells: bytes = b"") -> list[list[str]]:
    return tables(read_here(xls([["任务", "数量"]], book=book, cells=cells), "a.xls"))[0][1:]


def test_numbers_are_shown_in_the_formats_of_their_cells() -> None:
    book = record(0x041E, struct.pack("<H", 170) + wide(MONTH)) + style(0, 0) + style(0, 9) + style(0, 170)
    cells = record(0x0203, struct.pack("<HHHd", 1, 0, 1, 0.95)) + record(
        0x0203, struct.pack("<HHHd", 1, 1, 2, DAY)
    )
    assert read(book=book, cells=cells) == [["95%", "2026年6月"]]


def test_fonts_are_counted_without_the_one_that_is_left_out() -> None:
    book = b"".join(font(struck=n == 4) for n in range(5)) + style(0, 0) + style(5, 0)
    cells = record(0x0204, struct.pack("<HHH", 1, 0, 1) + wide("甲")) + record(
        0x0203, struct.pack("<HHHd", 1, 1, 0, 3)
    )
    assert read(book=book, cells=cells) == [["~~甲~~", "3"]]


def test_several_short_numbers_stand_in_one_record() -> None:
    held = struct.pack("<HHHIHIH", 1, 0, 0, (7 << 2) | 2, 0, (250 << 2) | 3, 1)
    assert read(cells=record(0x00BD, held)) == [["7", "2.5"]]


@pytest.mark.parametrize(
    ("short", "number"),
    [((-3 & 0x3FFFFFFF) << 2 | 2, -3), (0x3FF00000, 1.0), (0x3FF00001, 0.01), ((123 << 2) | 3, 1.23)],
)
def test_short_numbers_are_whole_or_hundredths_or_cut_floats(short: int, number: float) -> None:
    assert rk(short) == number


def test_the_result_of_a_formula_is_read() -> None:
    text = record(0x0006, struct.pack("<HHH", 1, 0, 0) + b"\x00" * 6 + b"\xff\xff" + b"\x00" * 8)
    number = record(0x0006, struct.pack("<HHHd", 1, 1, 0, 4.0) + b"\x00" * 8)
    assert read(cells=text + record(0x0207, wide("合计")) + number) == [["合计", "4"]]


def test_texts_of_the_shared_table_are_read() -> None:
    book = record(0x00FC, struct.pack("<II", 2, 2) + wide("区园林局") + struct.pack("<HB", 3, 0) + b"abc")
    cells = record(0x00FD, struct.pack("<HHHI", 1, 0, 0, 1)) + record(
        0x00FD, struct.pack("<HHHI", 1, 1, 0, 0)
    )
    assert read(book=book, cells=cells) == [["abc", "区园林局"]]


def test_a_text_may_go_on_in_the_next_record_in_signs_of_another_width() -> None:
    first = struct.pack("<HB", 6, 1) + "区园林局".encode("utf-16-le")
    assert list(strings([first, b"\x00ab" + wide("甲")], 2)) == ["区园林局ab", "甲"]


def test_what_a_text_has_of_type_and_sound_is_passed_over() -> None:
    rich = (
        struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 3) + "任务".encode("utf-16-le") + b"\x01\x00\x02\x00" + b"xyz"
    )
    assert list(strings([rich + wide("乙")], 2)) == ["任务", "乙"]


def test_a_locked_workbook_is_refused() -> None:
    with pytest.raises(UnreadableError) as refused:
        read(book=record(0x002F, b"\x01\x00"))
    assert refused.value.fault is Fault.ENCRYPTED


def test_a_container_gives_its_streams_by_name() -> None:
    held = compound({"Workbook": b"a" * 5000, "Other": b"b" * 4096})
    container = Compound(held, ".xls")
    assert container.names == {"Workbook", "Other"}
    assert container.stream("Workbook") == b"a" * 5000 + b"\x00" * 120
    assert container.stream("Other") == b"b" * 4096
    assert container.stream("Nothing") == b""
