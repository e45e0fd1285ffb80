"""Commitments of an English plan become sections and measures (INTAKE.md, layout 6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from workflow.actions.plan_input import MeasureInput, MilestoneInput, SectionInput, TargetInput, UnitInput
from workflow.intake.content import Content, Passage, joined
from workflow.intake.english.columns import Field
from workflow.intake.english.commitments import LOWEST, Commitment, read_commitments
from workflow.intake.english.dates import TargetDate, read_target_date, struck_in
from workflow.intake.english.headings import heading_of
from workflow.intake.english.left_out import note_left_out, with_siblings
from workflow.intake.english.milestone_tables import Fields
from workflow.intake.english.parties import Party, read_parties
from workflow.intake.english.targets import read_targets, unread_figures
from workflow.intake.plan_read import TITLE_LONGEST, fitting
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.models.responsible_unit import UnitKind

_OPENING = 3
_TELLING = frozenset({Field.DUE, Field.LEAD})


@dataclass(frozen=True, slots=True)
class EnglishPlan:
    """What was read: the plan's title, its sections, and every due date and milestone to tell the period by."""

    title: Passage
    sections: tuple[SectionInput, ...]
    days: tuple[date, ...]
    opening: tuple[Passage, ...] = ()
    """The lines between the title and the first heading, the period's own among them."""


def is_english(text: str) -> bool:
    """Whether a text is written in Latin letters: hardly a Chinese sign among them."""
    chinese = sum("一" <= sign <= "鿿" for sign in text)
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return latin > 40 and chinese * 20 < latin


def read_english(content: Content, warnings: WarningList) -> EnglishPlan:
    """Sections and measures of the document. A commitment with milestones is a section, one without is a measure."""
    commitments = read_commitments(content.blocks, warnings)
    told = [one for one in commitments if not one.rows and _TELLING & one.fields.keys()]
    measures = with_siblings(commitments, told)
    note_left_out(commitments, measures, warnings)
    sections = tuple(_sections(commitments, measures, warnings))
    days = [m.due for s in sections for m in s.measures if m.due]
    days += [milestone.due for s in sections for m in s.measures for milestone in m.milestones]
    opening = tuple(line for one in commitments[:2] for line in one.lines[:_OPENING])
    return EnglishPlan(_title(commitments), sections, tuple(sorted(days)), opening)


def _title(commitments: Sequence[Commitment]) -> Passage:
    """The first heading of the highest rank, else the first line, else the first head inside a table."""
    titled = [one for one in commitments if one.title.text and one.rank < LOWEST]
    if titled:
        return min(titled, key=lambda one: one.rank).title
    lines = (line for one in commitments for line in one.lines[:1])
    return next(lines, next((one.title for one in commitments if one.title.text), Passage("")))


def _sections(
    commitments: Sequence[Commitment], measures: Sequence[Commitment], warnings: WarningList
) -> Iterator[SectionInput]:
    """Neighbouring commitments without milestones stand together under the heading above them."""
    own = {id(one) for one in measures}
    together: list[MeasureInput] = []
    under: Commitment | None = None
    for one in commitments:
        if one.rows:
            yield from _flushed(under, together)
            together, under = [], None
            above = _Above(one, warnings)
            yield _section(one, tuple(above.measure(row) for row in one.rows))
        elif id(one) in own:
            if together and under is not one.parent:
                yield from _flushed(under, together)
                together = []
            under = one.parent
            row = {**one.fields, Field.TITLE: one.title}
            together.append(_Above(one, warnings).measure(row, number=one.number))
    yield from _flushed(under, together)


def _flushed(under: Commitment | None, measures: list[MeasureInput]) -> Iterator[SectionInput]:
    if measures:
        yield _section(under or Commitment(), tuple(measures))


def _section(one: Commitment, measures: tuple[MeasureInput, ...]) -> SectionInput:
    return SectionInput(one.number, one.title.text[:TITLE_LONGEST], measures)


