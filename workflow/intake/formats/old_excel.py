"""Excel of before 2007 (.xls): as the newer one, what each sheet shows."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.biff import Record, counted_string, records, rk, strings
from workflow.intake.formats.compound import Compound
from workflow.intake.formats.excel_numbers import BUILT_IN, GENERAL, shown
from workflow.intake.formats.excel_sheet import Sheet
from workflow.intake.formats.excel_workbook import blocks_of_sheets
from workflow.intake.formats.given import GivenBlock

KIND = ".xls"
_BOF, _EOF = 0x0809, 0x000A
_BIFF8 = 0x0600
_FONT_LEFT_OUT = 4
_STRUCK = 8
_STRINGS_MOST = 2_000_000
_WORKSHEET = 0


def read_old_excel(data: bytes) -> list[GivenBlock]:
    """The blocks of a .xls file. Raises UnreadableError for one that is broken, encrypted or too large inside."""
    container = Compound(data, KIND)
    stream = container.stream("Workbook") or container.stream("Book")
    try:
        book = _Book.of(stream)
        sheets = [
            (name, None if is_hidden else _sheet(stream, place, book))
            for name, place, is_hidden in book.sheets
        ]
    except struct.error:
        raise UnreadableError(Fault.BROKEN, kind=KIND) from None
    if not book.sheets:
        raise UnreadableError(Fault.BROKEN, kind=KIND)
    return list(blocks_of_sheets(sheets))


@dataclass(slots=True)
class _Book:
    """What holds for all sheets: their places, the strings, and how cells of each style show numbers."""

    codepage: str = ""
    from_1904: bool = False
    sheets: list[tuple[str, int, bool]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)

    @classmethod
    def of(cls, stream: bytes) -> "_Book":
        book = cls()
        for record in records(stream):
            if record.kind == _EOF:
                break
            if read := _IN_BOOK.get(record.kind):
                read(book, record)
        return book

    def begin(self, record: Record) -> None:
        (version,) = struct.unpack_from("<H", record.held)
        self.codepage = "" if version >= _BIFF8 else "gb18030"

    def refuse(self, record: Record) -> None:
        raise UnreadableError(Fault.ENCRYPTED)

    def count_days(self, record: Record) -> None:
        self.from_1904 = record.held[:1] == b"\x01"

    def add_sheet(self, record: Record) -> None:
        place, state, kind = struct.unpack_from("<IBB", record.held)
        if kind == _WORKSHEET:
            self.sheets.append((counted_string(record.held, 6, 1, self.codepage), place, state & 3 != 0))

    def add_strings(self, record: Record) -> None:
        (count,) = struct.unpack_from("<I", record.held, 4)
        self.strings = list(strings([record.held[8:], *record.parts[1:]], min(count, _STRINGS_MOST)))

    def add_format(self, record: Record) -> None:
        (number,) = struct.unpack_from("<H", record.held)
        self.formats[number] = counted_string(record.held, 2, 1 if self.codepage else 2, self.codepage)

    def add_style(self, record: Record) -> None:
        font, number = struct.unpack_from("<HH", record.held)
        self.styles.append((font - (font > _FONT_LEFT_OUT), number))

    def add_font(self, record: Record) -> None:
        (flags,) = struct.unpack_from("<H", record.held, 2)
        self.struck.append(bool(flags & _STRUCK))

    def number(self, number: float, style: int) -> str:
        """A number as cells of a style show it."""
        _, code = self.styles[style] if style < len(self.styles) else (0, 0)
        return shown(
            repr(number), self.formats.get(code) or BUILT_IN.get(code, GENERAL), from_1904=self.from_1904
        )

    def marked(self, text: str, style: int) -> str:
        """A text with the marks of struck text where cells of a style are struck."""
        font, _ = self.styles[style] if style < len(self.styles) else (-1, 0)
        return f"~~{text}~~" if 0 <= font < len(self.struck) and self.struck[font] and text.strip() else text


_IN_BOOK: dict[int, Callable[[_Book, Record], None]] = {
    _BOF: _Book.begin,
    0x002F: _Book.refuse,
    0x0022: _Book.count_days,
    0x0085: _Book.add_sheet,
    0x00FC: _Book.add_strings,
    0x041E: _Book.add_format,
    0x001E: _Book.add_format,
    0x00E0: _Book.add_style,
    0x0031: _Book.add_font,
}

Found = tuple[int, int, int, str]
"""Row, column, style, text."""


def _sheet(stream: bytes, place: int, book: _Book) -> Sheet:
    sheet = Sheet()
    depth = 0
    awaiting: tuple[int, int, int] | None = None
    for record in records(stream, place):
        depth += (record.kind == _BOF) - (record.kind == _EOF)
        if depth <= 0:
            break
        if depth > 1:
            continue
        if record.kind == _MERGED:
            sheet.merged += _ranges(record.held)
        elif record.kind == _RESULT and awaiting:
            row, column, style = awaiting
            sheet.put((row, column), book.marked(counted_string(record.held, 0, 2, book.codepage), style))
        elif cells := _CELLS.get(record.kind):
            for row, column, style, text in cells(record.held, book):
                sheet.put((row, column), book.marked(text, style))
            is_text = (
                record.kind == _FORMULA and record.held[6:7] == b"\x00" and record.held[12:14] == b"\xff\xff"
            )
            awaiting = struct.unpack_from("<HHH", record.held) if is_text else None
    return sheet


def _ranges(held: bytes) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for at in range(2, len(held) - 7, 8):
        top, bottom, left, right = struct.unpack_from("<4H", held, at)
        yield (top, left), (bottom, right)


def _shared(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style, index = struct.unpack_from("<HHHI", held)
    yield row, column, style, book.strings[index] if index < len(book.strings) else ""


def _label(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style = struct.unpack_from("<HHH", held)
    yield row, column, style, counted_string(held, 6, 2, book.codepage)


def _number(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style, number = struct.unpack_from("<HHHd", held)
    yield row, column, style, book.number(number, style)


def _short(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style, number = struct.unpack_from("<HHHI", held)
    yield row, column, style, book.number(rk(number), style)


def _shorts(held: bytes, book: _Book) -> Iterator[Found]:
    row, first = struct.unpack_from("<HH", held)
    for n, at in enumerate(range(4, len(held) - 7, 6)):
        style, number = struct.unpack_from("<HI", held, at)
        yield row, first + n, style, book.number(rk(number), style)


def _formula(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style, number = struct.unpack_from("<HHHd", held)
    if held[12:14] != b"\xff\xff":
        yield row, column, style, book.number(number, style)
    elif held[6:7] == b"\x01":
        yield row, column, style, _switch(held[8])


def _boolean(held: bytes, book: _Book) -> Iterator[Found]:
    row, column, style, value, is_error = struct.unpack_from("<HHHBB", held)
    if not is_error:
        yield row, column, style, _switch(value)


def _switch(value: int) -> str:
    return "TRUE" if value else "FALSE"


_MERGED, _RESULT, _FORMULA = 0x00E5, 0x0207, 0x0006
_CELLS: dict[int, Callable[[bytes, _Book], Iterator[Found]]] = {
    0x00FD: _shared,
    0x0204: _label,
    0x00D6: _label,
    0x0203: _number,
    0x027E: _short,
    0x00BD: _shorts,
    _FORMULA: _formula,
    0x0205: _boolean,
}
