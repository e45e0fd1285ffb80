"""Which bureau a name in a document means: surely one, one of several, or perhaps one like it.

Only the name itself, another name that the directory keeps, or the same name with its area said or left out ties a unit
to a bureau. Likeness proposes and never ties.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from workflow.rules.bureau_names import is_redacted, level_of, without_brackets

LEAST_LIKENESS = 0.6
"""The least likeness at which a bureau is proposed."""
MOST_PROPOSALS = 3
MOST_COMPARED = 20
"""Names that share most with the one at issue; only these are compared sign by sign."""

_SAME_WORDS = (
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"委员会(?=办公室$)"), "委"),
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"办公室$"), "办"),
    (re.compile(r"监督管理"), "监管"),
    (re.compile(r"人力资源(?:和)?社会保障"), "人社"),
    (re.compile(r"发展(?:和)?改革"), "发改"),
    (re.compile(r"住房(?:和)?城乡建设"), "住建"),
    (re.compile(r"卫生健康"), "卫健"),
    (re.compile(r"文化(?:和)?旅游"), "文旅"),
    (re.compile(r"工业(?:和)?信息化|经济(?:和)?信息化"), "工信"),
    (re.compile(r"(?:规划和自然资源|自然资源和规划)"), "规资"),
    (re.compile(r"和"), ""),
)


class Why(StrEnum):
    """Why a bureau is proposed."""

    AREA = "area"
    """The names differ in their area alone, and nobody said which area is meant."""
    WORDING = "wording"
    """The names differ in the length of their words alone (发改委, 发展和改革委员会)."""
    LIKENESS = "likeness"
    """The names are alike."""


@dataclass(frozen=True, slots=True)
class KnownBureau:
    """A bureau by key. `successor` is the one that carries its work on today; a closed one without any is never meant."""

    key: int
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    is_active: bool = True
    successor: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names it bears."""
        return tuple(filter(None, (self.name, self.short_name, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bureau that may be meant; `score` from 0 to 1."""

    key: int
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Resolution:
    """The one bureau that is meant, or several that bear the name, or proposals, best first; all empty for none."""

    exact: int | None = None
    several: tuple[int, ...] = ()
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class Directory:
    """The bureaus as they stand, by key."""

    bureaus: Mapping[int, KnownBureau] = field(default_factory=dict)
    _areas: dict[str, dict[str, tuple[int, ...]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, bureaus: Iterable[KnownBureau]) -> "Directory":
        """The directory of these bureaus."""
        return cls({bureau.key: bureau for bureau in bureaus})

    def name_of(self, key: int) -> str:
        """The bureau's name."""
        return self.bureaus[key].name

    @cached_property
    def standing(self) -> dict[str, tuple[int, ...]]:
        """The active bureaus by every name that they bear."""
        return _by_name((name, bureau.key) for bureau in self._active for name in bureau.names)

    @cached_property
    def former(self) -> dict[str, tuple[int, ...]]:
        """The successors by every name that was borne before them."""
        rows = ((bureau.names, bureau.successor) for bureau in self.bureaus.values())
        return _by_name(
            (name, key)
            for names, key in rows
            if key is not None and key in self.bureaus and self.bureaus[key].is_active
            for name in names
        )

    @cached_property
    def named(self) -> dict[str, tuple[int, ...]]:
        """Standing and former names together."""
        pairs = [
            (name, key)
            for names in (self.standing, self.former)
            for name, keys in names.items()
            for key in keys
        ]
        return _by_name(pairs)

    def in_area(self, area: str) -> dict[str, tuple[int, ...]]:
        """The bureaus by their names as they read within the area."""
        if area not in self._areas:
            pairs = ((within(name, area), key) for name, keys in self.named.items() for key in keys)
            self._areas[area] = _by_name(pairs)
        return self._areas[area]

    @cached_property
    def by_pair(self) -> dict[str, set[str]]:
        """The names in which two signs stand side by side."""
        found: dict[str, set[str]] = {}
        for name in self.named:
            for pair in _pairs(name):
                found.setdefault(pair, set()).add(name)
        return found

    @property
    def _active(self) -> Iterator[KnownBureau]:
        return (bureau for bureau in self.bureaus.values() if bureau.is_active and bureau.successor is None)


def resolve(name: str, directory: Directory, area: str = "", aliases: Sequence[str] = ()) -> Resolution:
    """Whom `name` means in a document of the `area` ("" where it is not known).

    `aliases` are other names that the document itself gives. A name that was made unreadable means nobody known.
    """
    if is_redacted(name):
        return Resolution()
    for keys in _readings(name, directory, area, aliases):
        if len(keys) == 1:
            return Resolution(exact=keys[0])
        if keys:
            return Resolution(several=keys, proposals=_alike(name, directory, area))
    return Resolution(proposals=_alike(name, directory, area))


def within(name: str, area: str) -> str:
    """The name as it reads within the area: 区教育局 and 平谷区教育局 are 教育局 in 平谷区."""
    level = level_of(name)
    if not area or level is None or level.rest == "团委":
        return name
    if level.prefix in (area, area[-1:]) or area.endswith(level.prefix):
        return level.rest
    deeper = level_of(level.rest) if len(level.prefix) > 1 else None
    return deeper.rest if deeper is not None and deeper.prefix == area else name


def _readings(
    name: str, directory: Directory, area: str, aliases: Sequence[str]
) -> Iterator[tuple[int, ...]]:
    """Who bears the name, read ever more freely: first as written, last without its brackets."""
    bare = without_brackets(name)
    for written in dict.fromkeys((name, bare)):
        yield directory.standing.get(written, ())
        yield directory.former.get(written, ())
        if area:
            yield directory.in_area(area).get(within(written, area), ())
    yield tuple(sorted({key for alias in aliases for key in directory.named.get(alias, ())}))


def _alike(name: str, directory: Directory, area: str) -> tuple[Proposal, ...]:
    """The bureaus whose names are like this one, best first, each once."""
    own = without_brackets(name)
    shared = Counter(other for pair in _pairs(own) for other in directory.by_pair.get(pair, ()))
    best: dict[int, Proposal] = {}
    for other, _ in sorted(shared.most_common(MOST_COMPARED)):
        if is_redacted(other):
            continue
        score, why = _likeness(own, other, area)
        for key in directory.named[other] if score >= LEAST_LIKENESS else ():
            if key not in best or best[key].score < score:
                best[key] = Proposal(key, score, why)
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.key))[:MOST_PROPOSALS])


