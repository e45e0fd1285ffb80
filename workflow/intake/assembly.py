"""Paired measures become what the ledger stores: the list's units and schedule, the narrative's text and targets."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflow.actions.plan_input import MeasureInput, MilestoneInput, SectionInput, Span, TargetInput
from workflow.intake.content import Passage, joined
from workflow.intake.dates.dates import dates_in
from workflow.intake.dates.phrases import Schedule, read_schedule, warn_of_schedule
from workflow.intake.items import read_items
from workflow.intake.milestones import proposed_milestones
from workflow.intake.period import Period
from workflow.intake.plan_read import TARGET_LONGEST, TITLE_LONGEST, fitting
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.found import Found, Promise
from workflow.intake.structure.pairing import Pair, PairedSection
from workflow.intake.structure.units_of import UnitReader
from workflow.intake.targets.reader import read_targets
from workflow.intake.units.conventions import Conventions

SCHEDULE_LONGEST = 200
NUMBER_LONGEST = 20
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What holds for all measures of a document."""

    title: str
    period: Period
    conventions: Conventions
    has_schedules: bool


Told = Callable[[int, int], None]
"""Is told how many measures have been read, and of how many."""


def untold(_read: int, _of: int) -> None:
    """For whoever only waits for the end."""


class Count:
    """Counts the measures of all sections as they are read."""

    def __init__(self, of: int, told: Told) -> None:
        self.read, self.of, self.told = 0, of, told

    def each(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """The pairs, each counted when the next is asked for."""
        for found in pairs:
            yield found
            self.read += 1
            self.told(self.read, self.of)


def assemble(
    sections: Sequence[PairedSection], given: Given, warnings: WarningList, told: Told = untold
) -> tuple[SectionInput, ...]:
    """The sections of the plan; measures that stand under no head are a section that bears the plan's title."""
    reader = UnitReader(given.conventions, warnings)
    count = Count(sum(len(section.pairs) for section in sections), told)
    return tuple(
        SectionInput(
            section.number[:NUMBER_LONGEST],
            fitting(section.title.text or given.title, TITLE_LONGEST, section.title.number or None, warnings),
            tuple(_measure(found, given, reader, warnings) for found in count.each(section.pairs)),
        )
        for section in sections
        if section.pairs
    )


def _measure(pair: Pair, given: Given, reader: UnitReader, warnings: WarningList) -> MeasureInput:
    main = pair.main
    title = fitting(main.title.text, TITLE_LONGEST, main.line, warnings)
    text = main.text if title == main.title.text else joined((main.title, main.text), "。")
    units, differences = reader.units_of(pair, title)
    cell = _schedule_cell(pair)
    schedule = _schedule(cell, pair, given, warnings)
    if cell is None and not given.has_schedules:
        _note_dates(title, main, given.period, warnings)
    return MeasureInput(
        number=_number(pair)[:NUMBER_LONGEST],
        title=title,
        text=_told(text, pair.promises),
        line=main.line,
        schedule=fitting(cell.text, SCHEDULE_LONGEST, cell.number, warnings) if cell else "",
        due=schedule.due,
        units=units,
        targets=_targets(text, pair, given.period, warnings),
        differences=differences,
        is_ongoing=schedule.is_ongoing,
        cycle=schedule.cycle,
        valid_until=schedule.valid_until,
        milestones=_milestones(schedule.milestones, _whole(main.title, text), given.period),
        items=read_items(text if text else main.title),
        spans=_spans(main, cell, pair),
    )


def _number(pair: Pair) -> str:
    """The narrative's number; a row's own where there is no narrative."""
    return pair.told.number if pair.told else pair.main.number


def _told(text: Passage, promises: Sequence[Promise]) -> str:
    """The measure's text, with what a column of targets adds to it."""
    return "\n".join(part.text for part in (text, *(one.passage for one in promises)) if part.text)


def _schedule_cell(pair: Pair) -> Passage | None:
    """The schedule as written: the list's where it has one, else the narrative's."""
    for found in (pair.listed, pair.told):
        if found is not None and found.schedule:
            return found.schedule
    return None


def _schedule(cell: Passage | None, pair: Pair, given: Given, warnings: WarningList) -> Schedule:
    if cell is None:
        if pair.listed is not None and given.has_schedules:
            title = pair.listed.title.text[:_SHOWN]
            warnings.add(pair.listed.line, Caution.SCHEDULE_MISSING, title=title)
        return Schedule()
    schedule = read_schedule(cell, given.period)
    warn_of_schedule(cell, schedule, warnings)
    for day in (schedule.due, schedule.valid_until):
        if day and not given.period.start <= day <= given.period.end:
            warnings.add(cell.number, Caution.DUE_OUTSIDE_PERIOD, due=day.isoformat())
    return schedule


def _note_dates(title: str, main: Found, period: Period, warnings: WarningList) -> None:
    """A narrative without a schedule: name the dates its text wants something by."""
    whole = _whole(main.title, main.text)
    found = dict.fromkeys(whole.text[one.start : one.end] for one in dates_in(whole.text, period))
    if found:
        dates = "、".join(found)[:_SHOWN]
        warnings.add(main.line, Caution.SCHEDULE_IN_TEXT, title=title[:_SHOWN], dates=dates)


def _targets(text: Passage, pair: Pair, period: Period, warnings: WarningList) -> tuple[TargetInput, ...]:
    """The targets of title and text, then those of columns of their own: a column named after a year is due in it."""
    main = pair.main
    read = list(read_targets(_whole(main.title, text), period, warnings))
    _note_other_figures(pair, read, period, warnings)
    for promise in pair.promises:
        due = date(promise.year, 12, 31) if promise.year else None
        read += (
            replace(one, due=one.due or due)
            for one in read_targets(promise.passage, period, warnings)
            if due or _figure(one) not in {_figure(other) for other in read}
        )
    return tuple(_fitting(target, main.line, warnings) for target in read)


def _whole(title: Passage, text: Passage) -> Passage:
    """Title and text as one; the text alone where it begins with the title."""
    return text if text and text.start == title.start else joined((title, text), "。")


def _note_other_figures(
    pair: Pair, read: Sequence[TargetInput], period: Period, warnings: WarningList
) -> None:
    """Warn of figures that the list's row promises and the narrative's measure does not."""
    if pair.told is None or pair.listed is None:
        return
    known = {_figure(target) for target in read}
    whole = _whole(pair.listed.title, pair.listed.text)
    others = [
        target.text
        for target in read_targets(whole, period, WarningList())
        if target.value is not None and _figure(target) not in known
    ]
    if others:
        title = pair.told.title.text[:_SHOWN]
        text = "；".join(others)[: 2 * _SHOWN]
        warnings.add(pair.listed.line, Caution.FIGURES_DIFFER, title=title, text=text)


def _figure(target: TargetInput) -> tuple[object, str]:
    return (target.value, target.unit) if target.value is not None else (None, target.text)


def _fitting(target: TargetInput, line: int, warnings: WarningList) -> TargetInput:
    if len(target.text) <= TARGET_LONGEST:
        return target
    return replace(target, text=fitting(target.text, TARGET_LONGEST, line, warnings))


def _milestones(
    stated: Sequence[MilestoneInput], text: Passage, period: Period
) -> tuple[MilestoneInput, ...]:
    """The schedule's own steps, then those that the text names for other days."""
    days = {step.due for step in stated}
    proposed = (step for step in proposed_milestones(text, period) if step.due not in days)
    steps = sorted((*stated, *proposed), key=lambda step: step.due)
    return tuple(
        step if len(step.title) <= TITLE_LONGEST else replace(step, title=step.title[:TITLE_LONGEST])
        for step in steps
    )


def _spans(main: Found, cell: Passage | None, pair: Pair) -> dict[str, Span]:
    spans = {"title": main.title.span}
    if main.text:
        spans["text"] = main.text.span
    if cell is not None:
        spans["schedule"] = cell.span
    units = next((found.units for found in (pair.listed, pair.told) if found and found.units), ())
    if units:
        spans["units"] = (units[0].passage.start, units[-1].passage.end)
    return spans
