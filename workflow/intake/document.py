"""A published document, in one file or several, becomes a plan as read: its narrative and its lists, paired."""

from collections.abc import Sequence

from workflow.actions.plan_input import PlanInput, SectionInput
from workflow.intake.assembly import Given, Told, assemble, untold
from workflow.intake.content import Content, Paragraph
from workflow.intake.english.period import english_period, period_of
from workflow.intake.english.reader import is_english, read_english
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.period import Period, period_in
from workflow.intake.plan_read import TITLE_LONGEST, PlanRead, fitting, note_period
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import digest, key
from workflow.intake.structure.columns import Column, runs_together
from workflow.intake.structure.flat_cells import Known, title_of
from workflow.intake.structure.flat_list import read_flat_list
from workflow.intake.structure.found import Row, Section
from workflow.intake.structure.grid_rows import rows_of, share_groups, unread_places
from workflow.intake.structure.heading import Heading, read_heading
from workflow.intake.structure.joining import Whole, whole_of
from workflow.intake.structure.lists import Parts, parts_of
from workflow.intake.structure.narrative import Narrative, read_narrative
from workflow.intake.structure.pairing import pair
from workflow.intake.structure.serials import note_row_gaps
from workflow.intake.targets.reader import read_targets
from workflow.intake.units.conventions import Conventions
from workflow.intake.units.own_places import stem_in_title
from workflow.intake.units.splitting import split_units

_NAME_LONGEST = 200
_SHOWN = 60


def read_document(contents: Sequence[Content], names: Sequence[str], counted: Told = untold) -> PlanRead:
    """Read the document that the files `names` hold together, a plan and its annexed list for instance.

    `counted` hears of every measure read.

    Raises IntakeError when it holds no measure with responsible units, no year anywhere, or a list that cannot be read.
    """
    warnings = WarningList()
    whole = whole_of(contents, warnings)
    if is_english(whole.text):
        return _english(contents, whole, names, warnings)
    _refuse_run_together(whole)
    parts = parts_of(whole.blocks, warnings, whole.first_lines)
    rows = _grid_rows(parts, whole, warnings)
    listed = [row.found.title.text for row in rows] + [title_of(line.text) for line in parts.flat_lines]
    told = read_narrative(parts.narrative, listed, warnings)
    rows += _flat_rows(parts, told.sections, warnings)
    _require_a_plan(told.sections, rows, parts, warnings)
    _note_missing_part(told.sections, rows, warnings)
    heading = read_heading(parts.narrative, parts.list_titles, whole.text, warnings)
    _note_periods(heading, parts, warnings)
    conventions = _conventions(whole, parts, told, warnings)
    conventions.places.update(filter(None, [stem_in_title(heading.title.text)]))
    _note_outside(told, heading.period, warnings)
    has_schedules = any(row.found.schedule for row in rows)
    if rows and not has_schedules:
        warnings.add(rows[0].found.line, Caution.SCHEDULE_COLUMN_MISSING)
    given = Given(heading.title.text, heading.period, conventions, has_schedules=has_schedules)
    sections = assemble(pair(told.sections, rows, warnings), given, warnings, counted)
    return _plan(heading, sections, whole, names, warnings)


def _plan(
    heading: Heading,
    sections: tuple[SectionInput, ...],
    whole: Whole,
    names: Sequence[str],
    warnings: WarningList,
) -> PlanRead:
    title, period = heading.title, heading.period
    plan = PlanInput(
        title=fitting(title.text or "、".join(names), TITLE_LONGEST, title.number or None, warnings),
        source_hash=digest(whole.text),
        source_name="、".join(names)[:_NAME_LONGEST],
        period_start=period.start,
        period_end=period.end,
        sections=sections,
        warnings=[warning.stored() for warning in warnings.in_order()],
    )
    files = tuple(zip(whole.first_lines, names, strict=True))
    return PlanRead(plan, period.text, warnings.in_order(), text=whole.text, files=files)


def _refuse_run_together(whole: Whole) -> None:
    for block in whole.blocks:
        if (
            isinstance(block, Paragraph)
            and not any(sign.isspace() or sign in "|｜" for sign in block.passage.text)
            and runs_together(block.passage.text)
        ):
            raise IntakeError(Fault.RUN_TOGETHER, line=block.passage.number)


def _grid_rows(parts: Parts, whole: Whole, warnings: WarningList) -> list[Row]:
    found: list[Row] = []
    unread: dict[str, int] = {}
    share_groups(parts.grids)
    for grid in parts.grids:
        rows = rows_of(grid, is_wrapped=whole.is_wrapped)
        if len(parts.grids) > 1 and not any(row.head for row in rows):
            rows = [Row(grid.name, row.found) for row in rows]
        for n in grid.header.places(Column.SERIAL)[:1]:
            own = (row for row in grid.rows if not row.cells[n].is_continued)
            note_row_gaps(((row.cells[n].text, row.line) for row in own), warnings)
        found += rows
        for n in unread_places(grid):
            line = next((row.cells[n].passage.number for row in grid.rows if row.cells[n].text), None)
            if line is not None:
                unread.setdefault(grid.header.names[n] or "—", line)
    for name, line in unread.items():
        warnings.add(line, Caution.COLUMN_UNREAD, column=name[:_SHOWN])
    return found


