"""W, the unit of work: one measure with four bureaus goes the whole way in seventeen durable steps.

Every contestant plays the same W with the same cast and the same words, and tells what it left behind.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

BUREAUS = ("教育局", "体育局", "卫生健康局", "文化和旅游局")
"""The first one leads."""

STEPS = (
    "dispatch",
    *("claim", "report", "approve") * len(BUREAUS),
    "consolidate",
    "verify",
    "score",
    "close",
)
"""What makes up a W, in order; each is one of the seventeen steps that speed is counted in."""

TARGETS = 3
SCORE = Decimal(88)
SUMMARY = "四个单位均已完成，资料齐全。"


def progress(number: int, bureau: str) -> str:
    """What `bureau` reports in the W of that number."""
    return f"{bureau}已完成第{number}项举措的全部任务，台账与佐证材料齐备。"


def readings(number: int) -> tuple[Decimal, ...]:
    """The three values that every bureau reports."""
    return tuple(Decimal(100 + (number + n) % 7) for n in range(TARGETS))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts, by whatever key the contestant knows people; the stranger holds roles, but elsewhere."""

    handlers: tuple[Any, ...]
    heads: tuple[Any, ...]
    supervisor: Any
    approver: Any
    evaluator: Any
    stranger: Any


class NotAllowedError(Exception):
    """A contestant refused somebody."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction. `doors`: every way in by which a stranger could try the same; the first is the timed one."""

    name: str
    person: Any
    act: Callable[[Any], object]
    doors: tuple[Callable[[Any], object], ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """What stands after a W: the facts, and the trail as action → lines (empty where there is no trail)."""

    state: str
    reports: tuple[tuple[str, str, tuple[Decimal, ...]], ...]
    summary: str
    score: Decimal
    trail: Counter[str] = field(default_factory=Counter, compare=False)


class Contestant(Protocol):
    """Somebody who plays W."""

    name: str
    checks_rights: bool
    keeps_a_trail: bool

    def prepare(self) -> Cast:
        """Make tables, people and rights; called once."""

    def unit(self, number: int) -> Iterator[Step]:
        """The steps of the W of that number; what happens between them is not on the clock."""

    def left_behind(self, number: int) -> Left:
        """What stands of that W."""

    def connection(self) -> Any:
        """The psycopg connection that it works on."""


def expected(number: int) -> Left:
    """What every contestant must leave behind."""
    return Left(
        state="closed",
        reports=tuple((bureau, progress(number, bureau), readings(number)) for bureau in BUREAUS),
        summary=SUMMARY,
        score=SCORE,
    )


TRAIL = Counter(STEPS)
"""The least that a trail must say of one W."""


def shortcomings(contestant: Contestant, number: int) -> list[str]:
    """Why the W of that number does not count; empty when it does."""
    left = contestant.left_behind(number)
    found = []
    if left.state != "closed":
        found.append(f"{contestant.name}: W {number} ended as {left.state}, not closed")
    elif left != expected(number):
        found.append(f"{contestant.name}: W {number} left {left}, not {expected(number)}")
    missing = TRAIL - left.trail
    if contestant.keeps_a_trail and missing:
        found.append(f"{contestant.name}: the trail of W {number} lacks {dict(missing)}")
    return found


def trespasses(contestant: Contestant, number: int, stranger: Any) -> list[str]:
    """Play one W in which a stranger tries every step first; return the steps that let them through."""
    let_in = []
    for step in contestant.unit(number):
        for door in step.doors:
            try:
                door(stranger)
            except NotAllowedError:
                continue
            let_in.append(f"{contestant.name}: {step.name} let a person without the role through")
        step.act(step.person)
    return let_in
