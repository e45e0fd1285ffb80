"""How a ledger's sheet says what has to be read back exactly when it returns as a later edition of its plan.

Always Chinese, for the sheet is an office document; what is written here is read by `workflow.intake.ledger_table`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

HEADINGS = {
    "code": "编号",
    "section": "行动计划",
    "title": "重点举措",
    "text": "具体内容",
    "targets": "目标",
    "schedule": "完成时限",
    "lead": "牵头单位",
    "others": "配合单位",
}
"""The columns that are read back; lamp, state and the like are the ledger's to say."""
SIGNS = {">": ">", ">=": "≥", "=": "=", "<=": "≤", "<": "<", "": ""}
CYCLES = {"month": "持续推进，每月", "quarter": "持续推进，每季度", "year": "持续推进，每年"}
UNDECIDED = "（待定）"
"""Stands behind a schedule that nobody has decided yet: the words are the plan's own."""
PART_ONLY = "仅含筛选出的举措"
BETWEEN_TARGETS = "；\n"
IN_WORDS = "定性"
"""Stands in the brackets of a target that has neither number nor day."""

_DAY = r"(?P<{0}year>\d{{4}})年(?P<{0}month>\d{{1,2}})月(?P<{0}day>\d{{1,2}})日"
_WHOLE_DAY = re.compile(_DAY.format(""))
_PERIOD = re.compile(rf"期限：{_DAY.format('from_')}至{_DAY.format('to_')}")
_BRACKETED = re.compile(r"(?P<text>.*?)〔(?P<inside>[^〔〕]*)〕", re.DOTALL)
_BEFORE = re.compile(_DAY.format("") + "前")
_NUMBER = re.compile(r"(?P<sign>[>≥=≤<])?(?P<value>-?\d+(?:\.\d+)?)(?P<unit>.*)")
_PAIRS = re.compile(r"[、，,；;]")


@dataclass(frozen=True, slots=True)
class Promise:
    """A target in its cell."""

    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    due: date | None = None


def long_date(day: date) -> str:
    """The day as offices write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_in(text: str) -> date | None:
    """The day that a cell consists of, or None."""
    found = _WHOLE_DAY.fullmatch(text)
    return None if found is None else _date(found, "")


def period_line(start: date, end: date) -> str:
    """The plan's period, in the line under the title."""
    return f"期限：{long_date(start)}至{long_date(end)}"


def period_in_line(text: str) -> tuple[date, date] | None:
    """First and last day of the period that the line names, or None."""
    found = _PERIOD.search(text)
    if found is None:
        return None
    start, end = _date(found, "from_"), _date(found, "to_")
    return (start, end) if start is not None and end is not None and start <= end else None


def promise_words(one: Promise) -> str:
    """The target's words and, in brackets, its number and day, or that it has none."""
    parts = []
    if one.value is not None:
        parts.append(f"{SIGNS[one.comparator]}{Decimal(one.value).normalize():f}{one.unit}")
    if one.due is not None:
        parts.append(f"{long_date(one.due)}前")
    return f"{' '.join(one.text.split())}〔{'，'.join(parts) or IN_WORDS}〕"


def promise_in(text: str) -> Promise | None:
    """The target that a line of the cell says; None for one without such brackets, which somebody has written anew."""
    found = _BRACKETED.fullmatch(text)
    if found is None:
        return None
    promise = Promise(found["text"])
    for part in found["inside"].split("，"):
        before, number = _BEFORE.fullmatch(part), _NUMBER.fullmatch(part)
        if before is not None:
            promise = replace(promise, due=_date(before, ""))
            if promise.due is None:
                return None
        elif number is not None:
            promise = _with_number(promise, number)
        elif part != IN_WORDS:
            return None
    return promise


def _with_number(promise: Promise, found: re.Match[str]) -> Promise:
    signs = {sign: name for name, sign in SIGNS.items()}
    value, unit = Decimal(found["value"]), found["unit"]
    return replace(promise, comparator=signs[found["sign"] or ""], value=value, unit=unit)


def unit_words(names: Sequence[str]) -> str:
    """Several units in one cell; a name that holds a separator itself is set off by another one."""
    if any(_PAIRS.search(name) for name in names):
        return "；".join(names) + ("；" if len(names) == 1 else "")
    return "、".join(names)


def _date(found: re.Match[str], prefix: str) -> date | None:
    try:
        return date(*(int(found[prefix + name]) for name in ("year", "month", "day")))
    except ValueError:
        return None
