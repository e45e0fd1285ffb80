"""The flattened task list: cells become rows of text, schedule and units under their section's head."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workflow.intake.content import Passage, joined
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column
from workflow.intake.structure.flat_cells import (
    CellKind,
    FlatCell,
    FlatHeader,
    Known,
    cells_of,
    title_of,
)
from workflow.intake.structure.found import Found, Row
from workflow.intake.structure.looks import may_be_schedule
from workflow.intake.structure.titles import split_title, without_number
from workflow.intake.structure.unit_cells import read_unit_cell
from workflow.intake.units.roles import UnitRole, WrittenUnits

_SEPARATORS = "、，,；;"
_MOSTLY = 0.7
_GROUP_LONGEST = 30
_REPEATED = 2


@dataclass(slots=True)
class _Group:
    """The cells of one row under a head; `serial` as written, "" where rows are not numbered."""

    head: Passage | None
    cells: list[FlatCell] = field(default_factory=list)
    serial: str = ""

    def of(self, kind: CellKind) -> list[FlatCell]:
        return [cell for cell in self.cells if cell.kind is kind]

    @property
    def has_only_text(self) -> bool:
        return all(cell.kind is CellKind.TEXT for cell in self.cells)


def read_flat_list(
    lines: Sequence[Passage], header: FlatHeader, known: Known, warnings: WarningList
) -> list[Row]:
    """The rows in order. A section head repeated at a page break changes nothing.

    Warns of rows without schedule, lines that belong to no row, cells cut in two and cells swapped.
    """
    columns = header.columns
    cells = cells_of(lines, header, known)
    groups = _numbered(cells, columns, known, warnings) or _by_text(
        _with_group_heads(cells, columns), known, warnings
    )
    in_order = _units_come_last(groups)
    return [_row(group, columns, warnings, units_come_last=in_order) for group in groups]


def _numbered(
    cells: Sequence[FlatCell], columns: Sequence[Column], known: Known, warnings: WarningList
) -> list[_Group]:
    """The rows of a list whose rows begin with their number; none where the numbers do not count the rows."""
    serials = [int(cell.passage.text.rstrip("。.．、")) for cell in cells if cell.kind is CellKind.SERIAL]
    schedules, units = (
        sum(cell.kind is kind for cell in cells) for kind in (CellKind.SCHEDULE, CellKind.UNITS)
    )
    rows = schedules or units // max(sum(column in UNIT_COLUMNS for column in columns), 1)
    counting = sum(after == before + 1 for before, after in pairwise(serials))
    if (
        Column.SERIAL not in columns
        or len(serials) < _MOSTLY * rows
        or counting < _MOSTLY * (len(serials) - 1)
    ):
        return []
    groups: list[_Group] = []
    head: Passage | None = None
    for cell in cells:
        if cell.kind is CellKind.SERIAL:
            groups.append(_Group(head, serial=cell.passage.text))
        elif cell.kind is CellKind.HEAD and (not groups or groups[-1].of(CellKind.UNITS)):
            head = cell.passage
        elif groups:
            groups[-1].cells.append(cell)
        else:
            warnings.add(cell.line, Caution.LINE_UNPLACED, text=cell.passage.text[:40])
    words, units = (sum(column in kinds for column in columns) for kinds in (WORDS, UNIT_COLUMNS))
    seen: set[str] = set(known.sections)
    for group in groups:
        _free_words(group, units)
        head = _with_words(group, words, seen, head if group.head is None else group.head)
    return [group for group in groups if group.cells]


def _free_words(group: _Group, columns: int) -> None:
    """Where a row has more cells of units than columns, those it begins with only look like units (绿道)."""
    n = 0
    while len(group.of(CellKind.UNITS)) > columns and n < len(group.cells):
        if group.cells[n].kind is not CellKind.UNITS:
            break
        group.cells[n] = FlatCell(CellKind.UNCLEAR, group.cells[n].passage)
        n += 1


def _with_words(group: _Group, columns: int, seen: set[str], head: Passage | None) -> Passage | None:
    """Put the words of a numbered row in order: what names its section becomes its head, the rest its text."""
    words = [cell for cell in group.cells if cell.kind in (CellKind.TEXT, CellKind.UNCLEAR, CellKind.HEAD)]
    words = words or group.cells[:1]
    words = _without_schedule(_leading(words, group), group)
    count = _group_length([cell.passage for cell in words], seen) if columns > 1 else 0
    if count:
        head = joined([cell.passage for cell in words[:count]])
        seen.add(key(head.text))
        group.head = head
    elif group.head is None:
        group.head = head
    for cell in words[:count]:
        group.cells.remove(cell)
    for cell in words[count:]:
        group.cells[group.cells.index(cell)] = FlatCell(CellKind.TEXT, cell.passage)
    return group.head


def _leading(words: Sequence[FlatCell], group: _Group) -> list[FlatCell]:
    """The words that stand before the row's schedule and units; unclear ones behind them stay as they are."""
    ends = [cell.line for cell in group.cells if cell.kind in (CellKind.SCHEDULE, CellKind.UNITS)]
    end = min(ends, default=0)
    before = [cell for cell in words if cell.line < end]
    return before or list(words)


