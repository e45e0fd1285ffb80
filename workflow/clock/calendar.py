"""Working days by the official calendar, make-up working days included (RULES.md, wd)."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from types import MappingProxyType

from workflow.clock.official_days import HOLIDAYS, MAKE_UP_DAYS

DAY = timedelta(days=1)
SATURDAY = 5


@cache
def official() -> Mapping[date, bool]:
    """Every announced day that differs from its weekday → whether people work on it."""
    days: dict[date, bool] = {}
    for year, spans in HOLIDAYS.items():
        for first, last in spans:
            day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
            while day <= end:
                days[day] = False
                day += DAY
    for year, made_up in MAKE_UP_DAYS.items():
        days.update((date.fromisoformat(f"{year}-{day}"), True) for day in made_up)
    return MappingProxyType(days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Answers what is a working day. `days`: day → whether people work, where it differs from the weekday."""

    days: Mapping[date, bool]
    confirmed_years: frozenset[int] = field(default_factory=frozenset)
    _changes: tuple[list[int], list[int]] = field(init=False, repr=False, compare=False)
    """Ordinals of the days that differ from their weekday, in order, and how many working days they add up to each."""

    def __post_init__(self) -> None:
        differing = sorted(
            (day.toordinal(), works) for day, works in self.days.items() if works != _is_weekday(day)
        )
        added = accumulate(1 if works else -1 for _, works in differing)
        object.__setattr__(self, "_changes", ([ordinal for ordinal, _ in differing], [0, *added]))

    @classmethod
    def from_days(cls, own: Mapping[date, bool]) -> "Calendar":
        """The official calendar with the administrators' own days (day → whether people work) over it.

        A year counts as confirmed when it was announced, or when an administrator entered holidays for it.
        """
        entered = {day.year for day, works in own.items() if not works}
        return cls({**official(), **own}, frozenset(HOLIDAYS) | entered)

    def is_confirmed(self, year: int) -> bool:
        """Whether the holidays of `year` are known; otherwise only its weekends are (未确认)."""
        return year in self.confirmed_years

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`."""
        known = self.days.get(day)
        return _is_weekday(day) if known is None else known

    def working_days_in(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both included; 0 when `last` is before `first`.

        Counted without walking the days, for lists show it on every line.
        """
        return self._up_to(last.toordinal()) - self._up_to(first.toordinal() - 1) if first <= last else 0

    def _up_to(self, ordinal: int) -> int:
        """How many working days there are from the first day of the calendar to that one (a Monday was the first)."""
        ordinals, added = self._changes
        weeks, days = divmod(ordinal, 7)
        return 5 * weeks + min(days, 5) + added[bisect_right(ordinals, ordinal)]

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start` up to and including `end`; negative when `end` is before."""
        if end < start:
            return -self.working_days_in(end + DAY, start)
        return self.working_days_in(start + DAY, end)

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (before it for a negative count); `start` itself for 0."""
        step, left, day = (DAY if count > 0 else -DAY), abs(count), start
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def deadline_on_or_before(self, day: date) -> date:
        """The working day on or before `day`: a deadline on a day off moves to the working day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def last_day_with(self, count: int, on: date) -> date:
        """The last day up to which, counted from and with `on`, there are at most `count` working days."""
        return self.add_working_days(on - DAY, count + 1) - DAY

    def last_day_passed_by(self, count: int, on: date) -> date:
        """The last day after which at least `count` working days had begun by the end of `on`."""
        return self.add_working_days(on + DAY, -count) - DAY


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY
