"""The flattened task list: cells become rows of text, schedule and units under their section's head."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.intake.cells import Cell, CellKind, Known, cells_of, title_of
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import Line, key

_SEPARATORS = "、，,；;"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list, everything as written; "" where a cell is missing. `head` is its section's head."""

    head: Line | None
    line: int
    title: str
    text: str
    schedule: str
    units: str
    units_line: int


@dataclass(frozen=True, slots=True)
class _Group:
    head: Line | None
    cells: list[Cell] = field(default_factory=list)

    def of(self, kind: CellKind) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind is kind]

    @property
    def has_only_text(self) -> bool:
        return all(cell.kind is CellKind.TEXT for cell in self.cells)


def read_task_list(lines: Sequence[Line], known: Known, warnings: WarningList) -> tuple[Row, ...]:
    """The rows in order. A section head repeated at a page break changes nothing.

    Warns of rows without schedule, lines that belong to no row, cells cut in two and cells swapped.
    """
    groups = _groups(cells_of(lines, known), known, warnings)
    units_come_last = _units_come_last(groups)
    return tuple(_row(group, warnings, units_come_last=units_come_last) for group in groups)


def _groups(cells: Sequence[Cell], known: Known, warnings: WarningList) -> list[_Group]:
    groups: list[_Group] = []
    heads: dict[str, Line] = {}
    head: Line | None = None
    for cell in cells:
        if cell.kind is CellKind.HEAD:
            head = heads.setdefault(key(cell.text), Line(cell.line, cell.text))
        elif cell.kind is CellKind.TEXT and _starts_row(cell, groups, known):
            groups.append(_Group(head, [cell]))
        elif groups:
            groups[-1].cells.append(cell)
        else:
            warnings.add(cell.line, Caution.LINE_UNPLACED, text=cell.text[:40])
    with_rows = {group.head for group in groups}
    for empty in (head for head in heads.values() if head not in with_rows):
        warnings.add(empty.number, Caution.SECTION_EMPTY, section=empty.text)
    return groups


def _starts_row(cell: Cell, groups: Sequence[_Group], known: Known) -> bool:
    """A text begins a row unless the row before still waits for its other cells: then a page cut the text."""
    return not groups or not groups[-1].has_only_text or key(title_of(cell.text)) in known.titles


def _units_come_last(groups: Sequence[_Group]) -> bool:
    """The order of the columns, as the first row that has both cells shows it."""
    for group in groups:
        schedules, units = group.of(CellKind.SCHEDULE), group.of(CellKind.UNITS)
        if schedules and units:
            return schedules[0].line < units[0].line
    return True


def _row(group: _Group, warnings: WarningList, *, units_come_last: bool) -> Row:
    texts, schedules, units = (group.of(kind) for kind in (CellKind.TEXT, CellKind.SCHEDULE, CellKind.UNITS))
    title = title_of(texts[0].text)
    for cell in group.of(CellKind.UNCLEAR):
        _place(cell, schedules, units, warnings)
    if not schedules:
        warnings.add(texts[0].line, Caution.SCHEDULE_MISSING, title=title)
    elif units and (schedules[0].line < units[0].line) is not units_come_last:
        warnings.add(schedules[0].line, Caution.CELLS_SWAPPED, title=title)
    for cell in (*texts[1:], *schedules[1:], *units[1:]):
        warnings.add(cell.line, Caution.CELL_JOINED, title=title)
    return Row(
        head=group.head,
        line=texts[0].line,
        title=title,
        text="".join(cell.text for cell in texts).partition("。")[2].strip(),
        schedule="，".join(cell.text for cell in schedules),
        units=_joined_units([cell.text for cell in units]),
        units_line=(units or texts)[0].line,
    )


def _place(cell: Cell, schedules: list[Cell], units: list[Cell], warnings: WarningList) -> None:
    """Put a cell of no clear kind where the row has none yet; its reader warns that it is unclear."""
    looks_like_a_list = any(sign in cell.text for sign in _SEPARATORS)
    if not schedules and not (looks_like_a_list and not units):
        schedules.append(cell)
    elif not units:
        units.append(cell)
    else:
        warnings.add(cell.line, Caution.LINE_UNPLACED, text=cell.text[:40])


def _joined_units(cells: Sequence[str]) -> str:
    """The units of a cell that was cut in two; a cut behind a separator needs none put in."""
    joined = ""
    for cell in cells:
        joined += cell if not joined or joined[-1] in _SEPARATORS else f"、{cell}"
    return joined
