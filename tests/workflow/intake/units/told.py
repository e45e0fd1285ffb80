"""Statements of units in short form, for the tests beside this file."""

from collections.abc import Iterable

from workflow.intake.content import Passage, Piece
from workflow.intake.units.roles import UnitRole, WrittenUnits

LEAD, RESPONSIBLE, SUPPORTING = UnitRole.LEAD, UnitRole.RESPONSIBLE, UnitRole.SUPPORTING


def passage(text: str, line: int = 7) -> Passage:
    """A passage that begins with the source."""
    breaks = [n + 1 for n, sign in enumerate(text) if sign == "\n"]
    return Passage(text, tuple(Piece(at, at, line + n) for n, at in enumerate([0, *breaks])))


def brief(units: Iterable[WrittenUnits]) -> list[tuple[UnitRole, str]]:
    """Role and text of each."""
    return [(written.role, written.passage.text) for written in units]
