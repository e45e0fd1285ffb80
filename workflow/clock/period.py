"""How far a day lies in a period."""

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