def _without_schedule(words: Sequence[FlatCell], group: _Group) -> list[FlatCell]:
    """The words of a row that has no clear schedule, without the last where that speaks of time (汛前): it is one."""
    last = words[-1] if words else None
    if last is None or len(words) < _REPEATED or group.of(CellKind.SCHEDULE):
        return list(words)
    if last.kind is not CellKind.UNCLEAR or not may_be_schedule(last.passage.text):
        return list(words)
    group.cells[group.cells.index(last)] = FlatCell(CellKind.SCHEDULE, last.passage)
    return list(words[:-1])


def _group_length(words: Sequence[Passage], seen: set[str]) -> int:
    """How many of a row's first cells name its section: as one seen before, else the short ones before its text."""
    for length in range(len(words) - 1, 0, -1):
        if key(joined(words[:length]).text) in seen:
            return length
    if len(words) < 2 or "。" in words[0].text or len(words[0].text) > _GROUP_LONGEST:
        return 0
    first_sentence = next((n for n, word in enumerate(words) if "。" in word.text), 0)
    return first_sentence or 1


def _with_group_heads(cells: Sequence[FlatCell], columns: Sequence[Column]) -> list[FlatCell]:
    """In a list with a column of sections: an unclear cell between a row's end and a row's text names one."""
    if sum(column in WORDS for column in columns) < _REPEATED:
        return list(cells)
    found: list[FlatCell] = []
    ended = True
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        names = cell.kind is CellKind.UNCLEAR and ended and after is not None and after.kind is CellKind.TEXT
        found.append(FlatCell(CellKind.HEAD, cell.passage) if names else cell)
        ended = cell.kind in (CellKind.UNITS, CellKind.SCHEDULE)
    return found


def _by_text(cells: Sequence[FlatCell], known: Known, warnings: WarningList) -> list[_Group]:
    groups: list[_Group] = []
    heads: dict[str, Passage] = {}
    head: Passage | None = None
    for cell in cells:
        if cell.kind is CellKind.SERIAL:
            continue
        if cell.kind is CellKind.HEAD:
            head = heads.setdefault(key(cell.passage.text), cell.passage)
        elif cell.kind is CellKind.TEXT and _starts_row(cell, groups, known):
            groups.append(_Group(head, [cell]))
        elif groups:
            groups[-1].cells.append(cell)
        else:
            warnings.add(cell.line, Caution.LINE_UNPLACED, text=cell.passage.text[:40])
    with_rows = {group.head.start for group in groups if group.head is not None}
    for empty in (head for head in heads.values() if head.start not in with_rows):
        warnings.add(empty.number, Caution.SECTION_EMPTY, section=empty.text)
    return groups


