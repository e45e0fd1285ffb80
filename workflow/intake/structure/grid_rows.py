"""Rows of a list by meaning become measures as the list has them: sections, titles, units, schedule and targets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from workflow.intake.content import Cell, Passage, Piece, joined
from workflow.intake.source import key
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column, time_of
from workflow.intake.structure.found import Found, Promise, Row
from workflow.intake.structure.grid import EMPTY, Grid, GridRow
from workflow.intake.structure.grid_header import Header
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units
from workflow.intake.structure.serials import mark_of
from workflow.intake.structure.titles import in_one_line, in_one_row, split_title, without_number
from workflow.intake.structure.unit_cells import read_unit_cell
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import NOBODY
from workflow.intake.units.statements import take_statements

_YEAR = re.compile(r"20\d\d")
_ROLES = {
    Column.LEAD: UnitRole.LEAD,
    Column.SUPPORTING: UnitRole.SUPPORTING,
    Column.UNITS: UnitRole.RESPONSIBLE,
}
_FINISHED = ("完成", "办结", "截止", "结束")
_NEWLINE = re.compile(r"\s*\n\s*")
_REPEATED = 2
_WORDS_LEAST = 4
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns of words hold sections, the title and the text; `carries` where a blank means as above.

    `text` is the last column of words; `body` are it, further columns of words, and those of a name that says nothing
    whose cells are words, in their order: of the latter those behind the others whose cells hold for several rows.
    """

    groups: tuple[int, ...]
    title: int | None
    text: int | None
    schedule: int | None
    carries: bool
    body: tuple[int, ...] = ()


def rows_of(grid: Grid, *, is_wrapped: bool) -> list[Row]:
    """The measures of a list in order. A cell that holds several, with units in step, is as many measures."""
    layout = _layout(grid)
    found: list[Row] = []
    above: dict[int, Passage] = {}
    head_above: Passage | None = None
    for row in grid.rows:
        if row.head is not head_above:
            above.clear()
            head_above = row.head
        head = _head(row, layout, grid.header, above)
        parts = list(_in_step(row, layout, grid.header))
        if len(parts) > 1 and layout.title is not None and layout.title != layout.text:
            task = row.cells[layout.title].passage
            head = joined([one for one in (head, in_one_line(task)) if one], " ")
            parts = [_with(layout.title, EMPTY, part) for part in parts]
        for part in parts:
            found.append(Row(head, _found(part, layout, grid.header, is_wrapped=is_wrapped)))
    return found


def share_groups(grids: Sequence[Grid]) -> None:
    """A column that holds sections by its merged cells in one list does so in every list of the same header."""
    merged: dict[Header, set[int]] = {}
    for grid in grids:
        own = (n for n in grid.header.places(*WORDS) if _is_merged(n, grid))
        merged.setdefault(grid.header, set()).update(own)
    for grid in grids:
        grid.groups = frozenset(merged[grid.header])


def _is_merged(place: int, grid: Grid) -> bool:
    return any(row.cells[place].is_continued for row in grid.rows)


def _layout(grid: Grid) -> _Layout:
    words = grid.header.places(*WORDS)
    groups = [n for n in words[:-1] if _groups(n, grid)]
    rest = [n for n in words if n not in groups]
    schedules = grid.header.places(Column.SCHEDULE)
    schedule = next(
        (n for n in schedules if any(word in grid.header.names[n] for word in _FINISHED)),
        schedules[-1] if schedules else None,
    )
    text = rest[-1] if rest else None
    title = rest[0] if len(rest) > 1 else text
    wordy = wordy_places(grid)
    shared = {n for n in wordy if _groups(n, grid)}
    body = sorted((*(rest[1:] or rest), *wordy), key=lambda n: (n in shared, n))
    return _Layout(tuple(groups), title, text, schedule, carries=not grid.has_merges, body=tuple(body))


def wordy_places(grid: Grid) -> list[int]:
    """The columns whose names say nothing, and whose cells are words: they go on with the text."""
    return [n for n in grid.header.places(Column.UNKNOWN) if _is_wordy([row.cells[n] for row in grid.rows])]


def unread_places(grid: Grid) -> list[int]:
    """The columns that nothing is taken from: remarks, what is not known and holds no words, a second schedule."""
    schedules = [n for n in grid.header.places(Column.SCHEDULE) if n != _layout(grid).schedule]
    others = [n for n in grid.header.places(Column.REMARK, Column.UNKNOWN) if n not in wordy_places(grid)]
    return sorted((*schedules, *others))


def _is_wordy(cells: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in cells if cell.text and not cell.is_spread]
    words = [
        text
        for text in texts
        if len(text) >= _WORDS_LEAST and not looks_like_units(text) and not looks_like_schedule(text)
    ]
    wordy = [text for text in words if _HAN.search(text)]
    return len(wordy) * 2 > len(texts)


def _groups(place: int, grid: Grid) -> bool:
    """Whether a column of words names sections: by its name, or because its cells hold for several rows."""
    if grid.header.columns[place] is Column.GROUP:
        return True
    if place in grid.groups or _is_merged(place, grid):
        return True
    texts = [row.cells[place].text for row in grid.rows]
    again = sum(not text or text == before for before, text in pairwise(texts))
    return again * 4 >= len(texts) and len(texts) >= _REPEATED


