"""The measures of the draft as the page shows them: read, with who stands behind each unit and what is asked about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.actions.plan_input import MeasureInput, UnitInput
from workflow.intake.draft import measure_input
from workflow.intake.reader_warnings import ReaderWarning, from_stored
from workflow.models import ImportMeasure, PlanImport
from workflow.models.responsible_unit import UnitKind
from workflow.queries.unit_names import UnitName, names_among


@dataclass(frozen=True, slots=True)
class SeenUnit:
    """A unit with the bureau that it means; `name` is None for what is no bureau."""

    unit: UnitInput
    name: UnitName | None

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(UnitKind(self.unit.kind).label)

    @property
    def is_clear(self) -> bool:
        """Whether nothing has to be asked about it here."""
        if self.unit.kind == UnitKind.BUREAU:
            return self.name is not None and not self.name.is_open
        return self.unit.kind == UnitKind.COLLECTIVE and bool(self.unit.collective_kind)


@dataclass(frozen=True, slots=True)
class Card:
    """A measure of the draft: its row, what it holds, its units, and the open warnings on its lines."""

    row: ImportMeasure
    measure: MeasureInput
    units: list[SeenUnit]
    warnings: list[tuple[int, ReaderWarning]]

    @property
    def has_lead(self) -> bool:
        """Whether some unit leads."""
        return any(unit.is_lead for unit in self.measure.units)


def cards_of(row: PlanImport, measures: Sequence[ImportMeasure]) -> list[Card]:
    """The measures with their units and warnings. Two statements."""
    units = (unit for measure in measures for unit in measure.data.get("units", ()))
    names = {name.text: name for name in names_among(units, row)}
    warnings = _by_measure(row)
    return [_card(measure, names, warnings.get(measure.pk, [])) for measure in measures]


def _card(
    row: ImportMeasure, names: Mapping[str, UnitName], warnings: list[tuple[int, ReaderWarning]]
) -> Card:
    measure = measure_input(row.data)
    ordered = sorted(measure.units, key=lambda unit: not unit.is_lead)
    seen = [
        SeenUnit(unit, names.get(unit.text) if unit.kind == UnitKind.BUREAU else None) for unit in ordered
    ]
    return Card(row, measure, seen, warnings)


def _by_measure(row: PlanImport) -> dict[int, list[tuple[int, ReaderWarning]]]:
    """The open warnings of each measure, with their numbers."""
    done = set(row.ticked)
    found: dict[int, list[tuple[int, ReaderWarning]]] = {}
    warnings = zip(from_stored(row.warnings), row.warned, strict=True)
    for number, (warning, measure) in enumerate(warnings, start=1):
        if measure is not None and number not in done:
            found.setdefault(measure, []).append((number, warning))
    return found
