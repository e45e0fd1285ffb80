"""Paired measures become what the ledger stores: the list's units and schedule, the narrative's text and targets."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.actions.loading import MeasureInput, SectionInput, TargetInput, UnitInput
from workflow.intake.pairing import Pair, PairedSection
from workflow.intake.period import Period
from workflow.intake.plan_read import TARGET_LONGEST, TITLE_LONGEST, UNIT_LONGEST, fitting
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.schedule import schedule_in
from workflow.intake.targets import read_targets
from workflow.intake.task_list import Row
from workflow.intake.units import read_units, split_units


def assemble(
    sections: Iterable[PairedSection], title: str, period: Period, warnings: WarningList
) -> tuple[SectionInput, ...]:
    """The sections of the plan `title`; measures that stand under no head are a section that bears its title."""
    paired = list(sections)
    _note_lead_by_order(paired, warnings)
    return tuple(
        SectionInput(
            section.number,
            fitting(section.title or title, TITLE_LONGEST, None, warnings),
            tuple(_measure(found, period, warnings) for found in section.pairs),
        )
        for section in paired
    )


def _measure(found: Pair, period: Period, warnings: WarningList) -> MeasureInput:
    main = found.main
    title = fitting(main.title, TITLE_LONGEST, main.line, warnings)
    schedule = fitting(found.listed.schedule, 200, found.listed.line, warnings) if found.listed else ""
    return MeasureInput(
        number=found.told.number if found.told else "",
        title=title,
        text=main.text,
        line=main.line,
        schedule=schedule,
        due=_due(found.listed, period, warnings) if found.listed else None,
        units=_units(found, title, warnings),
        targets=_targets(found, warnings),
        differences=_differences(found, title, warnings),
    )


def _due(row: Row, period: Period, warnings: WarningList) -> date | None:
    if not row.schedule:
        return None
    schedule = schedule_in(row.schedule)
    if schedule is None:
        warnings.add(row.line, Caution.SCHEDULE_UNCLEAR, schedule=row.schedule[:60])
        return None
    if schedule.due and not period.start <= schedule.due <= period.end:
        warnings.add(row.line, Caution.DUE_OUTSIDE_PERIOD, due=schedule.due.isoformat())
    return schedule.due


def _units(found: Pair, title: str, warnings: WarningList) -> tuple[UnitInput, ...]:
    """The units that hold. A row without units is warned of, and the narrative's are taken where there are any."""
    row, told = found.listed, found.told
    if row is not None and not split_units(row.units) and told is not None and told.units:
        warnings.add(row.line, Caution.UNITS_MISSING, title=title)
    written, line = found.units
    read = read_units(written, title, line, warnings)
    return tuple(replace(unit, text=fitting(unit.text, UNIT_LONGEST, line, warnings)) for unit in read)


def _targets(found: Pair, warnings: WarningList) -> tuple[TargetInput, ...]:
    line = found.main.line
    read = read_targets(found.main.text, line, warnings)
    return tuple(replace(t, text=fitting(t.text, TARGET_LONGEST, line, warnings)) for t in read)


def _differences(found: Pair, title: str, warnings: WarningList) -> tuple[dict[str, Any], ...]:
    """Where narrative and list both name units and disagree on who, or in which order."""
    if found.told is None or found.listed is None:
        return ()
    narrative, listed = found.told.units, found.listed.units
    if not split_units(narrative) or not split_units(listed) or split_units(narrative) == split_units(listed):
        return ()
    warnings.add(found.listed.units_line, Caution.UNITS_DIFFER, title=title, narrative=narrative, list=listed)
    return ({"kind": "units", "narrative": narrative, "list": listed},)


def _note_lead_by_order(sections: Iterable[PairedSection], warnings: WarningList) -> None:
    """Nothing in this layout says who leads: say once that the order was taken for it."""
    written = (found.units for section in sections for found in section.pairs)
    line = next((line for units, line in written if len(split_units(units)) > 1), None)
    if line is not None:
        warnings.add(line, Caution.LEAD_BY_ORDER)
