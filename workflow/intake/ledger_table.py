"""台账: a ledger that was downloaded as a sheet, edited, and brought back as a later edition of its plan.

It is known by its headings, and every row by the measure's code; what nobody touched reads as it was written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from workflow.actions.plan_input import MeasureInput, PlanInput, SectionInput, Span, TargetInput, UnitInput
from workflow.intake.content import Cell, Content, Paragraph, Passage, Table
from workflow.intake.dates.phrases import read_schedule, warn_of_schedule
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.items import read_items
from workflow.intake.period import Period, period_in
from workflow.intake.plan_read import TARGET_LONGEST, TITLE_LONGEST, UNIT_LONGEST, PlanRead, fitting
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import digest, key
from workflow.intake.structure.serials import mark_of
from workflow.intake.targets.reader import read_targets
from workflow.intake.units.names import kind_of
from workflow.intake.units.reader import unit_input
from workflow.models.responsible_unit import UnitKind
from workflow.queries.sheet_words import (
    CYCLES,
    HEADINGS,
    PART_ONLY,
    UNDECIDED,
    Promise,
    date_in,
    period_in_line,
    promise_in,
)

_HEADER_WITHIN = 6
_SHOWN = 60
_STEM = re.compile(r"([A-Z][A-Z0-9]{0,7})-\d+-\d+")
_LINES = re.compile(r"\n")
_STRONG, _ANY = re.compile(r"[；;\n]"), re.compile(r"[、，,\n]")
_END = "；; 　\t"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The table, where each of its columns stands, and the row of the headings."""

    table: Table
    places: dict[str, int]
    header: int

    def cell(self, row: Sequence[Cell], name: str) -> Passage:
        return row[self.places[name]].passage.stripped()


@dataclass(slots=True)
class _Reading:
    """The sheet as it is read."""

    sheet: _Sheet
    period: Period
    warnings: WarningList
    sections: list[SectionInput] = field(default_factory=list)
    measures: dict[str, list[MeasureInput]] = field(default_factory=dict)

    def in_order(self) -> list[SectionInput]:
        """The sections with their measures, by where most rows of each stand: one row put elsewhere moves no section."""
        whole = [(one, self.measures[key(one.number + one.title)]) for one in self.sections]
        whole.sort(key=lambda one: median(measure.line or 0 for measure in one[1]))
        return [SectionInput(section.number, section.title, measures) for section, measures in whole]


def is_ledger_table(content: Content) -> bool:
    """Whether it holds a sheet of a ledger as it is downloaded here."""
    return _sheet_of(content) is not None


def read_ledger_table(content: Content, name: str) -> PlanRead:
    """Read the sheet. Raises IntakeError where it has no measure, or says nowhere which years it is for."""
    sheet = _sheet_of(content)
    assert sheet is not None  # noqa: S101 - asked before
    warnings = WarningList()
    above = _above(content, sheet)
    title = next((line for line in above if line.text), Passage(""))
    reading = _Reading(sheet, _period(above, title), warnings)
    for remark in content.remarks:
        warnings.add(remark.line, Caution(remark.code), **remark.params)
    _note_part(above, warnings)
    for row in sheet.table.rows[sheet.header + 1 :]:
        _add(reading, row)
    sections = reading.in_order()
    if not sections:
        raise IntakeError(Fault.NO_PLAN)
    return _plan(reading, sections, title, content, name)


def _plan(
    reading: _Reading, sections: Sequence[SectionInput], title: Passage, content: Content, name: str
) -> PlanRead:
    period, warnings = reading.period, reading.warnings
    codes = [measure.code for section in sections for measure in section.measures if measure.code]
    stem = next((found[1] for code in codes if (found := _STEM.fullmatch(code))), "")
    plan = PlanInput(
        title=fitting(title.text or name, TITLE_LONGEST, title.number or None, warnings),
        source_hash=digest(content.text),
        source_name=name,
        period_start=period.start,
        period_end=period.end,
        sections=sections,
        warnings=[warning.stored() for warning in warnings.in_order()],
    )
    return PlanRead(plan, period.text, warnings.in_order(), stem, content.text, ((1, name),))


