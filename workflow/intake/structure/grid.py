"""Real tables: the header is found by what its cells mean, rows become rows of cells by meaning.

What is vertically merged, cut by a page, repeated on the next page or spread over the table is put right here, so that
every row that comes out stands for one measure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workflow.intake.content import Cell, Passage, Table, joined
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column
from workflow.intake.structure.grid_header import Header, header_of, repeats
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units
from workflow.intake.units.splitting import NOBODY

_MOSTLY = 0.7
_SENTENCE_END = "。；;！？"
_HEAD_LONGEST = 60
_DITTO = frozenset({"同上", "同前", "〃", "″", "＂", '"'})
_TWO = 2
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_TOTAL = re.compile(r"[（(]?(?:合|总|小|共)\s*计[）)]?(?:[：:\d].*)?|累计")
_NOTES = ("注：", "注:", "备注：", "备注:", "说明：", "说明:", "注释", "填表")

EMPTY = Cell(Passage(""))


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row that stands for a measure, under the head that is spread over the table above it."""

    head: Passage | None
    cells: tuple[Cell, ...]
    begins_page: bool = False

    @property
    def line(self) -> int:
        """The line of its first own cell."""
        own = [cell.passage.number for cell in self.cells if cell.text and not cell.is_continued]
        return min(own, default=0)


@dataclass(slots=True)
class Grid:
    """A list's rows under its header; `notes` are cells that belong to no row; `title` what stands above the header.

    `goes_on` where it is the rest of the list above it, which has the header.
    `name` is what the list is called by the lines above it; `groups` the columns that hold sections in lists like it.
    """

    header: Header
    rows: list[GridRow] = field(default_factory=list)
    notes: list[Passage] = field(default_factory=list)
    title: list[Passage] = field(default_factory=list)
    goes_on: bool = False
    last_head: Passage | None = None
    name: Passage | None = None
    groups: frozenset[int] = frozenset()

    @property
    def has_merges(self) -> bool:
        """Whether the format says what is vertically merged."""
        return any(cell.is_continued for row in self.rows for cell in row.cells)


def read_grid(
    table: Table, before: Header | None, head: Passage | None, warnings: WarningList
) -> Grid | None:
    """The rows of a table that is a list; None for any other table.

    `before` is the header of the list above, which a table without one of its own goes on with; `head` the section's
    head that holds when the table begins.
    """
    found = header_of(table, before)
    if found is None:
        if before is None or len(before.columns) != len(table.rows[0]):
            return None
        found = (before, 0)
    header, start = found
    grid = Grid(header, goes_on=not start)
    grid.title = [only for row in table.rows[:start] if (only := _only(row)) is not None]
    begins_page = grid.goes_on
    for row in table.rows[start:]:
        if not any(cell.text for cell in row) or repeats(row, header):
            begins_page |= any(cell.text for cell in row)
            continue
        alone = _only(row) or _numbered_head(row, header)
        if (total := _total(row, header)) is not None:
            grid.notes.append(total)
        elif alone is not None and _is_note(alone):
            grid.notes.append(alone)
        elif alone is not None and (_is_head(row, alone, grid) or alone.start != alone.end - len(alone.text)):
            head = alone
        else:
            cells = _in_place(_with_dittos(row, grid), header, warnings)
            _add(GridRow(head, cells, begins_page), grid, warnings)
            begins_page = False
    _join_merged(grid)
    grid.last_head = head
    return grid


def join_cut_row(before: Grid, after: Grid, warnings: WarningList) -> None:
    """Put the first row of a list to the last of the one before it, where a page has cut that row in two."""
    if before.rows and after.rows and after.header == before.header and _is_cut(after.rows[0], before):
        _add(after.rows.pop(0), before, warnings)


def _only(row: Sequence[Cell]) -> Passage | None:
    """The one text of a row that has a single one of its own, however far it is spread."""
    own = {cell.passage.start: cell.passage for cell in row if cell.text and not cell.is_continued}
    is_alone = len(own) == 1 and not any(cell.is_continued for cell in row)
    return next(iter(own.values())) if is_alone else None


def _numbered_head(row: Sequence[Cell], header: Header) -> Passage | None:
    """A section's head whose number stands in the column of serials: 一 | 党的建设, spread over the rest."""
    serials = header.places(Column.SERIAL)
    own = {cell.passage.start: cell for cell in row if cell.text and not cell.is_continued}
    if not serials or len(own) != _TWO or not row[serials[0]].text:
        return None
    serial, title = (cell.passage for cell in own.values())
    is_spread = sum(cell.is_spread for cell in row) * 2 >= len(row)
    if row[serials[0]].passage.start != serial.start or not (is_spread or _NUMERAL.fullmatch(serial.text)):
        return None
    return joined((serial, title), "" if serial.text[-1] in "、.．)）" else "、")


def _total(row: Sequence[Cell], header: Header) -> Passage | None:
    """The whole of a row that adds up those above it and names nobody; None for any other."""
    own = {cell.passage.start: cell.passage for cell in row if cell.text and not cell.is_continued}
    first = next(iter(own.values()), Passage(""))
    named = any(row[n].text and not row[n].is_spread for n in header.places(*UNIT_COLUMNS))
    return joined(own.values(), " ") if _TOTAL.fullmatch(first.text) and not named else None


