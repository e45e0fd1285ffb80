"""A cell of units: its lines put together, what is labelled in it taken apart."""

import re
from dataclasses import dataclass

from workflow.intake.content import Passage, joined
from workflow.intake.units.roles import UnitRole, WrittenUnits
from workflow.intake.units.splitting import look_like_units
from workflow.intake.units.statements import has_statement, take_statements

_NEWLINE = re.compile(r"\s*\n\s*")
_SEPARATORS = "、，,；;：:（("
_NAME_END = re.compile(r"[、，,；;\s]")
_NAME_LEAST = 3
_LABEL = re.compile(r"[（(]?\S{2,8}[：:]")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """The units of a cell by role, and the schedule where the cell states one too."""

    units: tuple[WrittenUnits, ...]
    schedule: Passage | None = None


def read_unit_cell(cell: Passage, role: UnitRole, *, is_wrapped: bool) -> UnitCell:
    """The units of a cell whose column gives them `role`; labels inside the cell go before the column."""
    whole = lines_joined(cell, is_wrapped=is_wrapped)
    if has_statement(whole.text):
        taken = take_statements(whole)
        if taken.units:
            rest = taken.rest.stripped(" \t　、，,；;。\n")
            outside = (WrittenUnits(role, rest),) if rest and look_like_units(rest.text) else ()
            return UnitCell((*outside, *taken.units), taken.schedule)
    return UnitCell((WrittenUnits(role, whole),)) if whole else UnitCell(())


def lines_joined(cell: Passage, *, is_wrapped: bool) -> Passage:
    """The lines of a cell of units in one: a line end between two whole names separates them, one in a name does not."""
    if "\n" not in cell.text:
        return cell
    whole = Passage("")
    for line in cell.split(_NEWLINE):
        if line:
            whole = joined((whole, line), _between(whole.text, line.text, is_wrapped=is_wrapped))
    return whole


def _between(before: str, after: str, *, is_wrapped: bool) -> str:
    if before and _LABEL.match(after):
        return "\n"
    if not before or before[-1] in _SEPARATORS or after[0] in "、，,；;）)等":
        return ""
    last, first = _NAME_END.split(before)[-1], _NAME_END.split(after)[0]
    if is_wrapped or len(first) < _NAME_LEAST or before.count("（") > before.count("）"):
        return ""
    return "、" if look_like_units(last) and look_like_units(first) else ""
