"""Dates in a text: the days that each covers, and whether something is promised by it.

A date is the last day that its words allow: 2025年6月 is the 30th, 上半年 too.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workflow.intake.dates.mentions import Mention, mentions_in
from workflow.intake.dates.numerals import whole_number
from workflow.intake.period import Period

Day = date


class DateKind(StrEnum):
    """How long a time the words cover."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    FIVE_YEARS = "five_years"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date between two places of a text: the days from `first` to `date`.

    `is_limit` where 底, 末, 前, 内 or the like stands in it; `is_assumed` where year or day are not surely meant
    (12月底前 in a plan of several years; 6月前); `is_recurring` after 每年; `has_year` where the year is sure;
    `is_whole_year` for 全年.
    """

    start: int
    end: int
    date: Day
    kind: DateKind
    first: Day
    is_limit: bool = False
    is_assumed: bool = False
    is_recurring: bool = False
    has_year: bool = True
    is_whole_year: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it goes from one date to another (2025—2027年)."""
        if self.kind in (DateKind.MONTH, DateKind.DAY):
            return (self.first.year, self.first.month) != (self.date.year, self.date.month)
        return self.kind is DateKind.YEAR and self.first.year != self.date.year


_AND = re.compile(r"[、和及，,]\s?")
_BETWEEN = re.compile(r"\s{0,2}(?:[-‐-―−~～]{1,2}|至|到)\s{0,2}")
_RECURRING = re.compile(r"(?:每(?:个?年度?|逢)?|逐年|历年)(?:的)?$")
_BASE_BEFORE = re.compile(r"(?:自|从|比|较|与|同比|对比|截至|截止|截止到|截至到|超过)$")
_BASE_AFTER = re.compile(
    r"\s?(?:的?(?:基础|水平|基数|同期|实际|目标|任务|版)|以来|起|开始|修订|至今|以后|后|度?的"
    r"|[^，。；、]{0,12}(?:印发|发布|出台|下发|颁布|修订)的)"
)
_LEVEL_THEN = re.compile(r"的\s?\d")
_NAMED_DAY = re.compile(
    r"[“\"]?(?:春节|五一|七一|国庆|中秋|元旦|清明|端午|节前|假期|暑假|寒假|开学|学期|学年|汛|两会|高考|中考"
    r"|供暖|采暖|雨季|入冬|入夏|冬季|夏季|秋季|春季)"
)
_MONTH_BEFORE = tuple(
    (month, re.compile(rf"[“\"]?(?:{names})"))
    for month, names in (
        (1, "春节|节前|寒假"),
        (4, "五一"),
        (5, "汛|雨季|端午|高考|中考"),
        (6, "七一|春季学期|暑假|入夏|夏季"),
        (8, "秋季学期?开学|开学|学年"),
        (9, "国庆|中秋"),
        (10, "供暖|采暖|入冬|冬季"),
    )
)
_BY_BEFORE = re.compile(r"(?:到|至|确保|力争|争取|于|在|计划|预计)\s?$")
_CLAUSE_BEFORE = re.compile(r"(?:^|[，,。；;：:、\n()（）”])\s*$")
_REACHED_AFTER = re.compile(
    r"(?:达|完成|实现|突破|建成|不低于|不少于|超过|力争|确保|基本|全面|累计|新增|新建|分别|提高|提升|降低|降至|降到|控制)"
)
_LIMIT = re.compile(r"(?:[底末内前]|期间|全年)$")
_END = re.compile(r"[底末内旬]$")
_VAGUE = ("前", "之前", "以前")
_LAST_DAYS = {"上旬": 10, "初": 10, "中旬": 20}
_QUARTERS = {sign: n for n, sign in enumerate("一二三四", start=1)}
_Covered = tuple[DateKind, date, date]


def all_dates(text: str, period: Period) -> tuple[FoundDate, ...]:
    """Every date in a text, in order; 2025年3月至10月 is one. A day that does not exist is none."""
    return tuple(_merged(text, _read(text, mentions_in(text), period)))


def dates_in(text: str, period: Period) -> tuple[FoundDate, ...]:
    """The dates by which a text promises something, in order; a baseline or a beginning is none."""
    return promised(text, all_dates(text, period), period)


def promised(text: str, dates: Iterable[FoundDate], period: Period) -> tuple[FoundDate, ...]:
    """Those of all dates of a text by which it promises something."""
    kept: list[FoundDate] = []
    for found in dates:
        is_joined = kept and not found.is_recurring and _AND.fullmatch(text, kept[-1].end, found.start)
        if is_joined or _is_promise(text, found, period):
            kept.append(found)
    return tuple(kept)


def _is_promise(text: str, found: FoundDate, period: Period) -> bool:
    """在2025年的基础上 is a baseline, 自2025年起 a beginning; a bare year counts at a clause's head only."""
    before = text[max(0, found.start - 6) : found.start]
    if found.is_recurring or found.date < period.start:
        return False
    if _BASE_AFTER.match(text, found.end):
        return before.endswith(("到", "至")) and bool(_LEVEL_THEN.match(text, found.end))
    if _BASE_BEFORE.search(before):
        return before.endswith(("截至", "截止")) and found.is_limit
    if found.is_limit or _BY_BEFORE.search(before):
        return True
    if found.kind in (DateKind.DAY, DateKind.MONTH):
        return found.has_year
    is_told = _CLAUSE_BEFORE.search(before) or _REACHED_AFTER.match(text, found.end)
    return found.date <= period.end and bool(is_told)


