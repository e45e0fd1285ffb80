"""The numbers and the calendar in force, kept in memory for a minute."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, Q

from workflow.clock.calendar import Calendar
from workflow.models import CalendarDay, RuleVersion
from workflow.rules.numbers import Numbers

T = TypeVar("T")
KEPT_SECONDS = 60.0
_kept: dict[Hashable, tuple[float, Any]] = {}


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The numbers of a plan on a day, and the version they come from ("" before one is published)."""

    numbers: Numbers
    version: str


def forget() -> None:
    """Read everything anew (after a change in this process, and between tests)."""
    _kept.clear()


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read at most once a minute for the same key."""
    held = _kept.get(key)
    if held is not None and held[0] > time.monotonic():
        return held[1]  # type: ignore[no-any-return]
    value = read()
    _kept[key] = (time.monotonic() + KEPT_SECONDS, value)
    return value


def rules_of(plan_id: int | None, on: date) -> RulesInForce:
    """The newest version of the plan's own rules that holds on `on`, else of the common ones, else the defaults."""

    def read() -> RulesInForce:
        version = (
            RuleVersion.objects.filter(Q(plan_id=plan_id) | Q(plan=None), holds_from__lte=on)
            .order_by(F("plan_id").asc(nulls_last=True), "-holds_from", "-number")
            .first()
        )
        if version is None:
            return RulesInForce(Numbers(), "")
        return RulesInForce(version.numbers, f"{version.plan_id or '*'}:{version.number}")

    return remembered(("rules", plan_id, on), read)


def calendar() -> Calendar:
    """The official calendar with the administrator's own days."""

    def read() -> Calendar:
        return Calendar.from_days(dict(CalendarDay.objects.values_list("date", "is_working")))

    return remembered("calendar", read)
