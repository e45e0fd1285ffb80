"""A second edition of a plan: its measures are matched with those of the first by content, never by serial.

Two editions of one list can shift all numbers (INTAKE.md, Never silently). A measure's own code, where the file
bears it (a ledger that was downloaded and edited), goes before likeness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.intake.likeness import LikenessIndex, likeness, pairs_of
from workflow.intake.source import key

SURE = 0.55
"""The least likeness of two measures of different titles that are taken for one; below it they are two."""
TITLE, TEXT, UNITS = 0.6, 0.25, 0.15
"""What title, text and units weigh in it."""
CODE_LEAST = 0.2
"""A code whose measure has nothing to do with the row was copied by mistake."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a measure, in the old edition or the new; `code` is "" where the new one bears none."""

    section: str
    title: str
    text: str
    units: tuple[str, ...]
    code: str = ""


class Fate(StrEnum):
    """What became of a measure in the new edition."""

    SAME = "same"
    MOVED = "moved"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Match:
    """Places of a measure in the old and the new edition; None where it has none. `score` is 1 for an equal title."""

    old: int | None
    new: int | None
    fate: Fate
    score: float = 1.0


@dataclass(slots=True)
class _Matching:
    """Which places are matched so far."""

    old: Sequence[Known]
    new: Sequence[Known]
    of_new: dict[int, tuple[int, float]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def pair(self, old: int, new: int, score: float) -> None:
        self.of_new[new] = (old, score)
        self.taken.add(old)

    def open_old(self) -> list[int]:
        return [place for place in range(len(self.old)) if place not in self.taken]

    def open_new(self) -> list[int]:
        return [place for place in range(len(self.new)) if place not in self.of_new]


def match(old: Sequence[Known], new: Sequence[Known]) -> list[Match]:
    """The new edition's measures in its order, each with its old one, then the old ones that it drops."""
    matching = _Matching(old, new)
    _by_code(matching)
    _by_title(matching)
    _by_likeness(matching)
    found = [_match_of(matching, place) for place in range(len(new))]
    return [*found, *(Match(place, None, Fate.DROPPED, 0.0) for place in matching.open_old())]


def likeness_of(one: Known, other: Known) -> float:
    """How alike two measures are, 0 to 1, by title, text and units."""
    title = likeness(pairs_of(one.title), pairs_of(other.title))
    text = likeness(pairs_of(one.text), pairs_of(other.text)) if one.text or other.text else title
    mine, theirs = set(one.units), set(other.units)
    units = len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0
    return TITLE * title + TEXT * text + UNITS * units


def _match_of(matching: _Matching, place: int) -> Match:
    if place not in matching.of_new:
        return Match(None, place, Fate.ADDED, 0.0)
    old, score = matching.of_new[place]
    stays = key(matching.old[old].section) == key(matching.new[place].section)
    return Match(old, place, Fate.SAME if stays else Fate.MOVED, score)


def _by_code(matching: _Matching) -> None:
    places = {measure.code: place for place, measure in enumerate(matching.old) if measure.code}
    for new, measure in enumerate(matching.new):
        old = places.get(measure.code) if measure.code else None
        if old is None or old in matching.taken:
            continue
        score = likeness_of(matching.old[old], measure)
        if score >= CODE_LEAST:
            matching.pair(old, new, score)


def _by_title(matching: _Matching) -> None:
    """Equal titles: first those of one section, then the others by likeness, each old measure once."""
    for with_section in (True, False):
        waiting = _by_name(matching.old, matching.open_old(), with_section=with_section)
        for new in matching.open_new():
            candidates = waiting.get(_name(matching.new[new], with_section=with_section), [])
            if not candidates:
                continue
            best = max(candidates, key=lambda old: likeness_of(matching.old[old], matching.new[new]))
            candidates.remove(best)
            matching.pair(best, new, 1.0)


def _by_name(
    measures: Sequence[Known], places: Iterable[int], *, with_section: bool
) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for place in places:
        found.setdefault(_name(measures[place], with_section=with_section), []).append(place)
    return found


def _name(measure: Known, *, with_section: bool) -> tuple[str, str]:
    return key(measure.section) if with_section else "", key(measure.title)


def _by_likeness(matching: _Matching) -> None:
    """The most alike first; a pair below the mark is no pair, for a wrong one is worse than none."""
    waiting = matching.open_old()
    index = LikenessIndex(_words(matching.old[place]) for place in waiting)
    ranked: list[tuple[float, int, int]] = []
    for new in matching.open_new():
        for _, at in index.nearest(_words(matching.new[new])):
            score = likeness_of(matching.old[waiting[at]], matching.new[new])
            if score >= SURE:
                ranked.append((-score, new, waiting[at]))
    for score, new, old in sorted(ranked):
        if new not in matching.of_new and old not in matching.taken:
            matching.pair(old, new, -score)


def _words(measure: Known) -> str:
    return measure.title + measure.text[:200]
