"""How far a day lies in a period, and where one of some years begins."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The day's number in the period, how many days it has, and the part that is over in whole percent.

    `day` is 0 before the first day and `days` after the last.
    """

    day: int
    days: int

    @property
    def percent(self) -> int:
        """From 0 to 100."""
        return round(100 * self.day / self.days)


def elapsed(start: date, end: date, on: date) -> Elapsed:
    """How far `on` lies in the period from `start` to `end`, both included."""
    days = (end - start).days + 1
    return Elapsed(day=min(max((on - start).days + 1, 0), days), days=days)


def years_before(day: date, years: int) -> date:
    """The same day `years` ago; for 29 February the 28th where there was none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