def _merged(text: str, dates: Iterable[FoundDate]) -> Iterator[FoundDate]:
    """Two dates with 至 or a dash between them are one, from the first day of one to the last of the other."""
    held: FoundDate | None = None
    for found in dates:
        if held and _BETWEEN.fullmatch(text, held.end, found.start) and held.first <= found.date:
            held = replace(found, start=held.start, first=held.first)
            continue
        if held:
            yield held
        held = found
    if held:
        yield held


def _read(text: str, mentions: Iterable[Mention], period: Period) -> Iterator[FoundDate]:
    """The dates one by one; a date without a year has that of the one before it in its sentence."""
    year: int | None = None
    at = 0
    is_recurring = False
    for mention in mentions:
        if year and any(sign in text[at : mention.start] for sign in "。\n"):
            year = None
        found = _found(mention, period, year)
        if found is None:
            continue
        before = text[max(0, found.start - 5) : found.start]
        is_recurring = bool(
            _RECURRING.search(before) or (is_recurring and _AND.fullmatch(text, at, found.start))
        )
        at = found.end
        if found.has_year and found.date >= period.start:
            year = found.date.year
        yield replace(_by_named_day(text, found), is_recurring=is_recurring)


def _by_named_day(text: str, found: FoundDate) -> FoundDate:
    """2026年春节前, 2026年汛前: within the year, by the month that such a day or season most likely begins; never sure."""
    if not _NAMED_DAY.match(text, found.end):
        return found
    months = [month for month, names in _MONTH_BEFORE if names.match(text, found.end)]
    if not months or found.kind is not DateKind.YEAR:
        return replace(found, is_assumed=True)
    last = _last(found.date.year, months[0])
    return replace(found, is_assumed=True, date=last, kind=DateKind.MONTH, first=last.replace(day=1))


def _found(mention: Mention, period: Period, carried: int | None) -> FoundDate | None:
    year, is_sure = _year(mention.parts, period, carried)
    if mention.parts.get("year_end") == "全年" and not is_sure:
        return None  # in a plan of several years: in each of them
    try:
        kind, first, last = _covered(mention.parts, year)
    except ValueError:
        return None
    limit = mention.parts.get("limit", "")
    written = mention.text.removesuffix(limit).rstrip()
    is_vague = limit in _VAGUE and kind is not DateKind.DAY and not _END.search(written)
    return FoundDate(
        mention.start,
        mention.end,
        last,
        kind,
        first,
        is_limit=bool(_LIMIT.search(mention.text)),
        is_assumed=not is_sure or is_vague or mention.text.endswith("初"),
        has_year=is_sure,
        is_whole_year=mention.parts.get("year_end") == "全年",
    )


def _year(parts: dict[str, str], period: Period, carried: int | None) -> tuple[int, bool]:
    """The year, and whether it is surely meant: written, carried on, or the plan's only one."""
    if "plan" in parts:
        return 2005 + 5 * whole_number(parts["plan"]), True
    if "year" in parts:
        return whole_number(parts["year"]), True
    relative = parts.get("relative", "")
    if relative == "次年":
        return (carried or period.start.year) + 1, carried is not None
    if carried and not relative:
        return carried, True
    is_only = period.start.year == period.end.year
    return period.start.year + (relative == "明年"), is_only


def _covered(parts: dict[str, str], year: int) -> _Covered:
    """The kind and the first and last day. Raises ValueError where there is no such day."""
    if "plan" in parts:
        return DateKind.FIVE_YEARS, date(year - 4, 1, 1), date(year, 12, 31)
    if month := parts.get("month") or parts.get("cn_month") or parts.get("short_month"):
        return _in_month(parts, year, whole_number(month))
    if quarter := parts.get("quarter") or parts.get("q"):
        n = _QUARTERS.get(quarter) or int(quarter)
        return DateKind.QUARTER, date(year, 3 * n - 2, 1), _last(year, 3 * n)
    if "three" in parts:
        return DateKind.QUARTER, date(year, 1, 1), _last(year, 9)
    if "half" in parts:
        is_first = parts["half"] == "上"
        return DateKind.HALF_YEAR, date(year, 1 if is_first else 7, 1), _last(year, 6 if is_first else 12)
    if parts.get("year_end", "").endswith("中"):
        return DateKind.HALF_YEAR, date(year, 1, 1), _last(year, 6)
    if parts.get("year_end", "").endswith("初"):
        return DateKind.QUARTER, date(year, 1, 1), _last(year, 3)
    from_year = whole_number(parts["from_year"][:4]) if "from_year" in parts else year
    return DateKind.YEAR, date(from_year, 1, 1), date(year, 12, 31)


def _in_month(parts: dict[str, str], year: int, month: int) -> _Covered:
    first = date(year, int(parts.get("from_month", month)), 1)
    if "from_year" in parts:
        first = date(whole_number(parts["from_year"][:4]), 1, 1)
    if day := parts.get("day") or parts.get("short_day"):
        that = date(year, month, whole_number(day))
        return DateKind.DAY, that, that
    if last := _LAST_DAYS.get(parts.get("part", "")):
        return DateKind.MONTH, first, date(year, month, last)
    return DateKind.MONTH, first, _last(year, month)


def _last(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError for a 13th month."""
    first = date(year, month, 1)
    return first.replace(day=calendar.monthrange(year, month)[1])