def _sheet_of(content: Content) -> _Sheet | None:
    for table in content.blocks:
        if not isinstance(table, Table):
            continue
        for n, row in enumerate(table.rows[:_HEADER_WITHIN]):
            names = [key(cell.text) for cell in row]
            if all(heading in names for heading in HEADINGS.values()):
                return _Sheet(table, {name: names.index(said) for name, said in HEADINGS.items()}, n)
    return None


def _above(content: Content, sheet: _Sheet) -> list[Passage]:
    """What stands above the headings, as lines."""
    lines = [one.passage for one in content.blocks if isinstance(one, Paragraph)]
    cells = [cell.passage for row in sheet.table.rows[: sheet.header] for cell in row if cell.text]
    first = sheet.table.rows[sheet.header][0].passage.start
    return [line for line in (*lines, *cells) if line.start < first]


def _period(above: Sequence[Passage], title: Passage) -> Period:
    for line in above:
        found = period_in_line(line.text)
        if found is not None:
            return Period(f"{found[0].isoformat()} – {found[1].isoformat()}", *found)
    period = period_in(title.text)
    if period is None:
        raise IntakeError(Fault.NO_PERIOD, title=title.text[:_SHOWN] or "—")
    return period


def _note_part(above: Sequence[Passage], warnings: WarningList) -> None:
    for line in above:
        if PART_ONLY in line.text:
            warnings.add(line.number, Caution.LEDGER_IN_PART)


def _add(reading: _Reading, row: Sequence[Cell]) -> None:
    """Put a row to its section; one that names no measure is warned of, for nothing is left out silently."""
    sheet, warnings = reading.sheet, reading.warnings
    title = sheet.cell(row, "title")
    if not title:
        left = " ".join(cell.text for cell in row if cell.text)
        if left:
            line = next(cell.passage.number for cell in row if cell.text)
            warnings.add(line, Caution.LINE_UNPLACED, text=left[:_SHOWN])
        return
    head = sheet.cell(row, "section")
    whole = key(head.text) or next(reversed(reading.measures), "")
    if not head and not reading.measures:
        warnings.add(title.number, Caution.ROW_WITHOUT_SECTION, title=title.text[:_SHOWN])
    if whole not in reading.measures:
        reading.measures[whole] = []
        reading.sections.append(_section(head, warnings))
    reading.measures[whole].append(_measure(reading, row, title))


def _section(head: Passage, warnings: WarningList) -> SectionInput:
    mark = mark_of(head)
    number, title = (mark.number.strip(), mark.rest) if mark is not None else ("", head)
    return SectionInput(number, fitting(title.text, TITLE_LONGEST, head.number or None, warnings))


def _measure(reading: _Reading, row: Sequence[Cell], title: Passage) -> MeasureInput:
    sheet, warnings = reading.sheet, reading.warnings
    code, text, schedule = (sheet.cell(row, name) for name in ("code", "text", "schedule"))
    units = _units(reading, row, title)
    spans: dict[str, Span] = {"title": title.span}
    for name, passage in (("text", text), ("schedule", schedule), ("units", sheet.cell(row, "lead"))):
        if passage:
            spans[name] = passage.span
    return MeasureInput(
        title=fitting(title.text, TITLE_LONGEST, title.number, warnings),
        text=text.text,
        line=title.number,
        units=units,
        targets=_targets(reading, sheet.cell(row, "targets"), text, is_known=bool(code)),
        items=() if code else read_items(text),
        spans=spans,
        code=code.text,
        **_schedule(reading, schedule),
    )