def _flat_rows(parts: Parts, told: Sequence[Section], warnings: WarningList) -> list[Row]:
    if parts.flat is None:
        return []
    known = Known(
        frozenset(key(section.whole) for section in told),
        frozenset(key(section.title.text) for section in told),
        frozenset(key(measure.title.text) for section in told for measure in section.measures),
    )
    rows = read_flat_list(parts.flat_lines, parts.flat, known, warnings)
    note_row_gaps(((row.found.number, row.found.line) for row in rows), warnings)
    return rows


def _require_a_plan(
    told: Sequence[Section], rows: Sequence[Row], parts: Parts, warnings: WarningList
) -> None:
    """Refuse a document that names nobody; a list that cannot be read is left out where the narrative can."""
    measures = [measure for section in told for measure in section.measures]
    written = [unit for found in (*measures, *(row.found for row in rows)) for unit in found.units]
    has_units = any(split_units(unit.passage.text) for unit in written)
    if parts.unread is not None:
        columns = "、".join(name.text for name in parts.unread.names)
        line = parts.unread.names[0].number
        if not has_units:
            raise IntakeError(Fault.LIST_COLUMNS, line=line, columns=columns)
        warnings.add(line, Caution.LIST_UNREAD, columns=columns[: 2 * _SHOWN])
    elif not has_units:
        raise IntakeError(Fault.NO_PLAN)


def _note_missing_part(told: Sequence[Section], rows: Sequence[Row], warnings: WarningList) -> None:
    if not rows and not all(measure.schedule for section in told for measure in section.measures):
        warnings.add(None, Caution.LIST_MISSING)
    if not told:
        warnings.add(None, Caution.NARRATIVE_MISSING)


def _note_periods(heading: Heading, parts: Parts, warnings: WarningList) -> None:
    period = heading.period
    note_period(period, heading.title.number or None, warnings)
    for title in parts.list_titles:
        listed = period_in(title.text)
        if listed and (listed.start, listed.end) != (period.start, period.end):
            warnings.add(title.number, Caution.PERIOD_DIFFERS, list=listed.text, plan=period.text)


def _conventions(whole: Whole, parts: Parts, told: Narrative, warnings: WarningList) -> Conventions:
    """What the document lays down on units, in its paragraphs, the notes and header cells of its lists."""
    conventions = Conventions()
    for block in whole.blocks:
        if isinstance(block, Paragraph):
            conventions.note(block.passage)
            continue
        for cell in {cell.passage.start: cell for row in block.rows[:3] for cell in row}.values():
            conventions.note(cell.passage)
    for note in parts.notes:
        if not conventions.note(note):
            warnings.add(note.number, Caution.LINE_UNPLACED, text=note.text[:_SHOWN])
    _forget_unplaced(conventions, told, warnings)
    for line, sentence in conventions.conditional:
        warnings.add(line, Caution.BRACKET_UNPLACED, text=sentence[:_SHOWN])
    return conventions


def _forget_unplaced(conventions: Conventions, told: Narrative, warnings: WarningList) -> None:
    """A line that lays something down was understood: it is not left out."""
    laid_down = {passage.number for passage in told.outside if Conventions().note(passage)}
    understood = (Caution.LINE_UNPLACED, Caution.BRACKET_UNPLACED)
    warnings[:] = [one for one in warnings if one.line not in laid_down or one.code not in understood]


def _note_outside(told: Narrative, period: Period, warnings: WarningList) -> None:
    """Figures with dates that stand in no measure: the plan's own targets, say."""
    for passage in told.outside:
        found = [
            target.text for target in read_targets(passage, period, WarningList()) if target.value is not None
        ]
        if found:
            text = "；".join(found)[: 2 * _SHOWN]
            warnings.add(passage.number, Caution.TARGETS_UNPLACED, text=text)


def _english(
    contents: Sequence[Content], whole: Whole, names: Sequence[str], warnings: WarningList
) -> PlanRead:
    """A plan in English: its period is the title's, else runs over the years of its dates."""
    read = read_english(Content(whole.text, whole.blocks), warnings)
    if not any(measure.units for section in read.sections for measure in section.measures):
        raise IntakeError(Fault.NO_PLAN)
    period = english_period(read)
    if period is None:
        if not read.days:
            raise IntakeError(Fault.NO_PERIOD, title=read.title.text[:_SHOWN])
        period = period_of(read.days)
        warnings.add(read.title.number or None, Caution.PERIOD_GUESSED, period=period.text)
    return _plan(Heading(read.title, period), read.sections, whole, names, warnings)
