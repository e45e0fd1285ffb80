"""How a plan's period is cut into cycles, and by when each is reported."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.clock.calendar import Calendar
from workflow.clock.cycles import CyclePlan, lay_out, single
from workflow.rules.numbers import Numbers

CALENDAR = Calendar.from_days({})
NUMBERS = Numbers()
DAY = timedelta(days=1)


def _laid_out(length: str, start: date, end: date) -> list[CyclePlan]:
    return lay_out(length, start, end, CALENDAR, NUMBERS)


def test_quarters_report_on_the_20th_and_25th_of_their_last_month() -> None:
    cycles = _laid_out("quarter", date(2026, 1, 1), date(2026, 12, 31))
    assert [(c.start, c.end) for c in cycles] == [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]
    assert [(c.share_due, c.due) for c in cycles] == [
        (date(2026, 3, 20), date(2026, 3, 25)),
        (date(2026, 6, 18), date(2026, 6, 25)),  # 19 to 21 June are a holiday
        (date(2026, 9, 20), date(2026, 9, 24)),  # the 20th is a make-up Sunday, 25 to 27 a holiday
        (date(2026, 12, 18), date(2026, 12, 25)),
    ]


def test_months_report_on_the_25th_and_28th() -> None:
    february = _laid_out("month", date(2026, 2, 1), date(2026, 2, 28))
    assert [(c.share_due, c.due) for c in february] == [(date(2026, 2, 25), date(2026, 2, 28))]


def test_years_report_on_the_15th_and_25th_of_december() -> None:
    (year,) = _laid_out("year", date(2026, 1, 1), date(2026, 12, 31))
    assert (year.share_due, year.due) == (date(2026, 12, 15), date(2026, 12, 25))


def test_the_last_cycle_ends_with_the_plan_and_reports_in_its_own_last_month() -> None:
    last = _laid_out("year", date(2026, 1, 1), date(2027, 6, 30))[-1]
    assert (last.start, last.end) == (date(2027, 1, 1), date(2027, 6, 30))
    assert (last.share_due, last.due) == (date(2027, 6, 15), date(2027, 6, 25))


@pytest.mark.parametrize("start", [date(2026, 3, 21), date(2026, 3, 24), date(2026, 3, 31)])
def test_a_cycle_begun_after_its_reporting_day_is_due_on_its_last_day(start: date) -> None:
    first = _laid_out("quarter", start, date(2026, 12, 31))[0]
    assert (first.share_due, first.due) == (date(2026, 3, 31), date(2026, 3, 31))


def test_another_length_is_an_error() -> None:
    with pytest.raises(KeyError):
        _laid_out("week", date(2026, 1, 1), date(2026, 12, 31))


def test_a_dated_measure_is_due_on_the_working_day_on_or_before_its_date() -> None:
    plan = single(date(2026, 3, 2), date(2026, 10, 5), CALENDAR)
    assert (plan.start, plan.end) == (date(2026, 3, 2), date(2026, 10, 5))
    assert (plan.share_due, plan.due) == (date(2026, 9, 30), date(2026, 9, 30))
    assert plan.working_days == CALENDAR.working_days_in(date(2026, 3, 2), date(2026, 10, 5))


def test_a_measure_dispatched_after_its_date_keeps_that_date() -> None:
    plan = single(date(2026, 6, 1), date(2026, 3, 2), CALENDAR)
    assert (plan.start, plan.end, plan.due) == (date(2026, 6, 1), date(2026, 6, 1), date(2026, 3, 2))


@settings(max_examples=200, deadline=None)
@given(
    length=st.sampled_from(["month", "quarter", "year"]),
    start=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    days=st.integers(0, 1200),
)
def test_cycles_follow_one_another_and_cover_the_period(length: str, start: date, days: int) -> None:
    end = start + days * DAY
    cycles = _laid_out(length, start, end)
    assert (cycles[0].start, cycles[-1].end) == (start, end)
    for one, other in pairwise(cycles):
        assert other.start == one.end + DAY
    for cycle in cycles:
        assert cycle.share_due <= cycle.due <= cycle.end
        assert CALENDAR.is_working(cycle.share_due)
        assert CALENDAR.is_working(cycle.due)
        assert cycle.working_days == CALENDAR.working_days_in(cycle.start, cycle.end)
        worked = [cycle.start + n * DAY for n in range((cycle.end - cycle.start).days + 1)]
        if any(CALENDAR.is_working(day) for day in worked[:1]):
            assert cycle.due >= cycle.start
