"""A clock that tests set."""

from contextlib import ExitStack
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from workflow.clock.now import at, today
from workflow.queries.rules import calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock:
    """Stands at nine o'clock of a day; `to` sets another day, `wait` counts working days on."""

    def __init__(self, day: date = date(2026, 3, 2)) -> None:
        self._day = day
        self._set = ExitStack()

    def __enter__(self) -> Self:
        self.to(self._day)
        return self

    def __exit__(self, *_: object) -> None:
        self._set.close()

    @property
    def today(self) -> date:
        """The day it is."""
        return today()

    def to(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Let it be that hour of `day` in Shanghai."""
        self._set.close()
        self._set.enter_context(at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)))

    def wait(self, working_days: int) -> None:
        """Let that many working days pass."""
        self.to(calendar().add_working_days(self.today, working_days))
