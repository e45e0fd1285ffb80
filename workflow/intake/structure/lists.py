"""The parts of a document: the paragraphs of its narrative, and its lists with the heads that stand above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Block, Paragraph, Passage, Table
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.columns import columns_of, is_header
from workflow.intake.structure.flat_alignment import aligned
from workflow.intake.structure.flat_cells import FlatHeader, find_header
from workflow.intake.structure.grid import Grid, join_cut_row, read_grid
from workflow.intake.structure.grid_header import Header, split_at_headers
from workflow.intake.structure.guessed_header import guessed_header
from workflow.intake.structure.looks import looks_like_units
from workflow.intake.structure.outline import line_of
from workflow.intake.structure.serials import mark_of

_LIST_NAME = re.compile(
    r"[^。]*(?:清单|分工|台账|一览表|任务表|分解表|明细表|安排表|计划表|进度表|汇总表|项目表|表)[^。]*"
)
_ANNEX_NUMBER = re.compile(r"附\s*[件表录]\s*\d*\s*[:：]?\s*(?=\S)")
_ANNEX = re.compile(r"附\s*[件表录]\s*\d*[:：]?.{0,40}")
_CONTENTS = re.compile(r"目\s*[录次]")
_PAGE_AFTER = re.compile(r"(?:[.…·\s]{2,}|[-—(（])\d{1,3}[-—)）]?$")
_SHEET = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_HEAD_LONGEST = 60
_HEADS_MOST = 6
_SHOWN = 40
_UNITS_LEAST = 2
_CUT_OFF_MOST = 2
_BARS = re.compile(r"[|｜\t]")


@dataclass(slots=True)
class Parts:
    """A document in its parts. A flattened list has its header and the lines behind it.

    `unread` is the header of a flattened list whose cells cannot be told apart.
    """

    narrative: list[Paragraph] = field(default_factory=list)
    list_titles: list[Passage] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    flat: FlatHeader | None = None
    flat_lines: list[Passage] = field(default_factory=list)
    unread: FlatHeader | None = None
    notes: list[Passage] = field(default_factory=list)


def parts_of(blocks: Sequence[Block], warnings: WarningList, first_lines: Sequence[int] = (1,)) -> Parts:
    """The parts of the document; `first_lines` are those of its files, before which no list looks for its heads."""
    parts = Parts()
    run: list[Paragraph] = []
    header: Header | None = None
    for block in _divided(blocks):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        since = max((line for line in first_lines if line <= _line_of(block)), default=0)
        above = (one for one in run if one.passage.number >= since)
        heads = _heads([one for one in above if not _BARS.search(one.passage.text)])
        section = _section_head(heads, block, is_first=not parts.grids)
        if section is None and not heads and parts.grids:
            section = parts.grids[-1].last_head
        grid = _read(block, _header_above(run) or header, section, warnings)
        if grid is None:
            _note_unread(block, warnings)
            continue
        if parts.grids and not run:
            join_cut_row(parts.grids[-1], grid, warnings)
        header = grid.header
        grid.name = _name(heads, grid)
        _end_run(run, heads, parts)
        run = []
        parts.list_titles += grid.title
        parts.notes += grid.notes
        _add_grid(grid, parts)
    _end_last_run(run, parts, warnings)
    return parts


def _add_grid(grid: Grid, parts: Parts) -> None:
    if grid.goes_on and parts.grids:
        parts.grids[-1].rows += grid.rows
        parts.grids[-1].last_head = grid.last_head
    else:
        parts.grids.append(grid)


def _read(table: Table, header: Header | None, head: Passage | None, warnings: WarningList) -> Grid | None:
    """The list that a table is, with its own header, with `header`, or with one that its cells tell."""
    grid = read_grid(table, header, head, warnings)
    if grid is None and (guessed := guessed_header(table)):
        grid = read_grid(table, guessed, head, warnings)
        warnings.add(_line_of(table) or None, Caution.COLUMNS_GUESSED)
    return grid


def _divided(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without a table of contents; a table of several lists as several."""
    in_contents = False
    for block in blocks:
        if isinstance(block, Table):
            in_contents = False
            yield from split_at_headers(block)
            continue
        text = block.passage.text
        in_contents = _CONTENTS.fullmatch(text) is not None or (in_contents and _is_entry(block.passage))
        if not in_contents:
            yield block


def _is_entry(passage: Passage) -> bool:
    """Whether a line is one of a table of contents."""
    if len(passage.text) > _HEAD_LONGEST or "。" in passage.text:
        return False
    is_numbered = mark_of(passage) is not None or _ANNEX.fullmatch(passage.text) is not None
    return is_numbered or _PAGE_AFTER.search(passage.text) is not None


