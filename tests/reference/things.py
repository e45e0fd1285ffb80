"""What the reference model knows: people, shares, reports, requests; plain values, written from DOMAIN.md alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

UNREPORTED = ("assigned", "in_progress")
RUNNING = ("assigned", "in_progress", "reported", "verified")
ENDED = ("closed", "cancelled")


class Kind(StrEnum):
    """Why something is refused."""

    STATE = "state"
    RIGHT = "right"
    SEPARATION = "separation"
    LIMIT = "limit"
    INPUT = "input"


GO = None
Asked = Iterator[tuple[Kind, object] | None]
"""What a verb asks for, one condition after another; then GO, and after it what the verb does."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody: roles with their scopes (a bureau, "plan", an agency), and the bureaus they belong to."""

    name: str
    roles: frozenset[tuple[str, str]]
    member: frozenset[str] = frozenset()

    def can(self, role: str, scope: str = "plan") -> bool:
        """Whether the role is theirs in the scope."""
        return (role, scope) in self.roles


@dataclass(slots=True)
class Report:
    """报告 of a share in a cycle; `met`: whether its reading meets the target, None without a reading."""

    cycle: int
    by: str
    met: bool | None
    decided_by: str = ""
    approved: bool = False
    returned: bool = False
    withdrawn: bool = False


@dataclass(slots=True)
class Share:
    """分工. `owner` has its open work on the desk, `holder` had the report there last; the dates are given facts."""

    bureau: str
    leads: bool = False
    state: str = "assigned"
    outcome: str = ""
    in_cycle: bool = True
    owner: str = ""
    holder: str = ""
    reports: list[Report] = field(default_factory=list)
    refused: bool = False
    extended: int = 0
    dispatched: date = date.min
    due: date = date.min
    first_due: date | None = None
    length: int = 0

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.state != "closed"

    def report(self, cycle: int) -> Report | None:
        """The last report of the cycle that was not withdrawn."""
        return next((r for r in reversed(self.reports) if r.cycle == cycle and not r.withdrawn), None)


@dataclass(slots=True)
class Draft:
    """汇总 of the current cycle."""

    by: str
    decision: str = ""
    decided_by: str = ""


@dataclass(slots=True)
class Request:
    """请示事项."""

    share: Share
    kind: str
    by: str
    decider: str
    bureau: str = ""
    wanted: date | None = None
    state: str = "raised"
    signed_by: str = ""
    owner: str = ""

    @property
    def pending(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state in ("raised", "signed")


@dataclass(slots=True)
class Conclusion:
    """What a bureau may object to: a return by the verification, an evaluation, a cycle recorded as missed."""

    what: str
    number: int
    author: str
    day: date


@dataclass(slots=True)
class Objection:
    """异议."""

    share: Share
    about: Conclusion
    by: str
    decided: str = ""


@dataclass(slots=True)
class Instruction:
    """批示, with the bureaus that owe a reply and those that gave it."""

    owing: list[str]
    replied: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of measure it is: its bureaus (the lead first), cycles, evaluation, target."""

    name: str
    bureaus: tuple[str, ...]
    cycles: int = 1
    ongoing: bool = False
    evaluation: str = "never"
    target: bool = False
    every_share: bool = False
