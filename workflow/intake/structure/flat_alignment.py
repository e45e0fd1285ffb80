"""A flattened list whose cells stand in the order of its header becomes a table again, where that is surely so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from workflow.intake.content import Cell, Passage, Table, joined
from workflow.intake.source import key
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column
from workflow.intake.structure.flat_cells import FlatHeader, starts_head
from workflow.intake.structure.flat_fit import UNSURE
from workflow.intake.structure.flat_path import (
    HEAD,
    NOTES,
    SENTENCE_END,
    SEPARATORS,
    STRAY,
    Dealing,
    Step,
)
from workflow.intake.structure.grid_header import Header
from workflow.intake.structure.looks import looks_like_units
from workflow.intake.structure.serials import mark_of

_DOUBT = 0.5
"""A line that fits its place no better is told of."""
_SURE_PART = 0.85
_SURE_PART_WITHOUT_STOPS = 0.6
"""Enough where the cells cannot be told by their look either, for no sentence ends in them."""
_ROWS_LEAST = 2
_ALONE_PART = 4
_LOOKED_AT = 40
_MERGED = (Column.GROUP, Column.TASK)
_OFTEN_BLANK = frozenset({Column.REMARK, *_MERGED})
_FURNITURE = re.compile(
    r"第\s*\d{1,4}\s*页(?:[，,/／\s]*共\s*\d{1,4}\s*页)?|[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|[（(]?(?:续表|续上表|接上页|转下页)[）)]?"
)


@dataclass(frozen=True, slots=True)
class Aligned:
    """The list as a table, header row included; the lines of rows that are not sure, and those that fit nowhere.

    `header` where its cells tell what the columns hold better than their names do.
    """

    table: Table
    unsure: tuple[int, ...]
    stray: tuple[Passage, ...]
    header: Header | None = None


@dataclass(slots=True)
class _Row:
    """The lines of a row by the place of their column; `cost` of their fitting, `doubt` of the one that fits worst."""

    cells: dict[int, list[Passage]] = field(default_factory=dict)
    cost: float = 0.0
    doubt: float = 0.0

    def line(self, columns: Sequence[Column]) -> int:
        """The line its last cell of words begins on, else its own first."""
        words = [lines for n, lines in self.cells.items() if columns[n] in WORDS]
        return (words[-1] if words else next(iter(self.cells.values())))[0].number


@dataclass(slots=True)
class _Alone:
    """A section's head, or a line that fits nowhere."""

    passage: Passage
    is_head: bool
    doubt: float


_Part = _Row | _Alone


def aligned(lines: Sequence[Passage], header: FlatHeader) -> Aligned | None:
    """The list as a table; None where its cells are not surely in step with its header.

    The header's own cells may stand in another order than those of the rows, where all columns are of different kinds.
    """
    kept = [one for one in lines if key(one.text) not in header.cells and not _FURNITURE.fullmatch(one.text)]
    if not kept or not UNIT_COLUMNS & set(header.columns):
        return None
    by_look = not header.needs_order and any("。" in line.text for line in kept)
    found = _aligned(kept, header, _SURE_PART if by_look else _SURE_PART_WITHOUT_STOPS)
    if found is None and not by_look and _are_all_unlike(header.columns):
        found = _aligned(kept, _in_likeliest_order(kept, header), _SURE_PART)
    return _with_groups(kept, header) or found


def _aligned(lines: Sequence[Passage], header: FlatHeader, enough: float) -> Aligned | None:
    columns = header.columns
    parts = _parts(lines, Dealing(columns, lines).path())
    rows = [part for part in parts if isinstance(part, _Row)]
    numbered = _mostly_numbered(rows, columns)
    parts = list(_with_heads(parts, [n for n in numbered if sum(n in row.cells for row in rows) < len(rows)]))
    stray = [one.passage for one in parts if isinstance(one, _Alone) and not one.is_head]
    inside = [one for one in stray if rows and one.number < rows[-1].line(columns)]
    strange = sum(not one.text.startswith(NOTES) for one in inside) + sum(row.cost >= UNSURE for row in rows)
    is_too_short = len(rows) < _ROWS_LEAST and len(lines) != len(columns)
    if not rows or is_too_short or strange > (1 - enough) * len(rows) or _is_shifted(rows, columns):
        return None
    table = Table((tuple(Cell(name) for name in header.names), *_rows(parts, columns)))
    return Aligned(table, tuple(_unsure(parts, numbered, columns)), tuple(stray))


def _with_groups(lines: Sequence[Passage], header: FlatHeader) -> Aligned | None:
    """The list with its first column as one of sections, where only some rows have a cell of it, and always a shorter one.

    So it is where the first of two columns of words was merged before the table was flattened.
    """
    if header.columns[0] is not Column.TEXT or header.columns[1] not in (Column.TEXT, Column.PROMISE):
        return None
    grouped = replace(header, columns=(Column.GROUP, Column.TEXT, *header.columns[2:]))
    dealings = [Dealing(one.columns, lines).path() for one in (header, grouped)]
    rows = [part for part in _parts(lines, dealings[1]) if isinstance(part, _Row)]
    names = [len(joined(row.cells[0]).text) for row in rows if 0 in row.cells]
    alone = [len(joined(row.cells[1]).text) for row in rows if 0 not in row.cells and 1 in row.cells]
    is_merged = len(alone) * _ALONE_PART >= len(rows) and names and 0 in rows[0].cells
    if not is_merged or max(names) >= min(alone) or dealings[0][-1].cost <= dealings[1][-1].cost:
        return None
    found = _aligned(lines, grouped, _SURE_PART)
    if found is None:
        return None
    told = Header(grouped.columns, tuple(key(name.text) for name in header.names))
    begins = {row.line(grouped.columns) for row in rows if 0 in row.cells}
    unsure = tuple(sorted({*found.unsure, *begins}))
    return Aligned(Table(found.table.rows[1:]), unsure, found.stray, told)


