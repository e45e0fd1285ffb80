"""A published document, narrative and flattened task list, becomes a plan as read."""

from collections.abc import Sequence

from workflow.actions.loading import PlanInput
from workflow.intake.assembly import assemble
from workflow.intake.cells import Known, Parts, split_document
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.narrative import NarrativeSection, read_narrative
from workflow.intake.pairing import pair
from workflow.intake.period import Period, period_in
from workflow.intake.plan_read import TITLE_LONGEST, PlanRead, fitting, note_period
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.serials import Level, mark_of
from workflow.intake.source import Line, digest, key, lines_of
from workflow.intake.task_list import Row, read_task_list
from workflow.intake.units import split_units


def read_document(text: str, name: str) -> PlanRead:
    """Read the document `text` of the file `name`.

    Raises IntakeError when it holds no measure with responsible units, no period, or a list that cannot be read.
    """
    warnings = WarningList()
    parts = split_document(lines_of(text))
    told = read_narrative(parts.narrative, warnings)
    rows = read_task_list(parts.list_lines, _known(told), warnings)
    _require_a_plan(told, rows)
    _note_missing_part(told, rows, warnings)
    title, period = _title_and_period(parts)
    _note_periods(title, period, parts, warnings)
    sections = assemble(pair(told, rows, warnings), title.text, period, warnings)
    plan = PlanInput(
        title=fitting(title.text, TITLE_LONGEST, title.number, warnings),
        source_hash=digest(text),
        source_name=name,
        period_start=period.start,
        period_end=period.end,
        sections=sections,
        warnings=[warning.stored() for warning in warnings.in_order()],
    )
    return PlanRead(plan, period.text, warnings.in_order())


def _known(told: Sequence[NarrativeSection]) -> Known:
    heads = frozenset(key(section.number + section.title) for section in told)
    return Known(heads, frozenset(key(measure.title) for section in told for measure in section.measures))


def _require_a_plan(told: Sequence[NarrativeSection], rows: Sequence[Row]) -> None:
    written = [row.units for row in rows] + [
        measure.units for section in told for measure in section.measures
    ]
    if not any(split_units(units) for units in written):
        raise IntakeError(Fault.NO_PLAN)


def _note_missing_part(told: Sequence[NarrativeSection], rows: Sequence[Row], warnings: WarningList) -> None:
    if not rows:
        warnings.add(None, Caution.LIST_MISSING)
    if not told:
        warnings.add(None, Caution.NARRATIVE_MISSING)


def _title_and_period(parts: Parts) -> tuple[Line, Period]:
    """The first line before all numbered ones that names a period, else the list's title; and that period."""
    heading: list[Line] = []
    for line in parts.narrative:
        if any(mark_of(line, level) for level in Level):
            break
        heading.append(line)
    candidates = [line for line in heading if "。" not in line.text]
    for line in [*candidates, *([parts.list_title] if parts.list_title else [])]:
        if period := period_in(line.text):
            return line, period
    raise IntakeError(Fault.NO_PERIOD, title=candidates[0].text[:60] if candidates else "—")


def _note_periods(title: Line, period: Period, parts: Parts, warnings: WarningList) -> None:
    note_period(period, title.number, warnings)
    listed = period_in(parts.list_title.text) if parts.list_title else None
    if parts.list_title and listed and (listed.start, listed.end) != (period.start, period.end):
        warnings.add(parts.list_title.number, Caution.PERIOD_DIFFERS, list=listed.text, plan=period.text)
