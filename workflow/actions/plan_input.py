"""A plan as read, in plain facts: what every reader gives and `load_plan` stores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Span = tuple[int, int]
"""Start and end in the normalised text of the source."""

CYCLES = ("month", "quarter", "half_year", "year")


@dataclass(frozen=True, slots=True)
class UnitInput:
    """A unit by the name it means; `kind` is a UnitKind value, `collective_kind` a BureauKind value or "".

    `written` is how the document has it where that is not the whole name (工业和信息化厅 after 省科技厅), else "".
    `alias` is a second name of the unit (市场监管局（知识产权局）), else "". `span` is its place in the source.
    """

    text: str
    kind: str
    is_lead: bool = False
    collective_kind: str = ""
    written: str = ""
    alias: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TargetInput:
    """A target as read."""

    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    due: date | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MilestoneInput:
    """A dated step of the roadmap as read."""

    title: str
    due: date
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ActionItemInput:
    """A single thing to do out of a measure's text (拆解)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """A measure as read; one with `due` is dated, all others wait for a decision on their schedule.

    `cycle` is how often an ongoing measure reports where the document says so (`CYCLES`), else ""; `valid_until` the
    day up to which it is in force (实施期限至). `spans` names the places of title, text, schedule and units. `code` is
    the ledger's own, where a downloaded ledger bears it, else "".
    """

    title: str
    number: str = ""
    text: str = ""
    schedule: str = ""
    due: date | None = None
    line: int | None = None
    units: Sequence[UnitInput] = ()
    targets: Sequence[TargetInput] = ()
    differences: Sequence[Any] = ()
    is_ongoing: bool = False
    cycle: str = ""
    valid_until: date | None = None
    milestones: Sequence[MilestoneInput] = ()
    items: Sequence[ActionItemInput] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True, slots=True)
class SectionInput:
    """A section as read."""

    number: str
    title: str
    measures: Sequence[MeasureInput] = ()


@dataclass(frozen=True, slots=True)
class PlanInput:
    """A plan as read from a document or a ledger file."""

    title: str
    source_hash: str
    source_name: str
    period_start: date
    period_end: date
    sections: Sequence[SectionInput]
    warnings: Sequence[Any] = field(default_factory=tuple)
