"""What a measure as read has right, lacks or invents, beside the facts. A fact left out of the facts is not judged."""

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from tests.workflow.intake.scoring_pairs import Measure, plain, same_title

KINDS = ("head", "measures", "sections", "titles", "units", "roles", "dates", "targets")
_GREAT = {"万": 10_000, "亿": 100_000_000}


@dataclass
class Tally:
    """Facts that are right, of those that were to be found (`true`) and those that were given (`read`)."""

    right: int = 0
    true: int = 0
    read: int = 0

    def add(self, other: "Tally") -> None:
        """Count the other's facts too."""
        self.right += other.right
        self.true += other.true
        self.read += other.read

    @property
    def precision(self) -> float:
        """The part of the given facts that is right."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The part of the facts to be found that is given."""
        return self.right / self.true if self.true else 1.0


@dataclass(frozen=True)
class Wrong:
    """One fact of a measure that is missing or was invented."""

    kind: str
    title: str
    missing: Any = None
    invented: Any = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}: wanted {self.missing!r}, read {self.invented!r}"


@dataclass
class Comparison:
    """The tallies by kind of fact, and each fact that is wrong."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    wrongs: list[Wrong] = field(default_factory=list)

    def note(self, kind: str, title: str, *, right: int, missing: list[Any], invented: list[Any]) -> None:
        """Count the facts of one kind of one measure."""
        self.tallies[kind].add(Tally(right, right + len(missing), right + len(invented)))
        self.wrongs += [Wrong(kind, title, missing=fact) for fact in missing]
        self.wrongs += [Wrong(kind, title, invented=fact) for fact in invented]

    def note_one(self, kind: str, title: str, true: Any, read: Any, *, is_right: bool) -> None:
        """Count one fact that both sides have, right or wrong."""
        self.tallies[kind].add(Tally(int(is_right), 1, 1))
        if not is_right:
            self.wrongs.append(Wrong(kind, title, true, read))

    def take(self, other: "Comparison") -> None:
        """Add the tallies and wrongs of another comparison."""
        for kind, tally in other.tallies.items():
            self.tallies[kind].add(tally)
        self.wrongs += other.wrongs


def compare(true: Measure, read: Measure) -> Comparison:
    """Hold one measure as read against its facts."""
    result = compare_facts(true, read)
    title = true["title"]
    result.note("measures", title, right=1, missing=[], invented=[])
    result.note_one("titles", title, true["title"], read["title"], is_right=same_title(true, read))
    if true.get("section"):
        same = plain(true["section"]) == plain(read["section"])
        result.note_one("sections", title, true["section"], read["section"], is_right=same)
    return result


def compare_lost(true: Measure) -> Comparison:
    """A measure that was not read: with it, each of its facts."""
    result = compare_facts(true, {"title": true["title"]})
    result.note("measures", true["title"], right=0, missing=[true["title"]], invented=[])
    return result


def compare_invented(read: Measure) -> Comparison:
    """A measure that is in no fact: with it, whatever was read of it."""
    nothing = {
        "title": read["title"],
        "units": [],
        "lead": None,
        "schedule": None,
        "due": None,
        "targets": [],
    }
    result = compare_facts(nothing, read)
    result.note("measures", read["title"], right=0, missing=[], invented=[read["title"]])
    return result


def compare_facts(true: Measure, read: Measure) -> Comparison:
    """Units, roles, dates and targets of the two."""
    result = Comparison()
    if "units" in true:
        _compare_units(result, true, read)
    if "lead" in true:
        _compare_roles(result, true, read)
    for name in ("schedule", "due"):
        if name in true:
            _compare_date(result, name, true, read)
    if "targets" in true:
        _compare_targets(result, true, read)
    return result


def compare_heads(true: dict[str, Any], read: dict[str, Any]) -> Comparison:
    """The plan's own title, blanks and a period after it apart, and its years."""
    result = Comparison()
    if "title" in true:
        one, other = plain(true["title"]), plain(read["title"])
        is_right = one == other or (other.startswith(one) and other[len(one)] in "(（")
        result.note_one("head", "title", true["title"], read["title"], is_right=is_right)
    if "period" in true:
        is_right = _years(true["period"]) == _years(read["period"])
        result.note_one("head", "period", true["period"], read["period"], is_right=is_right)
    return result