def _is_note(passage: Passage) -> bool:
    return passage.text.startswith(_NOTES)


def _is_head(row: Sequence[Cell], alone: Passage, grid: Grid) -> bool:
    """Whether the only text of a row is a section's head and not the rest of a cell that a page has cut."""
    if sum(cell.is_spread for cell in row) * 2 >= len(row):
        return True
    place = next(n for n, cell in enumerate(row) if cell.text)
    if grid.header.columns[place] in UNIT_COLUMNS or "。" in alone.text or len(alone.text) > _HEAD_LONGEST:
        return False
    is_first_column = place == 0 or not any(grid.header.columns[n] in WORDS for n in range(place))
    before = grid.rows[-1].cells[place].text if grid.rows else ""
    return is_first_column and (not before or before[-1] in _SENTENCE_END or place == 0)


def _with_dittos(row: Sequence[Cell], grid: Grid) -> tuple[Cell, ...]:
    """The row with the cell above in place of each 同上."""
    if not grid.rows or not any(cell.text in _DITTO for cell in row):
        return tuple(row)
    above = grid.rows[-1].cells
    return tuple(over if cell.text in _DITTO else cell for over, cell in zip(above, row, strict=True))


def _in_place(cells: tuple[Cell, ...], header: Header, warnings: WarningList) -> tuple[Cell, ...]:
    """The cells of a row with schedule and units changed back where each surely stands in the other's column."""
    schedules, units = header.places(Column.SCHEDULE), header.places(*UNIT_COLUMNS)
    if len(schedules) != 1 or len(units) != 1:
        return cells
    (when,), (who,) = schedules, units
    texts = cells[when].text, cells[who].text
    if any(text in NOBODY for text in texts) or not (
        looks_like_units(texts[0]) and looks_like_schedule(texts[1])
    ):
        return cells
    words = next((cells[n].text for n in reversed(header.places(*WORDS)) if cells[n].text), "")
    warnings.add(cells[when].passage.number, Caution.CELLS_SWAPPED, title=words[:40])
    changed = list(cells)
    changed[when], changed[who] = cells[who], cells[when]
    return tuple(changed)


def _add(row: GridRow, grid: Grid, warnings: WarningList) -> None:
    """Add a row, or put it to the row before where a page has cut that in two."""
    if grid.rows and _is_cut(row, grid):
        before = grid.rows[-1]
        warnings.add(row.line, Caution.CELL_JOINED, title=_words(before, grid.header)[:40])
        cells = tuple(_cut(upper, lower) for upper, lower in zip(before.cells, row.cells, strict=True))
        grid.rows[-1] = replace(before, cells=cells)
    else:
        grid.rows.append(row)


def _is_cut(row: GridRow, grid: Grid) -> bool:
    header, before = grid.header, grid.rows[-1]
    merged = {column for column, cell in zip(header.columns, row.cells, strict=True) if cell.is_continued}
    if merged - WORDS:
        return False
    own = (cell.text and not cell.is_continued for cell in row.cells)
    filled = {column for column, is_own in zip(header.columns, own, strict=True) if is_own}
    serials = header.places(Column.SERIAL)
    if not serials:
        has_rest = bool(filled & UNIT_COLUMNS) or Column.SCHEDULE in filled
        return not has_rest and _words(before, header)[-1:] not in tuple(_SENTENCE_END)
    if row.cells[serials[0]].text:
        return False
    if not (filled & UNIT_COLUMNS and filled & WORDS):
        return True
    numbered = sum(bool(one.cells[serials[0]].text) for one in grid.rows)
    return numbered >= _MOSTLY * len(grid.rows) and not _ends_whole(before, header)


def _ends_whole(row: GridRow, header: Header) -> bool:
    """Whether the last cell of words of a row ends a sentence or none of its cells looks cut."""
    return _words(row, header)[-1:] in tuple(_SENTENCE_END)


def _words(row: GridRow, header: Header) -> str:
    places = header.places(*WORDS)
    return next((row.cells[n].text for n in reversed(places) if row.cells[n].text), "")


def _cut(upper: Cell, lower: Cell) -> Cell:
    if not lower.text or lower.is_continued:
        return upper
    if not upper.text:
        return lower
    return replace(upper, passage=joined((upper.passage, lower.passage)))


def _join_merged(grid: Grid) -> None:
    """Rows that share a merged number, schedule and units are one measure whose words are told line by line."""
    header = grid.header
    shared = header.places(Column.SERIAL, Column.SCHEDULE, *UNIT_COLUMNS)
    if not header.places(Column.SERIAL):
        return
    kept: list[GridRow] = []
    for row in grid.rows:
        if kept and all(row.cells[n].is_continued for n in shared):
            kept[-1] = replace(kept[-1], cells=tuple(_stacked(kept[-1].cells, row.cells)))
        else:
            kept.append(row)
    grid.rows = kept


def _stacked(upper: Sequence[Cell], lower: Sequence[Cell]) -> Iterable[Cell]:
    for one, other in zip(upper, lower, strict=True):
        if other.text and not other.is_continued:
            yield replace(one, passage=joined((one.passage, other.passage), "\n"))
        else:
            yield one
