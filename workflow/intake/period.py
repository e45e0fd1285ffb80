"""The plan's period: from its title （2025-2027年）, else from what its text says of years."""

import re
from dataclasses import dataclass
from datetime import date

from workflow.intake.errors import Fault, IntakeError
from workflow.intake.source import plain_digits

_YEAR = r"(?P<{}>(?:19|20|21)[0-9]{{2}})"
_DASH = r"(?:[-‐-―－~～—一]{1,3}|至|到)"
_MONTH = r"[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*日\s*|底|初|末)?"
_SPAN = re.compile(
    _YEAR.format("first")
    + rf"\s*年?度?\s*(?:{_MONTH})?{_DASH}\s*"
    + _YEAR.format("last")
    + rf"(?![0-9])\s*(?:年度?)?\s*(?:{_MONTH})?"
)
_SINGLE = re.compile(r"(?<![0-9])" + _YEAR.format("first") + r"\s*年度?")
_FIVE_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_FIVE_YEAR_PLAN = re.compile(r"[“\"]?(十[三四五六]五)[”\"]?")
_UNTIL = re.compile(
    rf"(?:到|至|截至)\s*{_YEAR.format('until')}\s*年"
    rf"|{_YEAR.format('limit')}\s*年\s*(?:[0-9]{{1,2}}\s*月\s*)?(?:[0-9]{{1,2}}\s*日\s*)?(?:底|末|之?前|内)"
)
_ANY_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*(?:年|[./-][0-9]{1,2}(?![0-9]))")
_ISSUED = re.compile(
    r"〔\s*(20[0-9]{2})\s*〕|^\s*[（(]?(20[0-9]{2})\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日", re.MULTILINE
)
_LONGEST = 10
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[二][〇○零一二三四五六七八九]{3}(?=\s*年)")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of its first year to the last day of its last; `text` as written."""

    text: str
    start: date
    end: date

    @property
    def is_one_year_twice(self) -> bool:
        """Whether a span was written whose two years are the same (INTAKE.md, Never silently)."""
        return plain_digits(self.text).count(str(self.start.year)) > 1


def period_in(title: str) -> Period | None:
    """The period that a title names, or None. Raises IntakeError when it ends before it begins."""
    plain = _with_plain_years(title)
    found = _SPAN.search(plain) or _SINGLE.search(plain)
    if found is None:
        return _five_years(title)
    years = found.groupdict()
    first, last = int(years["first"]), int(years.get("last") or years["first"])
    if last < first:
        raise IntakeError(Fault.PERIOD_REVERSED, period=found[0])
    return Period(plain_digits(title[slice(*found.span())]).strip(), date(first, 1, 1), date(last, 12, 31))


def guessed_period(text: str) -> Period | None:
    """The likely period of a plan whose title names none; None where its text names no year at all.

    A span of years in the text, else from the year of issue, or the first year named, to the last one it speaks of.
    """
    plain = _with_plain_years(text)
    if span := _first_span(plain, text):
        return span
    years = [int(found[1]) for found in _ANY_YEAR.finditer(plain)]
    if not years:
        return _five_years(text)
    issued = _ISSUED.search(plain)
    until = [int(found["until"] or found["limit"]) for found in _UNTIL.finditer(plain)]
    last = max(until or years)
    first = int(issued[1] or issued[2]) if issued else min(year for year in years if year > last - _LONGEST)
    first = min(first, last)
    return Period(f"{first}-{last}年" if first < last else f"{last}年", date(first, 1, 1), date(last, 12, 31))


def _first_span(plain: str, text: str) -> Period | None:
    for found in _SPAN.finditer(plain):
        first, last = int(found["first"]), int(found["last"])
        if first < last <= first + _LONGEST:
            return Period(
                plain_digits(text[slice(*found.span())]).strip(), date(first, 1, 1), date(last, 12, 31)
            )
    return None


def _five_years(text: str) -> Period | None:
    found = _FIVE_YEAR_PLAN.search(text)
    if found is None:
        return None
    first = _FIVE_YEARS[found[1]]
    return Period(f"{found[0]}（{first}-{first + 4}年）", date(first, 1, 1), date(first + 4, 12, 31))


def _with_plain_years(text: str) -> str:
    """The text with every year in plain digits; every sign keeps its place."""
    return _CHINESE_YEAR.sub(lambda found: found[0].translate(_NUMERALS), plain_digits(text))
