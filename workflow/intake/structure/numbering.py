"""Numbers that only the lines around them tell: 5.7个乡镇 behind item 4, a bare 1 over 1.1."""

import re
from collections.abc import Sequence

from workflow.intake.content import Passage
from workflow.intake.structure.serials import Mark, Style, mark_of

_BEFORE_FIGURE = re.compile(r"(?P<number>(?P<serial>\d{1,3})\s?[.．])(?=\d[\d.,，]*\s*[^\d\s.,，、%％])")
_BARE = re.compile(r"(?P<number>(?P<serial>\d{1,2}))\s+(?=[\u4e00-\u9fff])")
_HEAD_LONGEST = 40


def marks_of(lines: Sequence[Passage]) -> list[Mark | None]:
    """The mark of each line, None where it has none, with the numbers that its own text leaves open."""
    marks = [mark_of(line) for line in lines]
    _mark_bare_heads(lines, marks)
    _mark_before_figures(lines, marks)
    return marks


def _mark_bare_heads(lines: Sequence[Passage], marks: list[Mark | None]) -> None:
    """A short line that begins with 2 is a head where the next one is numbered 2.1."""
    for n, line in enumerate(lines[:-1]):
        found = _BARE.match(line.text)
        below = marks[n + 1]
        if found is None or marks[n] is not None or below is None or len(line.text) > _HEAD_LONGEST:
            continue
        if re.fullmatch(rf"{found['serial']}[.．]1[.．、]?", below.number):
            marks[n] = _mark(line, found)


def _mark_before_figures(lines: Sequence[Passage], marks: list[Mark | None]) -> None:
    """An item whose text begins with a figure: its number follows the one before, and no other item has that number."""
    last = 0
    for n, line in enumerate(lines):
        mark = marks[n]
        if mark is None and last and (found := _BEFORE_FIGURE.match(line.text)):
            serial = int(found["serial"])
            if serial == last + 1 and _next_number(marks[n + 1 :]) != serial:
                mark = marks[n] = _mark(line, found)
        if mark is not None and mark.style is Style.NUMBER:
            last = mark.serial


def _next_number(marks: Sequence[Mark | None]) -> int:
    return next((mark.serial for mark in marks if mark and mark.style is Style.NUMBER), 0)


def _mark(line: Passage, found: re.Match[str]) -> Mark:
    number = "".join(found["number"].split())
    return Mark(Style.NUMBER, number, int(found["serial"]), line.part(found.end()), line.number)