def _schedule(reading: _Reading, cell: Passage) -> dict[str, Any]:
    """The decided day or cycle as it was written; anything else as every document's schedule is read."""
    text = cell.text
    if text.endswith(UNDECIDED):
        return {"schedule": text.removesuffix(UNDECIDED)}
    cycle = next((name for name, words in CYCLES.items() if key(words) == key(text)), "")
    if cycle:
        return {"schedule": text, "is_ongoing": True, "cycle": cycle}
    due = date_in(text)
    if due is None and text:
        read = read_schedule(cell, reading.period)
        warn_of_schedule(cell, read, reading.warnings)
        return {
            "schedule": text,
            "due": read.due,
            "is_ongoing": read.is_ongoing,
            "cycle": read.cycle,
            "valid_until": read.valid_until,
            "milestones": read.milestones,
        }
    if due is not None and not reading.period.start <= due <= reading.period.end:
        reading.warnings.add(cell.number, Caution.DUE_OUTSIDE_PERIOD, due=due.isoformat())
    return {"schedule": text, "due": due}


def _targets(reading: _Reading, cell: Passage, text: Passage, *, is_known: bool) -> list[TargetInput]:
    """The targets of the cell, a line each; a new measure's text is asked where the cell is empty."""
    found = [_target(reading, line.stripped(_END)) for line in cell.split(_LINES)]
    if not any(found) and not is_known:
        return list(read_targets(text, reading.period, reading.warnings))
    return [one for one in found if one is not None]


def _target(reading: _Reading, line: Passage) -> TargetInput | None:
    if not line:
        return None
    said = promise_in(line.text)
    words = line if said is None else line.part(0, len(said.text))
    read = read_targets(words, reading.period, WarningList() if said else reading.warnings)
    text = fitting(words.text, TARGET_LONGEST, line.number, reading.warnings)
    if said is None:
        one = read[0] if len(read) == 1 else TargetInput(text)
        return TargetInput(text, one.comparator, one.value, one.unit, one.due, line.span)
    _note_difference(reading, line, said, [one.value for one in read if one.value is not None])
    return TargetInput(text, said.comparator, said.value, said.unit, said.due, line.span)


def _note_difference(reading: _Reading, line: Passage, said: Promise, values: Sequence[Decimal]) -> None:
    """Warn where somebody changed a number in the words and not in the brackets, or the other way round."""
    if len(values) == 1 and said.value is not None and values[0] != said.value:
        params = {"text": said.text[:_SHOWN], "said": str(values[0]), "number": str(said.value)}
        reading.warnings.add(line.number, Caution.TARGET_NUMBERS_DIFFER, **params)


def _units(reading: _Reading, row: Sequence[Cell], title: Passage) -> list[UnitInput]:
    """The lead, then the others; of several in the lead's cell the first leads, with a warning."""
    warnings = reading.warnings
    leads, others = (list(_names(reading.sheet.cell(row, name))) for name in ("lead", "others"))
    if len(leads) > 1:
        names = "、".join(one.text for one in leads)
        params = {"title": title.text[:_SHOWN], "units": names, "lead": leads[0].text}
        warnings.add(title.number, Caution.LEADS_SEVERAL, **params)
    if not leads:
        warnings.add(title.number, Caution.LEAD_MISSING, title=title.text[:_SHOWN])
    found: dict[str, UnitInput] = {}
    for n, one in enumerate((*leads, *others)):
        name = fitting(one.text, UNIT_LONGEST, one.number, warnings)
        if key(name) in found:
            warnings.add(one.number, Caution.UNIT_REPEATED, unit=name)
            continue
        unit = unit_input(name, is_lead=n == 0 and bool(leads))
        found[key(name)] = unit
        if kind_of(name) is UnitKind.OPEN_ENDED:
            warnings.add(one.number, Caution.UNIT_OPEN_ENDED, unit=name)
    return list(found.values())


def _names(cell: Passage) -> Iterator[Passage]:
    pattern = _STRONG if _STRONG.search(cell.text) else _ANY
    for part in cell.split(pattern):
        name = part.stripped()
        if name:
            yield name