def _years(period: str) -> set[str]:
    return set(re.findall(r"\d{4}", period or ""))


def _compare_units(result: Comparison, true: Measure, read: Measure) -> None:
    wanted, given = ([plain(unit) for unit in measure.get("units", ())] for measure in (true, read))
    blocks = SequenceMatcher(None, wanted, given, autojunk=False).get_matching_blocks()
    kept = [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]
    missing = [unit for n, unit in enumerate(wanted) if n not in {a for a, _ in kept}]
    invented = [unit for n, unit in enumerate(given) if n not in {b for _, b in kept}]
    vague, vaguely = (Counter(map(plain, measure.get("open_ended", ()))) for measure in (true, read))
    result.note(
        "units",
        true["title"],
        right=len(kept) + (vague & vaguely).total(),
        missing=[*missing, *(vague - vaguely).elements()],
        invented=[*invented, *(vaguely - vague).elements()],
    )


def roles(measure: Measure) -> set[tuple[str, str]]:
    """Every unit with its role; who leads is nothing else beside."""
    lead = plain(measure.get("lead"))
    found = {(lead, "lead")} if lead else set()
    for role in ("collective", "supporting"):
        found |= {
            (plain(unit), role)
            for unit in measure.get(role, ())
            if plain(unit) not in {unit for unit, _ in found}
        }
    return found


def _compare_roles(result: Comparison, true: Measure, read: Measure) -> None:
    wanted, given = roles(true), roles(read)
    result.note(
        "roles",
        true["title"],
        right=len(wanted & given),
        missing=sorted(wanted - given),
        invented=sorted(given - wanted),
    )


def _compare_date(result: Comparison, name: str, true: Measure, read: Measure) -> None:
    wanted, given = (plain(measure.get(name)).rstrip("。") for measure in (true, read))
    same = wanted == given
    result.note(
        "dates",
        true["title"],
        right=int(same and bool(wanted)),
        missing=[wanted] if wanted and not same else [],
        invented=[given] if given and not same else [],
    )


def _compare_targets(result: Comparison, true: Measure, read: Measure) -> None:
    left = list(read.get("targets", ()))
    missing = []
    for target in sorted(true["targets"], key=len, reverse=True):
        place = next((n for n, given in enumerate(left) if _fits(target, given)), None)
        if place is None:
            missing.append(target)
        else:
            left.pop(place)
    invented = [{name: t.get(name) for name in ("comparator", "value", "unit", "due", "text")} for t in left]
    right = len(true["targets"]) - len(missing)
    result.note("targets", true["title"], right=right, missing=missing, invented=invented)


def _fits(true: dict[str, Any], read: dict[str, Any]) -> bool:
    """Every part of the target that the facts hold is the same in the target read."""
    if (true["value"] is None) is not (read.get("value") is None):
        return False
    if true["value"] is not None and not _same_figure(true, read):
        return False
    return all(true[name] == (read.get(name) or None) for name in ("due",) if name in true) and (
        true["value"] is None or true.get("comparator", read.get("comparator")) == read.get("comparator")
    )


def _same_figure(true: dict[str, Any], read: dict[str, Any]) -> bool:
    """As numbers: 3.5 of 万亩 are 35000 of 亩; 个工作日 is 工作日. Without a unit in the facts any unit will do."""
    if "unit" not in true:
        given = float(read["value"])
        return any(abs(given - float(true["value"]) * times) < 1e-6 for times in (1, *_GREAT.values()))
    one, other = (_figure(target["value"], plain(target.get("unit"))) for target in (true, read))
    return abs(one[0] - other[0]) < 1e-6 * max(1.0, abs(one[0])) and one[1] == other[1]


def _figure(value: float, unit: str) -> tuple[float, str]:
    number = float(value)
    while unit and unit[0] in _GREAT:
        number, unit = number * _GREAT[unit[0]], unit[1:]
    return number, unit.removeprefix("个") or unit
