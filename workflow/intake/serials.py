"""Numbers in front of chapters, heads and items: 一、 （一） 1. and what they count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import Line

_DIGITS = {numeral: n for n, numeral in enumerate("一二三四五六七八九", start=1)}
_NUMERAL = "[一二三四五六七八九十]{1,3}"


class Level(Enum):
    """How deep a numbered line stands; the value recognises it."""

    CHAPTER = re.compile(rf"(?P<number>(?P<serial>{_NUMERAL})、)\s*(?P<rest>.+)")
    HEAD = re.compile(rf"(?P<number>[（(](?P<serial>{_NUMERAL})[）)])\s*(?P<rest>.+)")
    ITEM = re.compile(r"(?P<number>(?P<serial>\d{1,3})[.．、])(?!\d)\s*(?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered line taken apart: number as written, what it counts, the rest of the line."""

    number: str
    serial: int
    rest: str
    line: int


def chinese_number(numeral: str) -> int:
    """一 to 九十九 as a number; 0 for anything else."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def mark_of(line: Line, level: Level) -> Mark | None:
    """The mark of `line` if it is numbered at `level`."""
    found = level.value.fullmatch(line.text)
    if found is None:
        return None
    serial = found["serial"]
    count = int(serial) if level is Level.ITEM else chinese_number(serial)
    return Mark(found["number"], count, found["rest"], line.number) if count else None


def note_gaps(marks: Iterable[Mark], warnings: WarningList) -> None:
    """Warn where siblings do not count 1, 2, 3 …"""
    expected = 1
    for mark in marks:
        if mark.serial != expected:
            warnings.add(mark.line, Caution.SERIAL_GAP, expected=expected, found=mark.number)
        expected = mark.serial + 1
