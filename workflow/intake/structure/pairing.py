"""Rows of the list are paired with measures of the narrative by section and title, never by text.

The list decides units and schedule, the narrative title, text and targets (DESIGN.md, Plan). A title that the list
abridges is found by likeness within its section; a wrong pair is worse than none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.directory import Directory, head_parts
from workflow.intake.structure.found import Found, Promise, Row, Section
from workflow.intake.structure.title_likeness import alike, is_longer

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure as both parts know it; at least one of the two is there."""

    told: Found | None
    listed: Found | None

    @property
    def main(self) -> Found:
        """The part that decides title and text: the narrative's where it is there."""
        found = self.told or self.listed
        assert found is not None  # noqa: S101 - a pair has at least one part
        return found

    @property
    def promises(self) -> tuple[Promise, ...]:
        """What columns of targets say: only a list has them."""
        return self.listed.promises if self.listed else ()


@dataclass(frozen=True, slots=True)
class PairedSection:
    """A section with its measures in order; the empty title for measures that stand under no head."""

    number: str
    title: Passage
    pairs: list[Pair] = field(default_factory=list)


def pair(told: Sequence[Section], rows: Sequence[Row], warnings: WarningList) -> list[PairedSection]:
    """The narrative's sections with their rows, then sections that only the list has.

    Warns of every head, row and measure that has no counterpart, where there are two parts at all.
    """
    by_section, unmatched = _rows_by_section(told, rows, warnings)
    paired = [
        _section(section, by_section[n], warnings, has_list=bool(rows)) for n, section in enumerate(told)
    ]
    for head, its_rows in unmatched.values():
        kept = without_repeats(its_rows, warnings)
        number, title = head_parts(head)
        if told:
            for found in kept:
                warnings.add(found.line, Caution.ROW_UNPAIRED, title=found.title.text[:_SHOWN])
        paired.append(PairedSection(number, title, [Pair(None, found) for found in kept]))
    return paired


def _rows_by_section(
    told: Sequence[Section], rows: Sequence[Row], warnings: WarningList
) -> tuple[list[list[Found]], dict[str, tuple[Passage | None, list[Found]]]]:
    """Rows for each narrative section, and the rows of every head that matches none ("": before any head)."""
    by_section: list[list[Found]] = [[] for _ in told]
    unmatched: dict[str, tuple[Passage | None, list[Found]]] = {}
    directory = Directory.of(told)
    has_heads = any(row.head is not None for row in rows)
    places = [directory.place_of(row, warnings) for row in rows]
    _place_by_likeness(told, rows, places)
    for row, place in zip(rows, places, strict=True):
        if row.head is None and has_heads:
            warnings.add(row.found.line, Caution.ROW_WITHOUT_SECTION, title=row.found.title.text[:_SHOWN])
        if place is not None:
            by_section[place].append(row.found)
            continue
        name = key(row.head.text) if row.head is not None else ""
        if name not in unmatched and row.head is not None and told:
            warnings.add(row.head.number, Caution.HEAD_UNMATCHED, head=row.head.text[:_SHOWN])
        unmatched.setdefault(name, (row.head, []))[1].append(row.found)
    return by_section, unmatched


def _place_by_likeness(told: Sequence[Section], rows: Sequence[Row], places: list[int | None]) -> None:
    """Place rows without a section where a measure that no row names is called much alike."""
    open_rows = [n for n, place in enumerate(places) if place is None]
    named = {key(row.found.title.text) for row in rows}
    open_measures = [
        (n, measure.title.text)
        for n, section in enumerate(told)
        for measure in section.measures
        if key(measure.title.text) not in named
    ]
    titles = [rows[n].found.title.text for n in open_rows]
    for at, m in alike([title for _, title in open_measures], titles):
        places[open_rows[m]] = open_measures[at][0]


def _section(told: Section, rows: Sequence[Found], warnings: WarningList, *, has_list: bool) -> PairedSection:
    paired = PairedSection(told.number, told.title)
    if has_list and not rows:
        warnings.add(told.line or None, Caution.SECTION_NOT_IN_LIST, section=told.whole)
    waiting = {key(found.title.text): found for found in without_repeats(rows, warnings)}
    found_for = {
        n: waiting.pop(key(measure.title.text))
        for n, measure in enumerate(told.measures)
        if key(measure.title.text) in waiting
    }
    open_places = [n for n in range(len(told.measures)) if n not in found_for]
    names = list(waiting)
    titles = [waiting[name].title.text for name in names]
    for at, m in alike([told.measures[n].title.text for n in open_places], titles):
        n = open_places[at]
        found_for[n] = waiting.pop(names[m])
        row, measure = found_for[n], told.measures[n]
        if not is_longer(row.title.text, measure.title.text):
            names_of = {"list": row.title.text[:_SHOWN], "narrative": measure.title.text[:_SHOWN]}
            warnings.add(row.line, Caution.TITLE_DIFFERS, **names_of)
    for n, measure in enumerate(told.measures):
        if rows and n not in found_for:
            warnings.add(measure.line, Caution.MEASURE_UNLISTED, title=measure.title.text[:_SHOWN])
        paired.pairs.append(Pair(measure, found_for.get(n)))
    for found in waiting.values():
        warnings.add(found.line, Caution.ROW_UNPAIRED, title=found.title.text[:_SHOWN])
        paired.pairs.append(Pair(None, found))
    return paired


def without_repeats(rows: Iterable[Found], warnings: WarningList) -> list[Found]:
    """The rows, each title once; a second row of the same title and text is left out with a warning."""
    kept: dict[str, Found] = {}
    for found in rows:
        name = key(found.title.text)
        if name in kept and _is_same(kept[name], found):
            warnings.add(found.line, Caution.ROW_REPEATED, title=found.title.text[:_SHOWN])
        elif name in kept:
            warnings.add(found.line, Caution.TITLE_REPEATED, title=found.title.text[:_SHOWN])
            kept[f"{name}\n{found.line}"] = found
        else:
            kept[name] = found
    return list(kept.values())


def _is_same(one: Found, other: Found) -> bool:
    return key(one.text.text) == key(other.text.text) and one.units_as_written == other.units_as_written
