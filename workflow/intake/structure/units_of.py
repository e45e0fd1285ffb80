"""The units of a measure that both parts name: the list's hold, and where they mean others it is said."""

from dataclasses import dataclass, replace
from typing import Any

from workflow.actions.plan_input import UnitInput
from workflow.intake.plan_read import UNIT_LONGEST, fitting
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.found import Found
from workflow.intake.structure.pairing import Pair
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.reader import read_units
from workflow.intake.units.roles import UnitRole
from workflow.models.responsible_unit import UnitKind

Units = tuple[UnitInput, ...]


@dataclass(slots=True)
class UnitReader:
    """Reads the units of one document; says once that the first was taken to lead."""

    conventions: Conventions
    warnings: WarningList
    order_is_noted: bool = False

    def units_of(self, pair: Pair, title: str) -> tuple[Units, tuple[dict[str, Any], ...]]:
        """The units that hold for a measure, and the differences between narrative and list.

        A row without units is warned of, and the narrative's are taken where there are any.
        """
        told, listed = pair.told, pair.listed
        if listed is None or told is None:
            return self._read(pair.main, title), ()
        if not self._names_any(listed):
            if self._names_any(told):
                self.warnings.add(listed.line, Caution.UNITS_MISSING, title=title)
            return self._read(told, title), ()
        units = self._read(listed, title)
        return units, self._differences(told, listed, title, units)

    def _read(self, found: Found, title: str) -> Units:
        read = read_units(found.units, self.conventions, title, found.units_line, self.warnings)
        self._note_order(found, read)
        if all(len(unit.text) <= UNIT_LONGEST for unit in read):
            return read
        return tuple(
            replace(unit, text=fitting(unit.text, UNIT_LONGEST, found.units_line, self.warnings))
            for unit in read
        )

    def _names_any(self, found: Found) -> bool:
        return bool(found.units) and bool(self._quietly(found))

    def _quietly(self, found: Found) -> Units:
        return read_units(found.units, self.conventions, "", found.units_line, WarningList())

    def _differences(
        self, told: Found, listed: Found, title: str, units: Units
    ) -> tuple[dict[str, Any], ...]:
        """Where both parts name units and disagree on who, or on who leads, or in which order."""
        others = self._quietly(told) if told.units else ()
        if not others or _meant(others) == _meant(units):
            return ()
        narrative, written = told.units_as_written, listed.units_as_written
        self.warnings.add(
            listed.units_line, Caution.UNITS_DIFFER, title=title, narrative=narrative, list=written
        )
        return ({"kind": "units", "narrative": narrative, "list": written},)

    def _note_order(self, found: Found, units: Units) -> None:
        """Where nothing says who leads: say once that the order was taken for it."""
        is_said = any(one.role is not UnitRole.RESPONSIBLE for one in found.units)
        several = sum(unit.kind != UnitKind.OPEN_ENDED for unit in units) > 1
        if self.order_is_noted or is_said or not several:
            return
        if self.conventions.first_leads_at(found.units_line) is None:
            self.warnings.add(found.units_line, Caution.LEAD_BY_ORDER)
            self.order_is_noted = True


def _meant(units: Units) -> list[tuple[str, bool]]:
    return [(unit.text, unit.is_lead) for unit in units]