def _are_all_unlike(columns: Sequence[Column]) -> bool:
    """Whether no two columns hold the same kind of cells, so that each cell is known by its look."""
    kinds = {Column.SERIAL: 1, Column.SCHEDULE: 1} | dict.fromkeys(WORDS, 2) | dict.fromkeys(UNIT_COLUMNS, 3)
    found = [(kinds.get(column), column in (Column.SERIAL, Column.SCHEDULE) and column) for column in columns]
    return len(set(found)) == len(found) and all(kind for kind, _ in found)


def _in_likeliest_order(lines: Sequence[Passage], header: FlatHeader) -> FlatHeader:
    """The header with its cells in the order that fits the first rows best."""
    first = lines[:_LOOKED_AT]

    def cost(order: tuple[int, ...]) -> float:
        columns = [header.columns[n] for n in order]
        return Dealing(columns, first).path()[-1].cost

    order = min(permutations(range(len(header.columns))), key=cost)
    return replace(
        header,
        columns=tuple(header.columns[n] for n in order),
        names=tuple(header.names[n] for n in order),
    )


def _is_shifted(rows: Sequence[_Row], columns: Sequence[Column]) -> bool:
    """Whether the first row lacks its beginning or the last its end: then the header's cells stand in another order."""
    first, last = rows[0], rows[-1]
    words = {n for n, column in enumerate(columns) if column in WORDS}
    own = [n for n, column in enumerate(columns) if column not in _OFTEN_BLANK]
    begins = first.cost < UNSURE and own[0] in first.cells
    ends = last.cost < UNSURE and own[-1] in last.cells
    return not (begins or ends) or not words & (set(first.cells) | set(last.cells))


def _unsure(parts: Sequence[_Part], numbered: Sequence[int], columns: Sequence[Column]) -> Iterator[int]:
    """The lines of heads and rows in which something fits its place badly, or a cell is missing that seldom is blank."""
    seldom_blank = {n for n, column in enumerate(columns) if column not in _OFTEN_BLANK}
    is_unlike = False
    for part in parts:
        if isinstance(part, _Alone):
            is_unlike = is_unlike and not part.is_head
            if part.is_head and part.doubt >= _DOUBT:
                yield part.passage.number
            continue
        named_here = [part.cells[n][0] for n in numbered if n in part.cells]
        is_unlike = not all(map(starts_head, named_here)) if named_here else is_unlike
        if part.doubt >= _DOUBT or is_unlike or seldom_blank - set(part.cells):
            yield part.line(columns)


def _mostly_numbered(rows: Sequence[_Row], columns: Sequence[Column]) -> list[int]:
    """The columns of names whose cells mostly are numbered as a section's head is (一、…)."""
    found: list[int] = []
    for n in (n for n, column in enumerate(columns) if column in _MERGED):
        cells = [row.cells[n][0] for row in rows if n in row.cells]
        if sum(starts_head(cell) for cell in cells) * 2 > len(cells):
            found.append(n)
    return found


def _parts(lines: Sequence[Passage], path: Sequence[Step]) -> list[_Part]:
    """Rows, heads and stray lines in order; the lines of one head put together."""
    found: list[_Part] = []
    cost = 0.0
    for line, step in zip(lines, path, strict=True):
        last = found[-1] if found else None
        if step.column in (HEAD, STRAY):
            is_head = step.column == HEAD
            if is_head and isinstance(last, _Alone) and last.is_head and not starts_head(line):
                last.passage = joined((last.passage, line))
            else:
                found.append(_Alone(line, is_head, step.fit))
        else:
            if step.begins or not isinstance(last, _Row):
                last = _Row()
                found.append(last)
            last.cells.setdefault(step.column, []).append(line)
            last.cost += step.cost - cost
            last.doubt = max(last.doubt, step.fit)
        cost = step.cost
    return found


def _with_heads(parts: Sequence[_Part], places: Sequence[int]) -> Iterator[_Part]:
    """The parts with each numbered cell in these columns as a section's head above its row: it holds for several."""
    for part in parts:
        if isinstance(part, _Row):
            for n in places:
                if n in part.cells and len(part.cells) > 1 and starts_head(part.cells[n][0]):
                    yield _Alone(joined(part.cells.pop(n)), is_head=True, doubt=0.0)
        yield part


def _rows(parts: Sequence[_Part], columns: Sequence[Column]) -> Iterator[tuple[Cell, ...]]:
    above: dict[int, Passage] = {}
    for part in parts:
        if isinstance(part, _Row):
            yield tuple(_cell(n, column, part, above) for n, column in enumerate(columns))
        elif part.is_head:
            above.clear()
            yield tuple(Cell(part.passage, is_spread=n > 0) for n in range(len(columns)))


def _cell(place: int, column: Column, row: _Row, above: dict[int, Passage]) -> Cell:
    """The row's cell; one of a column that names groups holds on until the next."""
    own = row.cells.get(place)
    if own:
        above[place] = _whole(own, column)
        return Cell(above[place])
    if place in above and column in _MERGED:
        return Cell(above[place], is_continued=True)
    return Cell(Passage(""))


def _whole(lines: Sequence[Passage], column: Column) -> Passage:
    """A cell of its lines: numbered ones stay lines, a cut line is put together."""
    whole = lines[0]
    for line in lines[1:]:
        if column in UNIT_COLUMNS:
            is_line = whole.text[-1] not in SEPARATORS and looks_like_units(line.text)
        else:
            is_line = mark_of(line) is not None or whole.text[-1] in SENTENCE_END
        whole = joined((whole, line), "\n" if is_line else "")
    return whole
