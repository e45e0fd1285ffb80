"""A table without a header: what its columns mean is taken from what stands in them, where that is plain."""

from collections.abc import Sequence

from workflow.intake.content import Cell, Table
from workflow.intake.structure.columns import Column
from workflow.intake.structure.grid_header import Header
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units

_ROWS_LEAST = 3
_MOSTLY = 0.8
_WORDS_LEAST = 4
"""A column of shorter words names persons, not measures."""
_NAMES = {
    Column.SERIAL: "序号",
    Column.GROUP: "类别",
    Column.TASK: "任务",
    Column.TEXT: "措施",
    Column.SCHEDULE: "完成时限",
    Column.UNITS: "责任单位",
}


def guessed_header(table: Table) -> Header | None:
    """The header that a table of measures would have: one column of units, words before it; None for any other table."""
    if len(table.rows) < _ROWS_LEAST or any(cell.is_spread for row in table.rows for cell in row):
        return None
    kinds = [_kind([row[n] for row in table.rows]) for n in range(len(table.rows[0]))]
    words = [n for n, kind in enumerate(kinds) if kind is Column.TEXT]
    if kinds.count(Column.UNITS) != 1 or kinds.count(Column.SCHEDULE) > 1 or not 0 < len(words) <= 2:
        return None
    if Column.UNKNOWN in kinds or words[0] > kinds.index(Column.UNITS):
        return None
    if all(len(row[words[-1]].text) < _WORDS_LEAST for row in table.rows):
        return None
    if len(words) > 1:
        firsts = [row[words[0]].text for row in table.rows]
        kinds[words[0]] = Column.GROUP if len(set(firsts)) < len(firsts) else Column.TASK
    return Header(tuple(kinds), tuple(_NAMES[kind] for kind in kinds))


def _kind(cells: Sequence[Cell]) -> Column:
    """What most of the cells of a column are."""
    texts = [cell.text for cell in cells if cell.text]
    least = _MOSTLY * len(cells)
    if sum(text.rstrip(".．、").isdecimal() for text in texts) >= least:
        return Column.SERIAL
    if sum(looks_like_schedule(text) for text in texts) >= least:
        return Column.SCHEDULE
    if sum(looks_like_units(text) for text in texts) >= least:
        return Column.UNITS
    is_words = sum(not looks_like_units(text) and not looks_like_schedule(text) for text in texts) >= least
    return Column.TEXT if is_words else Column.UNKNOWN
