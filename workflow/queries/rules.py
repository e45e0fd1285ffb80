"""The numbers and the calendar in force, kept in memory for a minute; who shows lamps looks whether they still hold."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Q

from workflow.clock.calendar import Calendar
from workflow.models import CalendarDay, RuleVersion
from workflow.rules.numbers import Numbers

T = TypeVar("T")
KEPT_SECONDS = 60.0
_kept: list[dict[Hashable, tuple[float, Any]]] = [{}]
"""One table: who was still reading for a forgotten one does not write into the new."""
_edition: list[tuple[Any, ...]] = []
"""What was kept was read from: one edition, or none yet."""


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The numbers of a plan on a day, and the version they come from ("" before one is published)."""

    numbers: Numbers
    version: str


def forget() -> None:
    """Read everything anew (after a change in this process, and between tests)."""
    _kept[0] = {}


def look_again() -> None:
    """Read anew what another process has changed: every version of the rules and every day of the calendar counts.

    One small statement; versions are only ever added, days are also rewritten.
    """
    edition = _read_edition()
    if _edition != [edition]:
        forget()
        _edition[:] = [edition]


def _read_edition() -> tuple[Any, ...]:
    listed = "string_agg" if connection.vendor == "postgresql" else "group_concat"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT {listed}(CAST(date AS text) || CAST(is_working AS text), ',')"  # noqa: S608
            f" FROM {CalendarDay._meta.db_table}),"
            f" (SELECT {listed}(CAST(id AS text), ',') FROM {RuleVersion._meta.db_table})"
        )
        return tuple(cursor.fetchone() or ())


def remembered(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read at most once a minute for the same key."""
    table = _kept[0]
    held = table.get(key)
    if held is not None and held[0] > time.monotonic():
        return held[1]  # type: ignore[no-any-return]
    value = read()
    table[key] = (time.monotonic() + KEPT_SECONDS, value)
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


def plans_with_rules() -> tuple[int, ...]:
    """The plans that have published numbers of their own."""

    def read() -> tuple[int, ...]:
        own = RuleVersion.objects.filter(plan__isnull=False).order_by("plan_id")
        return tuple(plan for plan in own.values_list("plan_id", flat=True).distinct() if plan is not None)

    return remembered("plans with rules", read)


def calendar() -> Calendar:
    """The official calendar with the administrator's own days."""

    def read() -> Calendar:
        return Calendar.from_days(dict(CalendarDay.objects.values_list("date", "is_working")))

    return remembered("calendar", read)
