"""What a schedule cell says: a due date, that the work goes on, or nothing that can be read surely."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflow.intake.source import plain_digits

_YEAR = r"(?P<year>(?:19|20|21)\d{2})年"
_MONTH_ONLY = r"(?P<month>\d{1,2})月"
_DAY_ONLY = rf"{_MONTH_ONLY}(?P<day>\d{{1,2}})日"
_END = r"(?:底|末)"
_WHOLE_YEAR = rf"{_YEAR}(?:{_END}前?|内)?"
_MONTH = rf"{_YEAR}{_MONTH_ONLY}(?:{_END}前?)?"
_DAY = rf"{_YEAR}{_DAY_ONLY}(?:之?前|以前)?"
_CELL = tuple(re.compile(rf"(?:到|至|于)?{form}(?:完成|办结)?") for form in (_DAY, _MONTH, _WHOLE_YEAR))
_ONGOING = re.compile(r"(?:持续|长期|常年)(?:推进|坚持|实施|开展|落实|抓好)?|常态化(?:推进|开展|落实)?")
_BY = r"(?:到|至|确保|力争)"
_IN_PROSE = tuple(
    re.compile(form)
    for form in (
        rf"{_BY}{_YEAR}{_DAY_ONLY}",
        rf"{_YEAR}{_DAY_ONLY}(?:之?前|以前)",
        rf"{_BY}{_YEAR}{_MONTH_ONLY}",
        rf"{_YEAR}{_MONTH_ONLY}{_END}",
        rf"{_BY}{_YEAR}",
        rf"{_YEAR}{_END}",
    )
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule that was understood: due on a date, or ongoing where `due` is None."""

    due: date | None = None


def schedule_in(cell: str) -> Schedule | None:
    """The schedule a whole cell states, or None where it cannot be read surely.

    持续推进 is a schedule only when it is the whole cell (INTAKE.md, Schedules).
    """
    written = plain_digits("".join(cell.split())).rstrip("。")
    if _ONGOING.fullmatch(written):
        return Schedule()
    found = next((match for form in _CELL if (match := form.fullmatch(written))), None)
    due = _last_day(found) if found else None
    return Schedule(due) if due else None


def dates_in(sentence: str) -> Iterator[tuple[int, date]]:
    """Dates by which a sentence promises something, with the place where each begins, in order.

    A year alone counts only after 到 and the like or before 底: 在2025年的基础上 is a baseline.
    """
    plain = plain_digits(sentence)
    taken: dict[int, date] = {}
    for form in _IN_PROSE:
        for found in form.finditer(plain):
            due = _last_day(found)
            if due is not None:
                taken.setdefault(found.end("year"), due)
    yield from sorted(taken.items())


def _last_day(found: re.Match[str]) -> date | None:
    """The last day that a date, month or year allows; None for a day that does not exist."""
    parts = found.groupdict()
    year, month = int(parts["year"]), int(parts.get("month") or 12)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(parts.get("day") or last)
    return date(year, month, day) if 1 <= day <= last else None
