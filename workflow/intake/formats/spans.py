"""Rows of cells that span rows and columns become rows of equally many cells, each with its marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.intake.content import CellText
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import CELLS_MOST, ROWS_MOST


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """A cell as a row lists it: its text, how many columns and how many rows it takes (from 1)."""

    text: str
    columns: int = 1
    rows: int = 1


def laid_out(rows: Iterable[Sequence[SpanningCell]]) -> list[list[CellText]]:
    """The rows with a cell in every column. Raises UnreadableError where that makes too many."""
    out: list[list[CellText]] = []
    covered: dict[int, int] = {}
    total = 0
    for row in rows:
        out.append(_laid_out_row(row, covered))
        total += len(out[-1])
        if total > CELLS_MOST or len(out) > ROWS_MOST:
            raise UnreadableError(Fault.TABLE_TOO_LARGE, rows=ROWS_MOST, cells=CELLS_MOST)
    return out


def _laid_out_row(row: Sequence[SpanningCell], covered: dict[int, int]) -> list[CellText]:
    """One row; `covered` says for how many rows to come a cell above covers a column, and is brought up to date."""
    cells: list[CellText] = []
    above = {column for column, left in covered.items() if left > 0}
    for column in above:
        covered[column] -= 1
    for cell in row:
        _cover(cells, above)
        for n in range(min(cell.columns, CELLS_MOST)):
            if len(cells) in above:
                break
            covered[len(cells)] = cell.rows - 1
            cells.append(CellText("" if n else cell.text, is_spread=n > 0))
    _cover(cells, above)
    while above and len(cells) <= max(above):
        cells.append(CellText(""))
        _cover(cells, above)
    return cells


def _cover(cells: list[CellText], above: set[int]) -> None:
    while len(cells) in above:
        cells.append(CellText("", is_continued=True))
