"""The rows of a sheet become blocks: title lines above the header are paragraphs, the rest is one table."""

from collections.abc import Iterable, Iterator, Sequence

from workflow.intake.content import CellText
from workflow.intake.formats.given import GivenBlock, GivenParagraph, GivenTable


def blocks_of_rows(rows: Iterable[Sequence[CellText]], name: str = "") -> Iterator[GivenBlock]:
    """The blocks of a sheet. Blank rows are left out, and so are columns in which no row has anything."""
    filled = _without_empty_columns([row for row in rows if any(cell.text.strip() for cell in row)])
    at = 0
    while at < len(filled) and (text := _only_text(filled[at])):
        yield GivenParagraph(text)
        at += 1
    if at < len(filled):
        yield GivenTable(filled[at:], name)


def _only_text(row: Sequence[CellText]) -> str:
    """The text of a row that holds one alone; "" where it holds several."""
    texts = [cell.text for cell in row if cell.text.strip() and not cell.is_spread]
    return texts[0] if len(texts) == 1 else ""


def _without_empty_columns(rows: Sequence[Sequence[CellText]]) -> list[list[CellText]]:
    used = sorted(
        {n for row in rows for n, cell in enumerate(row) if cell.text.strip() and not cell.is_spread}
    )
    empty = CellText("")
    return [[row[n] if n < len(row) else empty for n in used] for row in rows]
