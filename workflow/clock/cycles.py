"""How an ongoing measure's plan period is cut into cycles, and by when each is reported (RULES.md, Reporting)."""

from dataclasses import dataclass
from datetime import date, timedelta

from workflow.clock.calendar import Calendar
from workflow.rules.numbers import Numbers

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """One cycle to be: its first and last day, the shares' and the lead's due dates, its working days."""

    start: date
    end: date
    share_due: date
    due: date
    working_days: int


def _end_of_block(day: date, months: int) -> date:
    """The last day of the calendar month, quarter or year that holds `day`."""
    last_month = ((day.month - 1) // months + 1) * months
    year, month = (day.year + 1, 1) if last_month == 12 else (day.year, last_month + 1)
    return date(year, month, 1) - timedelta(days=1)


def lay_out(length: str, start: date, end: date, calendar: Calendar, numbers: Numbers) -> list[CyclePlan]:
    """The cycles of `length` ("month", "quarter", "year") from `start` to `end`, both included.

    Raises KeyError for another length. The first and the last cycle may be short.
    """
    cycles = []
    first = start
    while first <= end:
        last = min(_end_of_block(first, MONTHS[length]), end)
        cycles.append(_cycle(length, first, last, calendar, numbers))
        first = last + timedelta(days=1)
    return cycles


def single(start: date, due: date, calendar: Calendar) -> CyclePlan:
    """The one cycle of a dated measure: everything is due on the working day on or before `due`."""
    end = max(start, due)
    deadline = calendar.deadline_on_or_before(due)
    return CyclePlan(start, end, deadline, deadline, calendar.working_days_in(start, end))


def _cycle(length: str, first: date, last: date, calendar: Calendar, numbers: Numbers) -> CyclePlan:
    """One cycle. Where it begins after the day on which the shares would report, everything is due on its last day."""
    share_day, due_day = (_day_of(last, getattr(numbers, f"{length}_{who}_day")) for who in ("share", "lead"))
    if share_day < first:
        share_day = due_day = last
    share_due, due = calendar.deadline_on_or_before(share_day), calendar.deadline_on_or_before(due_day)
    return CyclePlan(first, last, share_due, due, calendar.working_days_in(first, last))


def _day_of(last: date, day: int) -> date:
    """That day of the month in which the cycle ends, or its last day where it ends earlier."""
    return last.replace(day=min(day, last.day))
