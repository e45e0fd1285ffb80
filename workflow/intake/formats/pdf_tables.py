"""Ruled tables of a page: drawn lines become a grid, places without a line between them one cell."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.intake.content import CellText
from workflow.intake.formats.pdf_lines import Line, cell_text, is_finished, lines_of, padding_of, room_behind
from workflow.intake.formats.pdf_page import Box, Glyph, Page, Ruling

_NEAR = 2.5
_TOUCH = 4.0
_MANY_EDGES = 4
_PLACES_MOST = 20_000

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell: the places of the grid that it covers, its text, how wide its head is, and the room behind it."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    head: float
    room: float

    def goes_on_in(self, below: "PdfCell") -> bool:
        """Whether the text breaks off because the head of the text below found no room behind it."""
        return bool(self.text and below.text) and self.room < below.head and not is_finished(self.text)


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table on a page: where it stands, the places of its upright lines, its cells by the places they cover.

    `open_above` and `open_below` are the columns without a line at its head and foot: the page has cut them.
    """

    box: Box
    edges: tuple[float, ...]
    height: int
    cells: dict[Place, PdfCell]
    open_above: frozenset[int]
    open_below: frozenset[int]

    def rows(self) -> list[list[CellText]]:
        """The rows, merged cells marked."""
        columns = range(len(self.edges) - 1)
        return [[self._cell(row, column) for column in columns] for row in range(self.height)]

    def _cell(self, row: int, column: int) -> CellText:
        cell = self.cells[row, column]
        is_first = (cell.top, cell.left) == (row, column)
        return CellText(cell.text if is_first else "", row > cell.top, column > cell.left)


def tables_of(page: Page) -> list[PdfTable]:
    """The tables of a page that have at least two columns, and text in two cells or three columns."""
    level, upright = _merged(page.level), _merged(page.upright)
    found = (_table(across, down, page.glyphs) for across, down in _groups(level, upright))
    return [table for table in found if table is not None]


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines that lie on or behind one another as one; what is nearly at one place is at one place."""
    merged: list[Ruling] = []
    at: float | None = None
    for ruling in sorted(rulings, key=lambda found: found.at):
        if at is None or ruling.at - at > _NEAR:
            at = ruling.at
        merged.append(Ruling(at, ruling.start, ruling.end))
    return [line for group in _by_place(merged) for line in _connected(group)]


def _by_place(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    places: dict[float, list[Ruling]] = {}
    for ruling in rulings:
        places.setdefault(ruling.at, []).append(ruling)
    yield from places.values()


def _connected(rulings: list[Ruling]) -> Iterator[Ruling]:
    at, start, end = rulings[0].at, None, 0.0
    for ruling in sorted(rulings, key=lambda found: found.start):
        if start is None:
            start, end = ruling.start, ruling.end
        elif ruling.start <= end + _TOUCH:
            end = max(end, ruling.end)
        else:
            yield Ruling(at, start, end)
            start, end = ruling.start, ruling.end
    if start is not None:
        yield Ruling(at, start, end)


def _groups(level: list[Ruling], upright: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """The lines that hang together, directly or by others."""
    left = set(range(len(upright)))
    rows = set(range(len(level)))
    while rows:
        across, down, new = set[int](), set[int](), {rows.pop()}
        while new:
            across |= new
            reached = {n for n in left if any(_touch(level[m], upright[n]) for m in new)}
            left -= reached
            down |= reached
            new = {m for m in rows if any(_touch(level[m], upright[n]) for n in reached)}
            rows -= new
        if across and len(down) > 1 and (len(across) > 1 or len(down) >= _MANY_EDGES):
            yield [level[n] for n in sorted(across)], [upright[n] for n in sorted(down)]


def _touch(level: Ruling, upright: Ruling) -> bool:
    return (
        level.start - _TOUCH <= upright.at <= level.end + _TOUCH
        and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
    )


def _table(level: list[Ruling], upright: list[Ruling], glyphs: Sequence[Glyph]) -> PdfTable | None:
    xs = _edges([line.at for line in upright], [line.start for line in level], [line.end for line in level])
    ys = _edges(
        [line.at for line in level], [line.start for line in upright], [line.end for line in upright]
    )[::-1]
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _PLACES_MOST:
        return None
    floors = _walls(level, [(a + b) / 2 for a, b in pairwise(xs)])
    regions = _regions(xs, ys, _walls(upright, [(a + b) / 2 for a, b in pairwise(ys)]), floors)
    lines = _lines_by_region(regions, xs, ys, glyphs)
    if sum(1 for found in lines.values() if found) < (2 if len(xs) < _MANY_EDGES else 1):
        return None
    cells = _cells(lines, xs, ys)
    columns = range(len(xs) - 1)
    return PdfTable(
        Box(xs[0], ys[-1], xs[-1], ys[0]),
        tuple(xs),
        len(ys) - 1,
        {place: cells[region] for place, region in regions.items()},
        frozenset(n for n in columns if (ys[0], n) not in floors),
        frozenset(n for n in columns if (ys[-1], n) not in floors),
    )


def _edges(places: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """The places of lines in one direction; a side that is left open is where those in the other direction end."""
    found = set(places)
    if min(starts) < min(places) - 2 * _TOUCH:
        found.add(min(starts))
    if max(ends) > max(places) + 2 * _TOUCH:
        found.add(max(ends))
    return sorted(found)


Region = tuple[int, int, int, int]


def _regions(
    xs: list[float], ys: list[float], walls: set[tuple[float, int]], floors: set[tuple[float, int]]
) -> dict[Place, Region]:
    """For each place of the grid the rectangle of places that its cell covers: top, left, bottom, right."""
    regions: dict[Place, Region] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in regions:
                continue
            right, bottom = column, row
            while (
                right + 2 < len(xs) and (xs[right + 1], row) not in walls and (row, right + 1) not in regions
            ):
                right += 1
            while bottom + 2 < len(ys) and (ys[bottom + 1], column) not in floors:
                bottom += 1
            region = (row, column, bottom, right)
            for r in range(row, bottom + 1):
                for c in range(column, right + 1):
                    regions.setdefault((r, c), region)
    return regions


def _walls(rulings: list[Ruling], middles: list[float]) -> set[tuple[float, int]]:
    """The pairs of a line's place and the row, or column, that it runs along."""
    return {
        (ruling.at, n)
        for ruling in rulings
        for n, middle in enumerate(middles)
        if ruling.start - _NEAR <= middle <= ruling.end + _NEAR
    }


