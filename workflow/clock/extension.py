"""The days that limit an extension (RULES.md, Requests)."""

from datetime import date

from workflow.clock.calendar import Calendar
from workflow.rules.numbers import Numbers


def latest_extension(first_due: date, whole_period: int, calendar: Calendar, numbers: Numbers) -> date:
    """The last day to which a share can be extended: half of the original time past its first due date."""
    return calendar.add_working_days(first_due, whole_period * numbers.extension_percent // 100)


def is_late_for(due: date, on: date, calendar: Calendar, numbers: Numbers) -> bool:
    """Whether an extension is asked too late: fewer than five working days before the due date."""
    return calendar.working_days_between(on, due) < numbers.extension_ahead
