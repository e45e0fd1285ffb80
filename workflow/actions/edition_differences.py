"""What a later edition changes of a measure, field by field: compared by meaning, never by layout.

The width of signs and blanks mean nothing; a schedule is its date or cycle, a target its words, number and day, the
units are a lead and the others in whatever order. `before` and `after` are plain data for JSON.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.actions.plan_rows import kind_of
from workflow.models import Measure, Section, Target
from workflow.models.amendment import AmendedField
from workflow.models.measure import CycleLength, MeasureKind
from workflow.states import TargetState

F = AmendedField


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as it stands and as the later edition has it."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Place:
    """The section of a measure in the later edition; `kept` is the plan's own section that it is, if any."""

    number: str
    title: str
    kept: Section | None


def words_of(text: str) -> str:
    """The text as it is compared: no blanks, signs of one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def differences(measure: Measure, given: MeasureInput, place: Place) -> list[Difference]:
    """What the later edition has otherwise of a measure.

    `measure` has its section, units, targets, milestones and items at hand. What the edition leaves out altogether and
    a layout need not have (a number, the roadmap, the single things to do) is no difference.
    """
    pairs = (
        (F.TITLE, *_texts(measure.title, given.title)),
        (F.NUMBER, *(_texts(measure.number, given.number) if given.number else (None, None))),
        (F.SECTION, *_sections(measure, place)),
        (F.TEXT, *_texts(measure.text, given.text)),
        (F.SCHEDULE, *_schedules(measure, given)),
        (F.UNITS, *_units(measure, given.units)),
        (F.TARGETS, *_targets(measure, given.targets)),
        (F.MILESTONES, *_lists(_steps_of(measure), [_step(s.title, s.due) for s in given.milestones])),
        (F.ITEMS, *_lists([one.text for one in measure.items.all()], [one.text for one in given.items])),
    )
    return [Difference(field, before, after) for field, before, after in pairs if before != after]


def _texts(before: str, after: str) -> tuple[str, str]:
    return (before, before) if words_of(before) == words_of(after) else (before, after)


def _sections(measure: Measure, place: Place) -> tuple[Any, Any]:
    if place.kept is not None and place.kept.pk == measure.section_id:
        return None, None
    return (
        {"number": measure.section.number, "title": measure.section.title},
        {"number": place.number, "title": place.title},
    )


def _lists(before: list[Any], after: list[Any]) -> tuple[Any, Any]:
    """Both lists, where the edition has one and it says something else."""
    same = not after or [_plain(one) for one in before] == [_plain(one) for one in after]
    return (None, None) if same else (before, after)


def _plain(one: Any) -> Any:
    return words_of(one) if isinstance(one, str) else {name: words_of(value) for name, value in one.items()}


def _steps_of(measure: Measure) -> list[dict[str, str]]:
    return [_step(one.title, one.due) for one in measure.milestones.all()]


def _step(title: str, due: date) -> dict[str, str]:
    return {"title": title, "due": due.isoformat()}


def _schedules(measure: Measure, given: MeasureInput) -> tuple[Any, Any]:
    if is_same_schedule(measure, given):
        return None, None
    return schedule_data(measure), given_schedule_data(given)


def is_same_schedule(measure: Measure, given: MeasureInput) -> bool:
    """Whether both mean one date or one cycle, or the same words, of which a decision may have been taken since."""
    stood, new = schedule_data(measure), given_schedule_data(given)
    if all(stood[name] == new[name] for name in ("kind", "due", "cycle")) and new["kind"]:
        return True
    if words_of(measure.schedule) == words_of(given.schedule):
        return not new["kind"] or bool(measure.schedule_basis)
    return bool(given.is_ongoing and not given.cycle and measure.kind == MeasureKind.ONGOING)


def schedule_data(measure: Measure) -> dict[str, Any]:
    """The measure's schedule as it stands."""
    return {
        "schedule": measure.schedule,
        "kind": str(measure.kind),
        "due": _day(measure.due if measure.kind == MeasureKind.DATED else None),
        "cycle": str(measure.cycle_length),
    }


def given_schedule_data(given: MeasureInput) -> dict[str, Any]:
    """The schedule of the later edition."""
    kind = kind_of(given)
    return {
        "schedule": given.schedule,
        "kind": str(kind),
        "due": _day(given.due if kind == MeasureKind.DATED else None),
        "cycle": given.cycle if kind == MeasureKind.ONGOING else str(CycleLength.NONE),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _units(measure: Measure, given: Sequence[UnitInput]) -> tuple[Any, Any]:
    before = [_unit(unit.text, unit.kind, is_lead=unit.is_lead) for unit in measure.units.all()]
    after = [_unit(unit.text, unit.kind, is_lead=unit.is_lead) for unit in given]
    return (None, None) if _roles(before) == _roles(after) else (before, after)


def _unit(text: str, kind: str, *, is_lead: bool) -> dict[str, Any]:
    return {"text": text, "is_lead": is_lead, "kind": str(kind)}


def _roles(units: Iterable[dict[str, Any]]) -> set[tuple[str, bool]]:
    return {(words_of(unit["text"]), unit["is_lead"]) for unit in units}


def _targets(measure: Measure, given: Sequence[TargetInput]) -> tuple[Any, Any]:
    new, gone = unmatched_targets(list(measure.targets.all()), given)
    if not new and not gone:
        return None, None
    held = [target_data(one) for one in measure.targets.all() if one.state != TargetState.WAIVED]
    return held, [target_data(one) for one in given]


def unmatched_targets(
    held: Sequence[Target], given: Sequence[TargetInput]
) -> tuple[list[TargetInput], list[Target]]:
    """The targets that the later edition adds, and those that hold and are in it no more.

    A waived target is not proposed anew, and not missed.
    """
    left, new = list(held), []
    for target in given:
        same = next((one for one in left if _is_same_target(one, target)), None)
        if same is None:
            new.append(target)
        else:
            left.remove(same)
    return new, [one for one in left if one.state != TargetState.WAIVED]


def _is_same_target(held: Target, given: TargetInput) -> bool:
    """The same words and day; what the edition says of the number, where it says anything, holds."""
    if held.due != given.due or words_of(held.text) != words_of(given.text):
        return False
    if given.value is None and not given.comparator:
        return True
    mine = (held.comparator, _number(held.value), words_of(held.unit))
    return mine == (given.comparator, _number(given.value), words_of(given.unit))


def target_data(target: Target | TargetInput) -> dict[str, Any]:
    """A target as plain data."""
    return {
        "text": target.text,
        "comparator": str(target.comparator),
        "value": _number(target.value),
        "unit": target.unit,
        "due": _day(target.due),
    }


def _number(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{Decimal(value).normalize():f}"
