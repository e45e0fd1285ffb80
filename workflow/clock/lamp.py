"""The lamp's rule (RULES.md, Lamp): its reasons from worst to best, and the dates between which each holds.

Pure arithmetic: `workflow/queries/lamps.py` turns the dates into conditions, so that lists filter by the lamp.
Reasons from milestones, false reports and yellow periods join with the data they rest on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.clock.calendar import Calendar
from workflow.rules.numbers import Numbers, due_hint_days
from workflow.states import Lamp


class Reason(IntEnum):
    """Why the lamp has its colour; the smaller the worse. Values are compared in the database, never stored."""

    DUE_PASSED = 10
    TARGET_PASSED = 11
    EVALUATION_FAILED = 12
    REPORT_VERY_LATE = 13
    REPORT_LATE = 20
    RETURNED_TWICE = 21
    UNACCEPTED_LATE = 22
    SUPPORT_IN_RED = 23
    DUE_SOON = 30
    TARGET_SOON = 31
    REPORT_SOON = 32
    UNACCEPTED = 33
    ON_TRACK = 40
    NOT_OPEN = 50
    SUSPENDED = 51
    ENDED = 60


def colour_of(reason: Reason) -> Lamp:
    """The lamp's colour for a reason."""
    tens = {1: Lamp.RED, 2: Lamp.YELLOW, 3: Lamp.BLUE, 4: Lamp.GREEN, 5: Lamp.GREY, 6: Lamp.NONE}
    return tens[reason // 10]


WORDS: Mapping[Reason, Promise] = {
    Reason.DUE_PASSED: _("The due date has passed and nothing has been reported."),
    Reason.TARGET_PASSED: _("A target's date has passed without a value."),
    Reason.EVALUATION_FAILED: _("The last third-party evaluation was failed."),
    Reason.REPORT_VERY_LATE: _("The report of this cycle is more than %(days)s working days late."),
    Reason.REPORT_LATE: _("The report of this cycle is late."),
    Reason.RETURNED_TWICE: _("The report was returned at least %(times)s times in this cycle."),
    Reason.UNACCEPTED_LATE: _("The share was not accepted within %(days)s working days."),
    Reason.SUPPORT_IN_RED: _("A supporting bureau's share is overdue."),
    Reason.DUE_SOON: _("The due date is near."),
    Reason.TARGET_SOON: _("A target's date is near."),
    Reason.REPORT_SOON: _("The report of this cycle is due soon."),
    Reason.UNACCEPTED: _("The share is not accepted yet."),
    Reason.ON_TRACK: _("No date is near or passed."),
    Reason.NOT_OPEN: _("The work is not open yet."),
    Reason.SUSPENDED: _("Suspended: the clocks stand."),
    Reason.ENDED: _("Nothing is due any more."),
}


def words_of(reason: Reason, numbers: Numbers) -> str:
    """The reason in the reader's language."""
    params = {
        Reason.REPORT_VERY_LATE: {"days": numbers.report_late_red},
        Reason.RETURNED_TWICE: {"times": numbers.returns_yellow},
        Reason.UNACCEPTED_LATE: {"days": numbers.accept_within},
    }
    return str(WORDS[reason]) % params.get(reason, {})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The dates that decide on one day, all of them last days for which a reason holds.

    `due_soon`: working days of the hint → the last due date that is that near.
    """

    on: date
    due_passed: date
    due_soon: Mapping[int, date] = field(hash=False)
    report_soon: date
    report_late: date
    report_very_late: date
    unaccepted: date
    unaccepted_late: date
    returns: int
    numbers: Numbers


def thresholds(on: date, calendar: Calendar, numbers: Numbers) -> Thresholds:
    """The dates that decide on the day `on`."""
    hints = range(numbers.due_hint_least, max(numbers.due_hint_least, numbers.due_hint_most) + 1)
    return Thresholds(
        on=on,
        due_passed=calendar.last_day_with(0, on),
        due_soon={days: calendar.last_day_with(days, on) for days in hints},
        report_soon=calendar.last_day_with(numbers.report_hint, on),
        report_late=calendar.last_day_passed_by(1, on),
        report_very_late=calendar.last_day_passed_by(numbers.report_late_red + 1, on),
        unaccepted=calendar.last_day_passed_by(numbers.accept_hint_after, on),
        unaccepted_late=calendar.last_day_passed_by(numbers.accept_within, on),
        returns=numbers.returns_yellow,
        numbers=numbers,
    )


def due_soon_of(working_days: int, at: Thresholds) -> date:
    """The last due date that is near, for a period of `working_days`."""
    return at.due_soon[due_hint_days(working_days, at.numbers)]