class _Above:
    """Reads the rows of one commitment in order; a row may refer to the one above it or to the commitment's own lead."""

    def __init__(self, commitment: Commitment, warnings: WarningList) -> None:
        self.commitment = commitment
        self.warnings = warnings
        self.due = Passage("")
        self.lead = Passage("")

    def measure(self, row: Fields, *, number: str = "") -> MeasureInput:
        """The measure of a row."""
        heading = heading_of(row[Field.TITLE])
        if Field.NUMBER in row and not number:
            heading = replace(heading, number=row[Field.NUMBER].text.strip())
        title = heading.title
        told = joined([*self.told(), *([row[Field.TEXT]] if Field.TEXT in row else [])], "\n")
        schedule, when = self.when(row, title)
        units = self.units(row, title)
        return MeasureInput(
            title=fitting(" ".join(title.text.split()), TITLE_LONGEST, title.number, self.warnings),
            number=number or heading.number,
            text=told.text,
            schedule=" ".join(schedule.text.split())[:200],
            due=when.due,
            line=title.number,
            units=units,
            targets=self.targets(title, told),
            is_ongoing=when.is_ongoing,
            cycle=when.cycle,
            milestones=tuple(
                MilestoneInput(title.text[:TITLE_LONGEST], day, schedule.span) for day in when.milestones
            ),
            spans=_spans(title, told, schedule, self.lead),
        )

    def told(self) -> list[Passage]:
        """What a commitment without milestones says of itself."""
        return [] if self.commitment.rows else self.commitment.lines

    def when(self, row: Fields, title: Passage) -> tuple[Passage, TargetDate]:
        """The cell of the target date and what it says; “see above” is the cell above."""
        cell = row.get(Field.DUE) or self.commitment.fields.get(Field.DUE) or Passage("")
        when = read_target_date(cell.text)
        if when.is_above and self.due.text:
            cell = self.due
            when = read_target_date(cell.text)
        self.due = cell
        self.note(cell, when, title)
        return cell, when

    def note(self, cell: Passage, when: TargetDate, title: Passage) -> None:
        """Warn of a date that is missing, unclear, relative, ambiguous, or was struck and replaced."""
        line = cell.number or title.number
        if not cell.text:
            self.warnings.add(line, Caution.SCHEDULE_MISSING, title=title.text[:60])
        elif when.is_relative:
            self.warnings.add(line, Caution.DATE_RELATIVE, phrase=cell.text[:60])
        elif not when.is_clear:
            self.warnings.add(line, Caution.SCHEDULE_UNCLEAR, schedule=cell.text[:60])
        if when.is_revised:
            self.warnings.add(
                line, Caution.SCHEDULE_REVISED, old=struck_in(cell.text)[:60], schedule=cell.text[:80]
            )
        if when.is_ambiguous:
            self.warnings.add(line, Caution.DATE_AMBIGUOUS, schedule=cell.text[:60])

    def targets(self, title: Passage, told: Passage) -> tuple[TargetInput, ...]:
        """Those of the title, unless the measurement has the same figure, and those of the measurement."""
        measured = read_targets(told)
        known = {target.value for target in measured}
        for passage in (title, told):
            if figures := unread_figures(passage):
                listed = "、".join(figure.text for figure in figures)
                self.warnings.add(figures[0].number, Caution.FIGURES_UNREAD, figures=listed[:120])
        return (*(target for target in read_targets(title) if target.value not in known), *measured)

    def units(self, row: Fields, title: Passage) -> tuple[UnitInput, ...]:
        """The parties of the row, else those of the row above where it says so, else the commitment's own."""
        cell = row.get(Field.LEAD) or self.commitment.fields.get(Field.LEAD) or Passage("")
        if read_target_date(cell.text).is_above and self.lead.text:
            cell = self.lead
        self.lead = cell
        supporting = row.get(Field.SUPPORTING) or self.commitment.fields.get(Field.SUPPORTING) or Passage("")
        parties = [*read_parties(cell), *read_parties(supporting, supports=True)]
        return self.as_units(parties, title)

    def as_units(self, parties: Sequence[Party], title: Passage) -> tuple[UnitInput, ...]:
        """The lead is who is said to lead, else the first named bureau."""
        named = list({party.name: party for party in reversed(parties)}.values())[::-1]
        able = [
            party for party in named if not party.is_open and not party.is_collective and not party.supports
        ]
        lead = next((party for party in able if party.leads), next(iter(able), None))
        if lead is None:
            code = Caution.LEAD_MISSING if named else Caution.UNITS_MISSING
            self.warnings.add(title.number, code, title=title.text[:60])
        for party in (party for party in named if party.is_open):
            self.warnings.add(party.passage.number, Caution.UNIT_OPEN_ENDED, unit=party.name[:60])
        return tuple(
            UnitInput(party.name[:200], _kind(party), is_lead=party is lead, span=party.passage.span)
            for party in named
        )


def _kind(party: Party) -> str:
    if party.is_open:
        return UnitKind.OPEN_ENDED.value
    return UnitKind.COLLECTIVE.value if party.is_collective else UnitKind.BUREAU.value


def _spans(title: Passage, told: Passage, schedule: Passage, units: Passage) -> dict[str, tuple[int, int]]:
    parts = {"title": title, "text": told, "schedule": schedule, "units": units}
    return {name: passage.span for name, passage in parts.items() if passage.text}
