"""Target dates as English plans write them: days, months, quarters, years, struck dates with the new one, going on."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from workflow.intake.source import plain_digits

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:19|20|21)\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NUMBERS = r"(?<![\d/.-])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20|21)\d{2})(?!\d)"
_ISO = r"(?<!\d)(?P<year>(?:19|20|21)\d{2})-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?(?!\d)"
_QUARTER = rf"(?:Q(?P<quarter>[1-4])|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)(?:\s+of)?,?\s+{_YEAR}"
_QUARTER_AFTER = r"(?P<year>(?:19|20|21)\d{2})\s*-?\s*Q(?P<quarter>[1-4])"
_PART = rf"(?P<part>early|mid|end|late|beginning)(?:[\s-]+of)?[\s-]+{_YEAR}"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        _ISO,
        _NUMBERS,
        _QUARTER,
        _QUARTER_AFTER,
        rf"\b{_MONTH},?\s+{_YEAR}",
        _PART,
        rf"(?<!\d)(?:19|20|21)\d{{2}}\s*(?:[-–—]+|to)\s*{_YEAR}(?!\d)",
        rf"(?<![\d/.-]){_YEAR}(?![\d/-])",
    )
)
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_STRUCK = re.compile(r"~~(?P<old>.*?)~~|<(?P<tag>del|s|strike)>(?P<tagged>.*?)</(?P=tag)>", re.DOTALL)
_CYCLES = (
    ("month", re.compile(r"\b(?:monthly|every month|each month)\b", re.IGNORECASE)),
    ("quarter", re.compile(r"\b(?:quarterly|every quarter|each quarter)\b", re.IGNORECASE)),
    (
        "half_year",
        re.compile(
            r"\b(?:semi-?annual(?:ly)?|biannual(?:ly)?|twice a year|every six months)\b", re.IGNORECASE
        ),
    ),
    ("year", re.compile(r"\b(?:annual(?:ly)?|yearly|every year|each year|once a year)\b", re.IGNORECASE)),
)
_ONGOING = re.compile(
    r"\b(?:on-?going|continuous(?:ly)?|continuing|continual(?:ly)?|recurring)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:within\s+)?(?:\d+|one|two|three|six|nine|twelve|eighteen|thirty|sixty|ninety)\s+(?:calendar\s+|working\s+|business\s+)?"
    r"(?:days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"\(?\s*(?:see above|same as above|as above|ditto|″|\")\s*\)?\.?", re.IGNORECASE)
_STARTING = re.compile(
    rf"\b(?:starting|beginning|commencing|from|since|as of|effective)\s+(?:in\s+|on\s+)?(?:[A-Za-z]+\.?\s+)?(?:\d{{1,2}},?\s+)?{_YEAR}"
    r"(?!\s*(?:[-–—]|to))",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\b(?:FY|fiscal year|financial year)\s*'?\d{2,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands, the last day it allows, and whether day and month could be changed about."""

    start: int
    end: int
    day: date
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class TargetDate:
    """What a cell of target dates says; `milestones` are its dates where it has several, or goes on after one."""

    due: date | None = None
    is_ongoing: bool = False
    cycle: str = ""
    milestones: tuple[date, ...] = ()
    is_revised: bool = False
    is_relative: bool = False
    is_ambiguous: bool = False
    is_above: bool = False
    is_clear: bool = True


def without_struck(text: str) -> str:
    """`text` with every struck part blanked, each sign keeping its place."""
    return _STRUCK.sub(lambda found: " " * len(found[0]), text)


def dates_in(text: str) -> list[Found]:
    """The dates of a text in order, struck ones left out; the longest reading at each place.

    What begins at a date (starting January 2025), a fiscal year and the like give none.
    """
    plain = without_struck(plain_digits(text))
    blocked = [found.span() for form in (_FISCAL, _STARTING) for found in form.finditer(plain)]
    found: list[Found] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in blocked):
                continue
            blocked.append(match.span())
            if day := _day(match):
                found.append(Found(*match.span(), day, _is_ambiguous(match)))
    return sorted(found, key=lambda one: one.start)


def read_target_date(cell: str) -> TargetDate:
    """What the whole cell says; the last date is the due date, a date beside “ongoing” a milestone."""
    written = " ".join(without_struck(cell).split())
    if _ABOVE.fullmatch(written):
        return TargetDate(is_above=True)
    found = dates_in(cell)
    cycle = next((name for name, form in _CYCLES if form.search(written)), "")
    goes_on = bool(cycle or _ONGOING.search(written))
    days = tuple(sorted({one.day for one in found}))
    return TargetDate(
        due=days[-1] if days and not goes_on else None,
        is_ongoing=goes_on,
        cycle=cycle,
        milestones=days if goes_on else days[:-1],
        is_revised=_STRUCK.search(cell) is not None,
        is_relative=not days and _RELATIVE.search(written) is not None,
        is_ambiguous=any(one.is_ambiguous for one in found),
        is_clear=bool(days or goes_on),
    )


def struck_in(cell: str) -> str:
    """The struck text of a cell, "" where nothing is struck."""
    found = _STRUCK.search(cell)
    return (found["old"] or found["tagged"] or "").strip() if found else ""


def _is_ambiguous(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    if parts.get("first") is None:
        return False
    first, second = int(parts["first"]), int(parts["second"])
    return first <= 12 and second <= 12 and first != second


def _day(match: re.Match[str]) -> date | None:
    parts = {name: text for name, text in match.groupdict().items() if text is not None}
    for needed, read in _READINGS:
        if needed in parts:
            return read(parts)
    return _last_day(int(parts["year"]), 12, None)


def _last_day(year: int, month: int, day: int | None) -> date | None:
    """That day, or the month's last; None for one that does not exist."""
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if 1 <= (day or last) <= last else None


def _by_numbers(parts: dict[str, str]) -> date | None:
    """Month first, as most of these plans write; day first where the month could not be."""
    first, second, year = int(parts["first"]), int(parts["second"]), int(parts["year"])
    return _last_day(year, first, second) if first <= 12 else _last_day(year, second, first)


def _by_month(parts: dict[str, str]) -> date | None:
    day = int(parts["day"]) if "day" in parts else None
    return _last_day(int(parts["year"]), MONTHS[parts["month"].lower()], day)


def _by_iso(parts: dict[str, str]) -> date | None:
    day = int(parts["day"]) if "day" in parts else None
    return _last_day(int(parts["year"]), int(parts["number"]), day)


def _by_quarter(parts: dict[str, str]) -> date | None:
    nth = int(parts["quarter"]) if "quarter" in parts else _NTH[parts["nth"].lower()]
    return _last_day(int(parts["year"]), nth * 3, None)


def _by_part(parts: dict[str, str]) -> date | None:
    """The end of a year; its beginning and its middle have no last day that is sure."""
    ends = parts["part"].lower() in {"end", "late"}
    return _last_day(int(parts["year"]), 12, None) if ends else None


_READINGS: tuple[tuple[str, Callable[[dict[str, str]], date | None]], ...] = (
    ("first", _by_numbers),
    ("month", _by_month),
    ("number", _by_iso),
    ("quarter", _by_quarter),
    ("nth", _by_quarter),
    ("part", _by_part),
)


def years_in(text: str) -> Iterator[int]:
    """Every year that a text names."""
    for found in re.finditer(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)", plain_digits(text)):
        yield int(found[0])
