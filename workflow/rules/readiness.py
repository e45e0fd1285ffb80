"""When a measure is ready for the ledger (DOMAIN.md, a plan is `draft` until every measure is ready)."""

from dataclasses import dataclass
from enum import StrEnum


class Gap(StrEnum):
    """What a measure still lacks."""

    LEAD = "lead"
    UNIT = "unit"
    SCHEDULE = "schedule"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """What is known of a draft measure: counts of leads, open units and open targets; whether it is timed."""

    leads: int
    undecided_units: int
    is_timed: bool
    undecided_targets: int


def gaps(facts: ReadinessFacts) -> tuple[Gap, ...]:
    """What the measure lacks: one lead, every unit decided, a due date or a cycle, its targets decided."""
    found = []
    if facts.leads != 1:
        found.append(Gap.LEAD)
    if facts.undecided_units:
        found.append(Gap.UNIT)
    if not facts.is_timed:
        found.append(Gap.SCHEDULE)
    if facts.undecided_targets:
        found.append(Gap.TARGET)
    return tuple(found)
