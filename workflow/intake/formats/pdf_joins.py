"""Tables that a page's end has cut are one again: the header once, a cut row joined where that is sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from workflow.intake.content import CellText
from workflow.intake.formats.pdf_lines import are_names, has_stops, run_on
from workflow.intake.formats.pdf_tables import PdfCell, PdfTable

_BLANK = re.compile(r"\s+")
_EDGE_NEAR = 4.0
_HEADER_MOST = 3


@dataclass(slots=True)
class JoinedTable:
    """A table with what the pages behind its first one hold of it."""

    last: PdfTable
    rows: list[list[CellText]] = field(default_factory=list)
    _header: list[list[str]] = field(default_factory=list)

    @classmethod
    def of(cls, table: PdfTable) -> "JoinedTable":
        """The table so far."""
        rows = table.rows()
        return cls(table, rows, [_key(row) for row in rows[:_HEADER_MOST]])

    def goes_on_in(self, table: PdfTable) -> bool:
        """Whether a table at the head of the next page has the same columns."""
        return len(table.edges) == len(self.last.edges) and all(
            abs(before - after) <= _EDGE_NEAR
            for before, after in zip(self.last.edges, table.edges, strict=True)
        )

    def add(self, table: PdfTable) -> None:
        """Put the rows of the next page's part behind."""
        rows = table.rows()
        skipped = 0
        while skipped < min(len(rows), len(self._header)) and _key(rows[skipped]) == self._header[skipped]:
            skipped += 1
        if skipped < len(rows) and self._is_cut(table, skipped):
            self._run_on(rows[skipped], table, skipped)
            skipped += 1
        elif skipped < len(rows):
            rows = self._continued_from_above(table, rows, skipped)
        self.rows += rows[skipped:]
        self.last = table

    def _is_cut(self, table: PdfTable, row: int) -> bool:
        """Whether a row is the rest of the one before: no line is drawn between them, or all that it holds stands
        below texts that broke off at the edge while other cells, filled above, are empty."""
        columns = range(len(table.edges) - 1)
        above = {n: self.last.cells[self.last.height - 1, n] for n in columns}
        below = {n: table.cells[row, n] for n in columns}
        if any(_spans(below[n]) != _spans(above[n]) for n in columns):
            return False
        is_open = self.last.open_below.issuperset(columns)
        if is_open and row == 0 and table.open_above.issuperset(columns):
            return True
        filled = [n for n in columns if below[n].text]
        broke_off = bool(filled) and all(
            above[n].text and (is_open or above[n].goes_on_in(below[n])) for n in filled
        )
        return broke_off and any(above[n].text and not below[n].text for n in columns)

    def _run_on(self, more: Sequence[CellText], table: PdfTable, first: int) -> None:
        """Put the texts of a cut row's rest behind those of the row; a merged cell's text is in its first row."""
        for column, further in enumerate(more):
            row = len(self.rows) - 1
            while row > 0 and self.rows[row][column].is_continued:
                row -= 1
            cell = self.rows[row][column]
            if further.text:
                goes_on = self.last.cells[self.last.height - 1, column].goes_on_in(table.cells[first, column])
                self.rows[row][column] = replace(
                    cell, text=_together(cell.text, further.text, goes_on=goes_on)
                )

    def _continued_from_above(
        self, table: PdfTable, rows: list[list[CellText]], first: int
    ) -> list[list[CellText]]:
        """The rows, with an empty cell at the head of the page as the rest of the merged one that the page has cut."""
        marked = [list(row) for row in rows]
        for column in range(len(table.edges) - 1):
            cell, above = table.cells[first, column], self.last.cells[self.last.height - 1, column]
            is_merged = cell.bottom > cell.top or above.bottom > above.top or column in self.last.open_below
            if not cell.text and is_merged:
                for row in range(first, cell.bottom + 1):
                    marked[row][column] = CellText("", is_continued=True, is_spread=column > cell.left)
        return marked


def _spans(cell: PdfCell) -> tuple[int, int]:
    return cell.left, cell.right


def _key(row: Sequence[CellText]) -> list[str]:
    return [_BLANK.sub("", cell.text) for cell in row]


def _together(upper: str, lower: str, *, goes_on: bool) -> str:
    """The two parts of a cut text; on lines of their own where the first ended short of the edge, or with a name."""
    are_list = not has_stops(upper + lower) and are_names(upper, lower)
    return run_on(upper, lower) if goes_on and not are_list else "\n".join(filter(None, (upper, lower)))
