"""What happens when: moments in office hours, and a diary that plays its entries in order, each at its moment."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Self
from zlib import crc32
from zoneinfo import ZoneInfo

from workflow.clock.calendar import Calendar
from workflow.clock.now import at

ZONE = ZoneInfo("Asia/Shanghai")
MORNING, AFTERNOON = timedelta(hours=8, minutes=40), timedelta(hours=13, minutes=40)
MORNING_MINUTES, OFFICE_MINUTES = 190, 420
"""Minutes worked before noon, and in the whole day."""

Act = Callable[[], object]


def moment(day: date, minute: int) -> datetime:
    """The `minute`-th office minute of `day`, noon left out."""
    midnight = datetime.combine(day, datetime.min.time(), ZONE)
    if minute < MORNING_MINUTES:
        return midnight + MORNING + timedelta(minutes=minute)
    return midnight + AFTERNOON + timedelta(minutes=minute - MORNING_MINUTES)


def drawn(key: str, sides: int) -> int:
    """A number below `sides` that looks drawn by lot and is always the same for `key`."""
    return crc32(key.encode()) % sides


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a course of events stands: the next event on it comes later than this office minute of `day`."""

    key: str
    day: date
    minute: int = 0

    def on(self, day: date, calendar: Calendar) -> Self:
        """The thread one event on, on `day`, or as soon after it as office hours allow."""
        if day > self.day:
            return replace(self, day=day, minute=drawn(f"{self.key}{day}", OFFICE_MINUTES - 60))
        minute = self.minute + 6 + drawn(f"{self.key}{self.day}{self.minute}", 25)
        if minute < OFFICE_MINUTES:
            return replace(self, minute=minute)
        return replace(self, day=calendar.add_working_days(self.day, 1), minute=minute - OFFICE_MINUTES)

    def joined(self, *others: "Thread") -> Self:
        """The thread after everything that is on the others too."""
        stands = [(self.day, self.minute), *((thread.day, thread.minute) for thread in others)]
        day, minute = max(stands)
        return replace(self, day=day, minute=minute)


@dataclass(order=True, slots=True)
class Entry:
    """One thing that happens."""

    when: datetime
    number: int
    act: Act = field(compare=False)


@dataclass(slots=True)
class Diary:
    """Entries in any order; what lies on `today` or after it has not happened yet."""

    today: date
    entries: list[Entry] = field(default_factory=list)

    def write(self, thread: Thread, act: Act) -> None:
        """Let `act` happen where the thread stands."""
        self.entries.append(Entry(moment(thread.day, thread.minute), len(self.entries), act))

    def play(self) -> int:
        """Let everything before today happen, in order of time; how many things that were."""
        past = sorted(entry for entry in self.entries if entry.when.date() < self.today)
        for entry in past:
            with at(entry.when):
                entry.act()
        return len(past)
