"""What a format's reader gives: paragraphs and tables in order, as plain data that passes between processes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.intake.content import CellText, Content, ContentWriter
from workflow.intake.faults import Fault, UnreadableError

LINE_LONGEST = 20_000
ROWS_MOST = 40_000
CELLS_MOST = 400_000
SIGNS_MOST = 24_000_000
PARAGRAPHS_MOST = 400_000

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class GivenParagraph:
    """One line or several; `heading` as in Paragraph. A blank one keeps the count of lines right."""

    text: str
    heading: int = 0


@dataclass(frozen=True, slots=True)
class GivenTable:
    """Rows of cells; `name` is the sheet's."""

    rows: Sequence[Sequence[CellText]]
    name: str = ""


@dataclass(frozen=True, slots=True)
class GivenRemark:
    """Something left out at this place, or so many lines `ahead`: a Caution's code and the values it names."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)
    ahead: int = 0


GivenBlock = GivenParagraph | GivenTable | GivenRemark


def content_of(blocks: Iterable[GivenBlock]) -> Content:
    """The blocks as a Content.

    Raises UnreadableError where nothing is in them, or more than a plan can hold.
    """
    given = [_clean(block) for block in blocks]
    check_sizes(given)
    writer = ContentWriter()
    for block in given:
        match block:
            case GivenParagraph(text, heading):
                writer.paragraph(text, heading)
            case GivenTable(rows, name):
                writer.table(rows, name)
            case GivenRemark(code, params, ahead):
                writer.remark(code, ahead, **params)
    content = writer.content()
    if not content.blocks:
        raise UnreadableError(Fault.EMPTY)
    return content


def as_data(block: GivenBlock) -> list[Any]:
    """A block as JSON holds it; a cell is its text, or its text with its two marks."""
    match block:
        case GivenParagraph(text, heading):
            return ["paragraph", text, heading]
        case GivenRemark(code, params, ahead):
            return ["remark", code, [params, ahead]]
    return ["table", [[_cell_data(cell) for cell in row] for row in block.rows], block.name]


def from_data(data: list[Any]) -> GivenBlock:
    """The block that `as_data` made into `data`."""
    kind, first, second = data
    if kind == "paragraph":
        return GivenParagraph(first, second)
    if kind == "remark":
        return GivenRemark(first, *second)
    cells = ([CellText(cell) if isinstance(cell, str) else CellText(*cell) for cell in row] for row in first)
    return GivenTable(list(cells), second)


def _cell_data(cell: CellText) -> str | list[Any]:
    return (
        [cell.text, cell.is_continued, cell.is_spread] if cell.is_continued or cell.is_spread else cell.text
    )


def _clean(block: GivenBlock) -> GivenBlock:
    """Without signs that nobody sees and no database takes."""
    match block:
        case GivenParagraph(text, heading):
            return GivenParagraph(_UNSEEN.sub("", text), heading)
        case GivenTable(rows, name):
            return GivenTable([[_clean_cell(cell) for cell in row] for row in rows], _UNSEEN.sub("", name))
    return block


def _clean_cell(cell: CellText) -> CellText:
    if not _UNSEEN.search(cell.text):
        return cell
    return CellText(_UNSEEN.sub("", cell.text), cell.is_continued, cell.is_spread)


def check_sizes(blocks: Sequence[GivenBlock]) -> None:
    """Refuse more than a plan can hold. Raises UnreadableError."""
    tables = [block for block in blocks if isinstance(block, GivenTable)]
    rows = sum(len(table.rows) for table in tables)
    cells = sum(len(table.rows) * max((len(row) for row in table.rows), default=0) for table in tables)
    if rows > ROWS_MOST or cells > CELLS_MOST:
        raise UnreadableError(Fault.TABLE_TOO_LARGE, rows=ROWS_MOST, cells=CELLS_MOST)
    signs = 0
    for text in _texts(blocks):
        signs += len(text)
        if len(text) > LINE_LONGEST and any(len(line) > LINE_LONGEST for line in _LINE.split(text)):
            raise UnreadableError(Fault.LINE_TOO_LONG, limit=LINE_LONGEST)
    if signs > SIGNS_MOST or len(blocks) > PARAGRAPHS_MOST:
        raise UnreadableError(Fault.TOO_COSTLY)


def _texts(blocks: Iterable[GivenBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, GivenParagraph):
            yield block.text
        elif isinstance(block, GivenTable):
            yield from (cell.text for row in block.rows for cell in row)
