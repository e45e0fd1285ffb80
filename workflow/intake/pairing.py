"""Rows of the list are paired with measures of the narrative by section and title, never by text.

The list decides units and schedule, the narrative title, text and targets (DESIGN.md, Plan).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from workflow.intake.narrative import NarrativeMeasure, NarrativeSection
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.serials import Level, mark_of
from workflow.intake.source import Line, key
from workflow.intake.task_list import Row
from workflow.intake.units import split_units


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure as both parts know it; at least one of the two is there."""

    told: NarrativeMeasure | None
    listed: Row | None

    @property
    def main(self) -> NarrativeMeasure | Row:
        """The part that decides title and text: the narrative's where it is there."""
        found = self.told or self.listed
        assert found is not None  # noqa: S101 - a pair has at least one part
        return found

    @property
    def units(self) -> tuple[str, int]:
        """The units as written that hold for the measure, and their line: the list's where it names any."""
        if self.listed is not None and (self.told is None or split_units(self.listed.units)):
            return self.listed.units, self.listed.units_line
        return self.main.units, self.main.line


@dataclass(frozen=True, slots=True)
class PairedSection:
    """A section with its measures in order."""

    number: str
    title: str
    pairs: list[Pair] = field(default_factory=list)


def pair(told: Sequence[NarrativeSection], rows: Sequence[Row], warnings: WarningList) -> list[PairedSection]:
    """The narrative's sections with their rows, then sections that only the list has.

    Warns of every head, row and measure that has no counterpart, where there are two parts at all.
    """
    by_section, unmatched = _rows_by_section(told, rows, warnings)
    paired = [
        _section(section, by_section[n], warnings, has_list=bool(rows)) for n, section in enumerate(told)
    ]
    for head, its_rows in unmatched.items():
        kept = _without_repeats(its_rows, warnings)
        number, title = _head_parts(head)
        paired.append(PairedSection(number, title, [Pair(None, row) for row in kept]))
    return paired


def _rows_by_section(
    told: Sequence[NarrativeSection], rows: Sequence[Row], warnings: WarningList
) -> tuple[list[list[Row]], dict[Line | None, list[Row]]]:
    """Rows for each narrative section, and the rows of every head that matches none (None: before any head)."""
    by_section: list[list[Row]] = [[] for _ in told]
    unmatched: dict[Line | None, list[Row]] = {}
    directory = _Directory.of(told)
    places: dict[Line, int | None] = {}
    for row in rows:
        if row.head is None:
            warnings.add(row.line, Caution.ROW_WITHOUT_SECTION, title=row.title)
        elif row.head not in places:
            places[row.head] = directory.place_of(row.head, warnings)
        place = places[row.head] if row.head else None
        (unmatched.setdefault(row.head, []) if place is None else by_section[place]).append(row)
    return by_section, unmatched


@dataclass(frozen=True, slots=True)
class _Directory:
    """The narrative's sections by number and title, by title, and by number."""

    told: Sequence[NarrativeSection]
    by_both: dict[str, list[int]]
    by_title: dict[str, list[int]]
    by_number: dict[str, list[int]]

    @classmethod
    def of(cls, told: Sequence[NarrativeSection]) -> Self:
        """The directory of these sections."""
        found = cls(told, {}, {}, {})
        for n, section in enumerate(told):
            found.by_both.setdefault(key(section.number + section.title), []).append(n)
            found.by_title.setdefault(key(section.title), []).append(n)
            found.by_number.setdefault(key(section.number), []).append(n)
        return found

    def place_of(self, head: Line, warnings: WarningList) -> int | None:
        """The section that a head means: by number and title, else by a title, else by a number, that only one has."""
        number, title = _head_parts(head)
        if exact := self.by_both.get(key(head.text)):
            return exact[0]
        for found in (self.by_title.get(key(title), []), self.by_number.get(key(number), [])):
            if len(found) == 1:
                section = self.told[found[0]]
                narrative = section.number + section.title
                warnings.add(head.number, Caution.HEAD_DIFFERS, list=head.text, narrative=narrative)
                return found[0]
        if self.told:
            warnings.add(head.number, Caution.HEAD_UNMATCHED, head=head.text)
        return None


def _section(
    told: NarrativeSection, rows: Sequence[Row], warnings: WarningList, *, has_list: bool
) -> PairedSection:
    paired = PairedSection(told.number, told.title)
    if has_list and not rows:
        warnings.add(told.line, Caution.SECTION_NOT_IN_LIST, section=told.number + told.title)
    waiting = {key(row.title): row for row in _without_repeats(rows, warnings)}
    for measure in told.measures:
        row = waiting.pop(key(measure.title), None)
        if rows and row is None:
            warnings.add(measure.line, Caution.MEASURE_UNLISTED, title=measure.title)
        paired.pairs.append(Pair(measure, row))
    for row in waiting.values():
        warnings.add(row.line, Caution.ROW_UNPAIRED, title=row.title)
        paired.pairs.append(Pair(None, row))
    return paired


def _without_repeats(rows: Iterable[Row], warnings: WarningList) -> list[Row]:
    kept: dict[str, Row] = {}
    for row in rows:
        if key(row.title) in kept:
            warnings.add(row.line, Caution.ROW_REPEATED, title=row.title)
        else:
            kept[key(row.title)] = row
    return list(kept.values())


def _head_parts(head: Line | None) -> tuple[str, str]:
    """Number and title of a head; a row before any head has neither."""
    if head is None:
        return "", ""
    mark = mark_of(head, Level.HEAD) or mark_of(head, Level.CHAPTER)
    return (mark.number, mark.rest) if mark else ("", head.text)
