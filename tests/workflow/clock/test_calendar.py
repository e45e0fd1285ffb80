"""Working days by the official calendar, held against two independent sources for every year they share."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from chinese_calendar import constants
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.clock.calendar import Calendar, official
from workflow.clock.official_days import HOLIDAYS, MAKE_UP_DAYS
from workflow.models import CalendarDay
from workflow.queries.rules import calendar, forget

DAY = timedelta(days=1)
CALENDAR = Calendar.from_days({})
THEIRS = sorted(set(HOLIDAYS) & {day.year for day in constants.holidays})


def _days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]


def test_the_sources_share_years_with_ours() -> None:
    assert {2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026} <= set(THEIRS)
    assert set(HOLIDAYS) == set(MAKE_UP_DAYS)


@pytest.mark.parametrize("year", THEIRS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    differing = [day for day in _days(year) if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize("year", [year for year in sorted(HOLIDAYS) if year >= 2019])
def test_every_day_agrees_with_holidays(year: int) -> None:
    theirs = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    differing = [day for day in _days(year) if CALENDAR.is_working(day) != theirs.is_working_day(day)]
    assert differing == []


def test_a_make_up_day_is_a_weekend_day_and_a_holiday_is_none() -> None:
    for year, days in MAKE_UP_DAYS.items():
        for day in (date.fromisoformat(f"{year}-{day}") for day in days):
            assert day.weekday() >= 5
            assert official()[day] is True


def test_a_year_that_was_not_announced_knows_its_weekends_and_says_so() -> None:
    assert CALENDAR.is_confirmed(2026)
    assert not CALENDAR.is_confirmed(2027)
    assert CALENDAR.is_working(date(2027, 10, 1))
    assert not CALENDAR.is_working(date(2027, 10, 2))


def test_an_administrators_day_goes_before_the_announced_one() -> None:
    own = Calendar.from_days({date(2026, 10, 1): True, date(2026, 3, 2): False})
    assert own.is_working(date(2026, 10, 1))
    assert not own.is_working(date(2026, 3, 2))


@pytest.mark.parametrize(("works", "confirmed"), [(False, True), (True, False)])
def test_a_year_is_confirmed_by_its_holidays_and_not_by_a_working_day(works: bool, confirmed: bool) -> None:
    assert Calendar.from_days({date(2027, 1, 1): works}).is_confirmed(2027) == confirmed


@pytest.mark.django_db
def test_days_that_administrators_enter_are_in_force() -> None:
    assert calendar().is_working(date(2026, 3, 2))
    CalendarDay.objects.create(date=date(2026, 3, 2), is_working=False, name="校庆")
    forget()
    assert not calendar().is_working(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("start", "count", "day"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 2, date(2026, 3, 4)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 24), -1, date(2026, 2, 14)),
        (date(2026, 4, 30), 3, date(2026, 5, 8)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_working_days_are_added_over_holidays_make_up_days_and_the_year(
    start: date, count: int, day: date
) -> None:
    assert CALENDAR.add_working_days(start, count) == day


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2026, 2, 20), date(2026, 2, 14)),
        (date(2026, 10, 7), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_deadline_on_a_day_off_moves_to_the_working_day_before(day: date, deadline: date) -> None:
    assert CALENDAR.deadline_on_or_before(day) == deadline


some_day = st.dates(date(2018, 6, 1), date(2028, 6, 30))
own_days = st.dictionaries(some_day, st.booleans(), max_size=30)


@settings(max_examples=200, deadline=None)
@given(own=own_days, first=some_day, last=some_day)
def test_counting_agrees_with_walking(own: dict[date, bool], first: date, last: date) -> None:
    ours = Calendar.from_days(own)
    walked = sum(ours.is_working(first + n * DAY) for n in range((last - first).days + 1))
    assert ours.working_days_in(first, last) == walked
    between = ours.working_days_between(first, last)
    assert between == -ours.working_days_between(last, first)
    if first <= last:
        assert between == walked - ours.is_working(first)


@settings(max_examples=200, deadline=None)
@given(own=own_days, start=some_day, count=st.integers(1, 40))
def test_adding_and_counting_are_inverse(own: dict[date, bool], start: date, count: int) -> None:
    ours = Calendar.from_days(own)
    end = ours.add_working_days(start, count)
    assert ours.is_working(end)
    assert ours.working_days_between(start, end) == count
    begin = ours.add_working_days(start, -count)
    assert ours.is_working(begin)
    assert ours.working_days_in(begin, start - DAY) == count


@settings(max_examples=200, deadline=None)
@given(on=some_day, due=some_day, count=st.integers(0, 20))
def test_the_last_day_with_so_many_working_days_left_is_a_threshold(on: date, due: date, count: int) -> None:
    near = CALENDAR.working_days_in(on, due) <= count
    assert (due <= CALENDAR.last_day_with(count, on)) == near


@settings(max_examples=200, deadline=None)
@given(on=some_day, day=some_day, count=st.integers(1, 20))
def test_the_last_day_after_which_so_many_working_days_passed_is_a_threshold(
    on: date, day: date, count: int
) -> None:
    passed = CALENDAR.working_days_between(day, on) >= count
    assert (day <= CALENDAR.last_day_passed_by(count, on)) == passed
