"""Numbers in front of parts, chapters, heads and items: 第一章, 一、, （一）, 1., （1）, ① and what they count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from workflow.intake.content import Passage
from workflow.intake.reader_warnings import Caution, WarningList

_ONES = {numeral: n for n, numeral in enumerate("一二三四五六七八九", start=1)}
_NUMERAL = "[零〇一二三四五六七八九十百]{1,6}"
_EITHER = rf"(?:{_NUMERAL}|\d{{1,3}})"
_END = r"[\s:：、.．]*"
_MOST = 999


class Style(IntEnum):
    """How a line is numbered; a smaller value stands higher in a document."""

    PART = 1
    CHAPTER = 2
    DIVISION = 3
    HAN = 4
    ARTICLE = 5
    HAN_BRACKETED = 6
    NAMED = 7
    NUMBER = 8
    DOTTED = 9
    NUMBER_BRACKETED = 10
    CIRCLED = 11


_FORMS = {
    Style.PART: re.compile(rf"第(?P<serial>{_EITHER})(?:部分|篇|编){_END}"),
    Style.CHAPTER: re.compile(rf"第(?P<serial>{_EITHER})章{_END}"),
    Style.DIVISION: re.compile(rf"第(?P<serial>{_EITHER})节{_END}"),
    Style.HAN: re.compile(rf"(?P<serial>{_NUMERAL})\s?[、.．](?!{_NUMERAL}[级类期批产季环手])\s*"),
    Style.ARTICLE: re.compile(rf"第(?P<serial>{_EITHER})条(?![例款件约])(?P<end>{_END})"),
    Style.HAN_BRACKETED: re.compile(
        rf"[（(]\s?(?P<serial>{_NUMERAL})\s?[）)][、.．]?\s*|(?P<sign>[㈠-㈩])\s*"
    ),
    Style.NUMBER: re.compile(r"(?P<serial>\d{1,3})\s?[.．、](?!\d)\s*"),
    Style.DOTTED: re.compile(r"\d{1,2}[.．](?:\d{1,2}[.．])?(?P<serial>\d{1,2})(?:[.．、]\s*(?!\d)|\s+)"),
    Style.NUMBER_BRACKETED: re.compile(r"(?:[（(]\s?)?(?P<serial>\d{1,3})\s?[）)][、.．]?\s*"),
    Style.CIRCLED: re.compile(r"(?P<sign>[①-⑳])\s*"),
}
_FIRST_SIGN = {Style.HAN_BRACKETED: "㈠", Style.CIRCLED: "①"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered line taken apart: number as written, what it counts, the rest of the line."""

    style: Style
    number: str
    serial: int
    rest: Passage
    line: int


def chinese_number(numeral: str) -> int:
    """一 to 九百九十九 as a number; 0 for anything else."""
    hundreds, hundred, below = numeral.rpartition("百")
    if hundred and hundreds not in _ONES:
        return 0
    tens, ten, ones = below.lstrip("零〇").rpartition("十")
    if ten and ((tens and tens not in _ONES) or (ones and ones not in _ONES)):
        return 0
    if not ten and ones and ones not in _ONES:
        return 0
    return _ONES.get(hundreds, 0) * 100 + (_ONES.get(tens, 1) * 10 if ten else 0) + _ONES.get(ones, 0)


def mark_of(passage: Passage) -> Mark | None:
    """The mark of a line that is numbered and goes on behind its number, or None."""
    text = passage.text
    if not text or text[0] not in _STARTS:
        return None
    for style, form in _FORMS.items():
        found = form.match(text)
        if found is None or found.end() == len(text):
            continue
        serial = _count(style, found)
        if 0 < serial <= _MOST:
            rest = passage.part(found.end())
            return Mark(style, "".join(found[0].split()), serial, rest, passage.number)
    return None


def mark_at(passage: Passage, *styles: Style) -> Mark | None:
    """The mark of a line that is numbered in one of `styles`."""
    mark = mark_of(passage)
    return mark if mark is not None and mark.style in styles else None


def note_gaps(marks: Iterable[Mark], before: int, warnings: WarningList) -> None:
    """Warn where siblings do not count on: from 1, or from `before`, the last number of their kind in the document."""
    expected = 0
    for mark in marks:
        if not expected:
            expected = before + 1 if mark.serial == before + 1 else 1
        if mark.serial != expected:
            warnings.add(mark.line, Caution.SERIAL_GAP, expected=expected, found=mark.number)
        expected = mark.serial + 1


def note_row_gaps(numbers: Iterable[tuple[str, int]], warnings: WarningList) -> None:
    """Warn where the numbers of a list's rows, each with its line, do not count on; they may begin anew from 1."""
    expected = 0
    for number, line in numbers:
        serial = number.strip("（()）.．。、 ")
        if not serial.isdecimal():
            continue
        count = int(serial)
        if expected and count not in (expected, 1):
            warnings.add(line, Caution.SERIAL_GAP, expected=expected, found=number)
        expected = count + 1


def _count(style: Style, found: re.Match[str]) -> int:
    parts = found.groupdict()
    if parts.get("sign"):
        return ord(parts["sign"]) - ord(_FIRST_SIGN[style]) + 1
    serial = parts["serial"]
    return int(serial) if serial.isdecimal() else chinese_number(serial)


_STARTS = frozenset(
    "第零〇一二三四五六七八九十百（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩0123456789０１２３４５６７８９"
)