def _starts_row(cell: FlatCell, groups: Sequence[_Group], known: Known) -> bool:
    """A text begins a row unless the row before still waits for its other cells: then a page cut the text."""
    is_known = key(title_of(cell.passage.text)) in known.titles
    return not groups or not groups[-1].has_only_text or is_known


def _units_come_last(groups: Sequence[_Group]) -> bool:
    """The order of the columns, as the first row that has both cells shows it."""
    for group in groups:
        schedules, units = group.of(CellKind.SCHEDULE), group.of(CellKind.UNITS)
        if schedules and units:
            return schedules[0].line < units[0].line
    return True


def _row(group: _Group, columns: Sequence[Column], warnings: WarningList, *, units_come_last: bool) -> Row:
    texts, schedules, units = (group.of(kind) for kind in (CellKind.TEXT, CellKind.SCHEDULE, CellKind.UNITS))
    texts = texts or group.cells[:1]
    whole = joined([cell.passage for cell in texts])
    number, body = without_number(whole)
    title, text = split_title(body)
    for cell in group.of(CellKind.UNCLEAR):
        if cell not in texts:
            _place(cell, schedules, units, warnings)
    if schedules and units and (schedules[0].line < units[0].line) is not units_come_last:
        warnings.add(schedules[0].line, Caution.CELLS_SWAPPED, title=title.text)
    roles = _roles(columns)
    joined_units = units[1:] if len(roles) < len(units) or len(roles) == 1 else []
    for cell in (*texts[1:], *schedules[1:], *joined_units):
        warnings.add(cell.line, Caution.CELL_JOINED, title=title.text)
    return Row(
        group.head,
        Found(
            group.serial or number,
            title or whole.part(0, 1),
            text,
            _units(units, roles, title.text, warnings),
            joined([cell.passage for cell in schedules], "，") or None,
        ),
    )


def _roles(columns: Sequence[Column]) -> list[UnitRole]:
    """The roles of the columns of units, the lead's first: the order of header cells on lines means nothing."""
    if Column.LEAD not in columns and Column.SUPPORTING not in columns:
        return [UnitRole.RESPONSIBLE]
    return [UnitRole.LEAD, UnitRole.SUPPORTING][: max(sum(column in UNIT_COLUMNS for column in columns), 1)]


def _units(
    cells: Sequence[FlatCell], roles: Sequence[UnitRole], title: str, warnings: WarningList
) -> tuple[WrittenUnits, ...]:
    """The units of a row: a cell for each role, or all cells joined where the list has one column of them."""
    if not cells:
        return ()
    if len(roles) == len(cells) > 1:
        return tuple(WrittenUnits(role, cell.passage) for role, cell in zip(roles, cells, strict=True))
    if len(roles) > 1:
        warnings.add(cells[0].line, Caution.UNITS_COLUMN_UNSURE, title=title)
    return read_unit_cell(_joined_units([cell.passage for cell in cells]), roles[0], is_wrapped=False).units


def _place(cell: FlatCell, schedules: list[FlatCell], units: list[FlatCell], warnings: WarningList) -> None:
    """Put a cell of no clear kind where the row has none yet; its reader warns that it is unclear."""
    looks_like_a_list = any(sign in cell.passage.text for sign in _SEPARATORS)
    if not schedules and not (looks_like_a_list and not units):
        schedules.append(cell)
    elif not units:
        units.append(cell)
    else:
        warnings.add(cell.line, Caution.LINE_UNPLACED, text=cell.passage.text[:40])


def _joined_units(cells: Sequence[Passage]) -> Passage:
    """The units of a cell that was cut in two; a cut behind a separator needs none put in."""
    whole = cells[0]
    for cell in cells[1:]:
        whole = joined((whole, cell), "" if whole.text[-1] in _SEPARATORS else "、")
    return whole