def _likeness(own: str, other: str, area: str) -> tuple[float, Why]:
    own_level, other_level = level_of(own), level_of(other)
    own_rest = own_level.rest if own_level else own
    other_rest = other_level.rest if other_level else other
    is_one_area = not area and _may_be_one_area(own, other)
    if own_rest == other_rest and is_one_area:
        return 0.97, Why.AREA
    if _worded(within(own, area)) == _worded(within(other, area)):
        return 0.95, Why.WORDING
    if _worded(own_rest) == _worded(other_rest) and is_one_area:
        return 0.92, Why.WORDING
    return round(SequenceMatcher(None, own, other).ratio() * 0.9, 4), Why.LIKENESS


def _may_be_one_area(own: str, other: str) -> bool:
    """Whether one of the two names no area, or only the level of the other's: 区 and 平谷区."""
    levels = [level.prefix if level else "" for level in (level_of(own), level_of(other))]
    shorter, longer = sorted(levels, key=len)
    return longer.endswith(shorter)


def _worded(name: str) -> str:
    for pattern, word in _SAME_WORDS:
        name = pattern.sub(word, name)
    return name


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring signs, those of the name in short words included."""
    level = level_of(name)
    short = _worded(level.rest if level else name)
    return {text[n : n + 2] for text in (name, short) for n in range(len(text) - 1)}


def _by_name(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for name, key in pairs:
        found.setdefault(name, set()).add(key)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}