def _region_box(region: Region, xs: list[float], ys: list[float]) -> Box:
    top, left, bottom, right = region
    return Box(xs[left], ys[bottom + 1], xs[right + 1], ys[top])


def _lines_by_region(
    regions: dict[Place, Region], xs: list[float], ys: list[float], glyphs: Iterable[Glyph]
) -> dict[Region, list[Line]]:
    """The lines of each cell; a sign is in the cell that its middle is in."""
    inside: dict[Region, list[Glyph]] = {region: [] for region in regions.values()}
    depths = [-y for y in ys]
    for glyph in glyphs:
        column = bisect_right(xs, (glyph.box.left + glyph.box.right) / 2) - 1
        row = bisect_right(depths, -glyph.box.middle) - 1
        if (row, column) in regions:
            inside[regions[row, column]].append(glyph)
    return {region: lines_of(found) for region, found in inside.items()}


def _cells(lines: dict[Region, list[Line]], xs: list[float], ys: list[float]) -> dict[Region, PdfCell]:
    """The cells with their text. What the lines of a column's cells leave says how full one can be."""
    columns: dict[tuple[int, int], list[tuple[Line, Box]]] = {}
    for region, found in lines.items():
        box = _region_box(region, xs, ys)
        columns.setdefault((region[1], region[3]), []).extend((line, box) for line in found)
    padding = {column: padding_of(found) for column, found in columns.items()}
    cells = {}
    for region, found in lines.items():
        box, left = _region_box(region, xs, ys), padding[region[1], region[3]]
        text = cell_text(found, box, left)
        head, room = (found[0].head, room_behind(found[-1], box, left)) if found else (0.0, 0.0)
        cells[region] = PdfCell(*region, text, head, room)
    return cells
