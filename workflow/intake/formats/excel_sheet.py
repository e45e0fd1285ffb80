"""The filled cells of a sheet, wherever they stand, and the rows that they and its merged ranges make."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workflow.intake.content import CellText
from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import CELLS_MOST, ROWS_MOST

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MARKS_MOST = 4 * CELLS_MOST

Place = tuple[int, int]
"""Row and column."""


def place_of(reference: str) -> Place | None:
    """The place that a reference such as B3 means."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - ord("A") + 1
    return int(found[2]), column


def corners(reference: str) -> tuple[Place, Place] | None:
    """The first and last place of a range such as B3:C9."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    return (start, end) if start and end else None


@dataclass(slots=True)
class Sheet:
    """Texts by their place; ranges whose first cell covers the others; formulas whose results are not stored."""

    cells: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    unstored: list[Place] = field(default_factory=list)

    def put(self, place: Place, text: str) -> None:
        """Fill a cell. Raises UnreadableError where it is one too many."""
        if text.strip():
            self.cells[place] = text
            if len(self.cells) > CELLS_MOST:
                raise UnreadableError(Fault.TABLE_TOO_LARGE, rows=ROWS_MOST, cells=CELLS_MOST)

    def rows(self) -> Iterator[list[CellText]]:
        """The rows that hold something, with the columns that hold something. Raises UnreadableError for too many."""
        numbers = sorted({row for row, _ in self.cells})
        columns = sorted({column for _, column in self.cells})
        if len(numbers) > ROWS_MOST or len(numbers) * len(columns) > CELLS_MOST:
            raise UnreadableError(Fault.TABLE_TOO_LARGE, rows=ROWS_MOST, cells=CELLS_MOST)
        marks = self._marks(numbers, columns)
        for row in numbers:
            yield [self._cell((row, column), marks) for column in columns]

    def lines_above(self, row: int) -> int:
        """How many lines the filled rows above a row take."""
        above = [(place[0], text) for place, text in self.cells.items() if place[0] < row]
        return len({number for number, _ in above}) + sum(text.strip().count("\n") for _, text in above)

    def _cell(self, place: Place, marks: dict[Place, Place]) -> CellText:
        first = marks.get(place)
        if first is None:
            return CellText(self.cells.get(place, ""))
        return CellText("", is_continued=place[0] > first[0], is_spread=place[1] > first[1])

    def _marks(self, numbers: Iterable[int], columns: Iterable[int]) -> dict[Place, Place]:
        """For each covered place the first cell of its range; ranges without a text cover nothing."""
        marks: dict[Place, Place] = {}
        rows, across = list(numbers), list(columns)
        total = 0
        for first, last in self.merged:
            if first not in self.cells:
                continue
            covered = [
                (row, column)
                for row in _between(rows, first[0], last[0])
                for column in _between(across, first[1], last[1])
            ]
            marks.update(dict.fromkeys(covered, first))
            marks.pop(first, None)
            total += len(covered)
            if total > _MARKS_MOST:
                raise UnreadableError(Fault.TOO_COSTLY)
        return marks


def _between(sorted_numbers: list[int], first: int, last: int) -> list[int]:
    from_, to = bisect_left(sorted_numbers, first), bisect_right(sorted_numbers, last)
    return sorted_numbers[from_:to]


def name_of(place: Place) -> str:
    """The reference of a place: B3."""
    row, column = place
    letters = ""
    while column:
        column, sign = divmod(column - 1, 26)
        letters = chr(ord("A") + sign) + letters
    return f"{letters}{row}"