def _header_above(run: Sequence[Paragraph]) -> Header | None:
    """The header of a table from which a page mark has cut it off: a line of its own above, drawn with bars or tabs."""
    for paragraph in run[-_CUT_OFF_MOST:]:
        names = [name.strip() for name in _BARS.split(paragraph.passage.text.strip("|｜"))]
        if len(names) > _CUT_OFF_MOST and is_header(names):
            return Header(columns_of(names), tuple(key(name) for name in names))
    return None


def _line_of(table: Table) -> int:
    return min((cell.passage.number for cell in table.rows[0] if cell.text), default=0)


def _heads(run: Sequence[Paragraph]) -> list[Paragraph]:
    """The short lines right above a table: the list's title, its annex number, a section's head."""
    found: list[Paragraph] = []
    for paragraph in reversed(run[-_HEADS_MOST:]):
        text = paragraph.passage.text
        is_numbered = mark_of(paragraph.passage) is not None
        if (
            len(text) > _HEAD_LONGEST
            or text[-1] in "；;：:"
            or "。" in text
            or line_of(paragraph.passage).states
        ):
            break
        if is_numbered and any(not _LIST_NAME.fullmatch(one.passage.text) for one in found):
            break
        found.insert(0, paragraph)
        if is_numbered or _ANNEX.fullmatch(text):
            break
    return found


def _section_head(heads: Sequence[Paragraph], table: Table, *, is_first: bool) -> Passage | None:
    """The head of the section that a table is: the numbered line above it, a sheet's name, or the line of a later one."""
    for paragraph in reversed(heads):
        if mark_of(paragraph.passage) is not None:
            return paragraph.passage
    if heads and (paragraph := heads[-1]) and not _ANNEX.fullmatch(paragraph.passage.text):
        is_name = _LIST_NAME.fullmatch(paragraph.passage.text) is not None
        is_sheet = table.name == paragraph.passage.text and not _SHEET.fullmatch(table.name)
        if (not is_first or is_sheet) and not is_name:
            return paragraph.passage
    return None


def _name(heads: Sequence[Paragraph], grid: Grid) -> Passage | None:
    """What a list is called: the line right above it, or its title row, without the annex's number."""
    whole = next(iter(grid.title), None) or (heads[-1].passage if heads else None)
    annex = _ANNEX_NUMBER.match(whole.text) if whole else None
    return whole.part(annex.end()) if whole and annex else whole


def _end_run(run: Sequence[Paragraph], heads: Sequence[Paragraph], parts: Parts) -> None:
    """The paragraphs above a list: its heads are the list's, the rest is the narrative's."""
    titles = [one for one in heads if _LIST_NAME.fullmatch(one.passage.text)]
    is_whole = not parts.grids and len(heads) == len(run)
    parts.list_titles += [one.passage for one in titles]
    taken = {one.passage.start for one in heads} if not is_whole else set()
    parts.narrative += [one for one in run if one.passage.start not in taken]


def _end_last_run(run: Sequence[Paragraph], parts: Parts, warnings: WarningList) -> None:
    """What stands behind the last table: a flattened list where there is one, else narrative or notes."""
    flat = find_header([one.passage for one in run]) if not parts.grids else None
    if flat is None:
        if parts.grids and not any(mark_of(one.passage) for one in run):
            parts.notes += [one.passage for one in run]
        else:
            parts.narrative += run
        return
    titled = flat.start > 0 and _LIST_NAME.fullmatch(run[flat.start - 1].passage.text) is not None
    start = flat.start - 1 if titled else flat.start
    while start > 0 and _ANNEX.fullmatch(run[start - 1].passage.text):
        start -= 1
    if titled:
        parts.list_titles.append(run[flat.start - 1].passage)
    parts.narrative += run[:start]
    _take_flat(flat, [one.passage for one in run[flat.end :]], parts, warnings)


def _take_flat(flat: FlatHeader, lines: Sequence[Passage], parts: Parts, warnings: WarningList) -> None:
    """A flattened list as a table where its cells are in step with its header, else by the look of each cell."""
    found = aligned(lines, flat)
    grid = read_grid(found.table, found.header, None, warnings) if found else None
    if found is None or grid is None:
        parts.unread = flat if flat.needs_order else None
        parts.flat = None if flat.needs_order else flat
        parts.flat_lines = [] if flat.needs_order else list(lines)
        return
    parts.grids.append(grid)
    parts.notes += [*grid.notes, *found.stray]
    for line in found.unsure:
        warnings.add(line, Caution.ROW_UNSURE)


def _note_unread(table: Table, warnings: WarningList) -> None:
    """Warn of a table that is no list; of one that names units above all."""
    cells = [cell for row in table.rows for cell in row if cell.text and not cell.is_continued]
    first = cells[0].passage if cells else Passage("")
    names = sum(looks_like_units(cell.text) and len(cell.text) > _UNITS_LEAST for cell in cells)
    code = Caution.TABLE_WITH_UNITS_UNREAD if names >= _UNITS_LEAST else Caution.TABLE_UNREAD
    warnings.add(first.number or None, code, text=first.text[:_SHOWN])
