"""A measure as read, as plain data for JSON and back: every field is kept, whatever fields come to be added."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from workflow.actions.importing import ReadDraft, ReadSection
from workflow.actions.plan_input import (
    ActionItemInput,
    MeasureInput,
    MilestoneInput,
    PlanInput,
    SectionInput,
    TargetInput,
    UnitInput,
)
from workflow.intake.plan_read import PlanRead

Part = TypeVar("Part", MeasureInput, UnitInput, TargetInput, MilestoneInput, ActionItemInput)

PARTS: dict[str, type[Any]] = {
    "units": UnitInput,
    "targets": TargetInput,
    "milestones": MilestoneInput,
    "items": ActionItemInput,
}
"""The fields of a measure that hold several things of a kind."""
_KINDS: tuple[type[Any], ...] = (MeasureInput, *PARTS.values())
NAMES = {kind: frozenset(field.name for field in fields(kind)) for kind in _KINDS}
"""The fields of each kind of part; data of another version of the reader may have others."""
DAYS = frozenset({"due", "valid_until"})
NUMBERS = frozenset({"value"})


def sections_of(read: PlanRead) -> list[ReadSection]:
    """The sections of a plan as read, their measures as data."""
    return [
        ReadSection(section.number, section.title, [measure_data(measure) for measure in section.measures])
        for section in read.plan.sections
    ]


def draft_of(read: PlanRead) -> ReadDraft:
    """What was read, as the draft keeps it."""
    plan = read.plan
    return ReadDraft(
        title=plan.title,
        period=read.period,
        period_start=plan.period_start,
        period_end=plan.period_end,
        source_hash=plan.source_hash,
        source_name=plan.source_name,
        text=read.text,
        sections=sections_of(read),
        warnings=[warning.stored() for warning in read.warnings],
        code=read.code,
    )


def measure_data(measure: MeasureInput) -> dict[str, Any]:
    """The measure as JSON keeps it: days in ISO form, numbers as words, places as pairs."""
    data: dict[str, Any] = _plain(asdict(measure))
    return data


def measure_input(data: Mapping[str, Any]) -> MeasureInput:
    """The measure that `measure_data` made into `data`. Raises ValueError for data that it cannot have made."""
    return _part(MeasureInput, data)


def plan_input(
    facts: Mapping[str, Any], sections: Sequence[ReadSection], warnings: Sequence[Any]
) -> PlanInput:
    """The plan that a draft has become; `facts` are the fields of PlanInput but sections and warnings."""
    given = [
        SectionInput(section.number, section.title, [measure_input(data) for data in section.measures])
        for section in sections
    ]
    return PlanInput(**facts, sections=given, warnings=list(warnings))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _part(kind: type[Part], data: Mapping[str, Any]) -> Part:
    names = NAMES[kind]
    return kind(**{name: _value(name, value) for name, value in data.items() if name in names})


def _value(name: str, value: Any) -> Any:
    """The field's value with its own type."""
    if value is None:
        return None
    if name in PARTS:
        return [_part(PARTS[name], one) for one in value]
    if name in DAYS:
        return date.fromisoformat(value)
    if name in NUMBERS:
        return Decimal(value)
    if name == "span":
        return tuple(value)
    if name == "spans":
        return {key: tuple(span) for key, span in value.items()}
    return value