def _head(row: GridRow, layout: _Layout, header: Header, above: dict[int, Passage]) -> Passage | None:
    """The head of the row's section: that over the rows, with the cells of its columns of sections."""
    parts = [row.head] if row.head is not None else []
    for depth, n in enumerate(layout.groups):
        cell = row.cells[n] if key(row.cells[n].text) != header.names[n] else EMPTY
        if cell.text:
            if above.get(n, Passage("")).text != cell.text:
                for inner in layout.groups[depth + 1 :]:
                    above.pop(inner, None)
            above[n] = cell.passage
        known = above.get(n) if layout.carries or row.begins_page or cell.text else None
        if known is not None:
            parts.append(in_one_line(known))
    return joined(parts, " ") if parts else None


def _in_step(row: GridRow, layout: _Layout, header: Header) -> Iterator[GridRow]:
    """The row, or a row for each numbered line of its text where its units have as many numbered or own lines."""
    if layout.text is None:
        yield row
        return
    lines = [line for line in row.cells[layout.text].passage.split(_NEWLINE) if line]
    count = len(lines)
    if count < _REPEATED or any(mark_of(line) is None for line in lines):
        yield row
        return
    places = {n: list(row.cells[n].passage.split(_NEWLINE)) for n in header.places(*UNIT_COLUMNS)}
    in_step = {n for n, parts in places.items() if len(parts) == count}
    if not in_step:
        yield row
        return
    for at, line in enumerate(lines):
        cells = list(row.cells)
        cells[layout.text] = Cell(line)
        for n, parts in ((n, list(row.cells[n].passage.split(_NEWLINE))) for n in _all_but(layout, header)):
            if len(parts) == count:
                cells[n] = Cell(_without_step(parts[at], at + 1))
        yield replace(row, cells=tuple(cells))


def _with(place: int, cell: Cell, row: GridRow) -> GridRow:
    return replace(row, cells=(*row.cells[:place], cell, *row.cells[place + 1 :]))


def _without_step(part: Passage, step: int) -> Passage:
    """A line of a cell without its number in the row, even where a figure follows it: 2.6月底."""
    numbered = re.match(rf"[（(]?{step}[.．、）)]\s*", part.text)
    return part.part(numbered.end()) if numbered else without_number(part)[1]


def _all_but(layout: _Layout, header: Header) -> list[int]:
    return [n for n in range(len(header.columns)) if n not in (layout.text, *layout.groups)]


def _body(row: GridRow, layout: _Layout, header: Header) -> Passage:
    """The words of the columns behind the title's, in their order."""
    own = [n for n in layout.body if not row.cells[n].is_spread]
    words = [in_one_line(row.cells[n].passage) for n in own]
    return joined((*words, *_steps(row, header)), "\n")


def _steps(row: GridRow, header: Header) -> Iterator[Passage]:
    """What columns named after a time (一季度) tell, each a line that begins with it."""
    for n in header.places(Column.STEP):
        cell = row.cells[n]
        if cell.text and cell.text not in NOBODY and not cell.is_spread:
            told = in_one_line(cell.passage)
            yield joined((Passage(time_of(header.names[n]), told.pieces[:1]), told))


def _found(row: GridRow, layout: _Layout, header: Header, *, is_wrapped: bool) -> Found:
    units: list[WrittenUnits] = []
    schedule = row.cells[layout.schedule].passage if layout.schedule is not None else None
    if layout.text is not None and not any(row.cells[n].text for n in header.places(*UNIT_COLUMNS)):
        taken = take_statements(row.cells[layout.text].passage)
        row = _with(layout.text, Cell(taken.rest), row) if taken.units else row
        units += taken.units
        schedule = schedule or taken.schedule
    number, title, text = _words(row, layout, header)
    for n in header.places(*UNIT_COLUMNS):
        cell = row.cells[n]
        if not cell.text or cell.is_spread:
            continue
        read = read_unit_cell(cell.passage, _role(n, row, header), is_wrapped=is_wrapped)
        units += read.units
        schedule = schedule or read.schedule
    return Found(
        number,
        title,
        text,
        tuple(units),
        in_one_row(schedule) if schedule else None,
        tuple(_promises(row, header)),
    )


def _words(row: GridRow, layout: _Layout, header: Header) -> tuple[str, Passage, Passage]:
    """Number, title and text of a row."""
    serials = header.places(Column.SERIAL)
    serial = row.cells[serials[0]].text if serials else ""
    body = _body(row, layout, header)
    if layout.title is not None and layout.title != layout.text and row.cells[layout.title].text:
        head = in_one_line(row.cells[layout.title].passage)
        number, head = without_number(head)
        title, rest = split_title(head)
        return serial or number, title, joined((rest, body), "\n")
    number, body = without_number(body)
    title, text = split_title(body)
    return serial or number, title or Passage("—", row_pieces(row)), text


def row_pieces(row: GridRow) -> tuple[Piece, ...]:
    """The place of a row that has no words."""
    own = [cell.passage for cell in row.cells if cell.text]
    return own[0].pieces[:1] if own else Passage("").pieces


def _role(place: int, row: GridRow, header: Header) -> UnitRole:
    """The role a column gives; one cell over the columns of both roles gives none."""
    after = place + 1
    if after < len(row.cells) and row.cells[after].is_spread and header.columns[after] in UNIT_COLUMNS:
        return UnitRole.RESPONSIBLE
    return _ROLES[header.columns[place]]


def _promises(row: GridRow, header: Header) -> Iterator[Promise]:
    for n in header.places(Column.PROMISE):
        cell = row.cells[n]
        if cell.text and not cell.is_spread:
            year = _YEAR.search(header.names[n])
            yield Promise(in_one_line(cell.passage), int(year[0]) if year else 0)
