"""The bureaus behind the units of a plan as read: tied where it is sure, warned of where it is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.actions.plan_input import MeasureInput, PlanInput, UnitInput
from workflow.models.responsible_unit import UnitKind
from workflow.rules.resolving import Directory, Resolution, resolve

UNIT_AMBIGUOUS = "unit_ambiguous"
"""The code of the warning about a unit whose name several bureaus bear."""
UNIT_LIKE = "unit_like"
"""The code of the warning about a unit that no bureau bears the name of, though some bear one like it."""
UNITS_UNKNOWN = "units_unknown"
"""The code of the one warning about the units that are like no bureau at all."""

StoredWarning = dict[str, Any]


@dataclass(frozen=True)
class UnitBureaus:
    """Finds the bureau behind a unit. `decided` has the key, or None for nobody, by the unit's text.

    `area` is the one that the plan is of, "" where that is not known.
    """

    directory: Directory
    area: str = ""
    decided: Mapping[str, int | None] = field(default_factory=dict)
    _found: dict[tuple[str, str], Resolution] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, unit: UnitInput) -> int | None:
        """The key of the bureau that was decided for the unit, else of the one that its name surely means."""
        if unit.kind != UnitKind.BUREAU:
            return None
        if unit.text in self.decided:
            return self.decided[unit.text]
        return self.resolution(unit).exact

    def resolution(self, unit: UnitInput) -> Resolution:
        """Whom the unit's name means."""
        key = (unit.text, unit.alias)
        if key not in self._found:
            aliases = [unit.alias] if unit.alias else []
            self._found[key] = resolve(unit.text, self.directory, self.area, aliases)
        return self._found[key]

    def open_units(self, plan: PlanInput) -> Iterator[tuple[MeasureInput, UnitInput]]:
        """The units of the plan behind which nobody stands yet, with their measures, in order."""
        for section in plan.sections:
            for measure in section.measures:
                for unit in measure.units:
                    is_bureau = unit.kind == UnitKind.BUREAU and unit.text not in self.decided
                    if is_bureau and self(unit) is None:
                        yield measure, unit

    def warnings(self, plan: PlanInput) -> list[StoredWarning]:
        """As the plan keeps them: each unit that several bear, each name that is like another, all others in one."""
        found: list[StoredWarning] = []
        named: dict[str, Resolution] = {}
        for measure, unit in self.open_units(plan):
            means = self.resolution(unit)
            if means.several:
                found.append(self._warning(measure, UNIT_AMBIGUOUS, unit, means.several))
            elif means.proposals and unit.text not in named:
                keys = tuple(proposal.key for proposal in means.proposals)
                found.append(self._warning(measure, UNIT_LIKE, unit, keys))
            named.setdefault(unit.text, means)
        unknown = [text for text, means in named.items() if not means.several and not means.proposals]
        if unknown:
            found.append({"line": None, "code": UNITS_UNKNOWN, "params": {"units": "、".join(unknown)}})
        return found

    def _warning(
        self, measure: MeasureInput, code: str, unit: UnitInput, keys: tuple[int, ...]
    ) -> StoredWarning:
        names = [self.directory.name_of(key) for key in keys]
        listed = "、".join(sorted(names) if code == UNIT_AMBIGUOUS else names)
        return {"line": measure.line, "code": code, "params": {"unit": unit.text, "bureaus": listed}}
