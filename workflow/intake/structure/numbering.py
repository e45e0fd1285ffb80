"""Numbers that only the lines around them tell: 5.7个乡镇 behind item 4, a bare 1 over 1.1, 整改任务一 over label lines."""

import re
from collections.abc import Sequence

from workflow.intake.content import Passage
from workflow.intake.structure.serials import Mark, Style, chinese_number, mark_of

_BEFORE_FIGURE = re.compile(r"(?P<number>(?P<serial>\d{1,3})\s?[.．])(?=\d[\d.,，]*\s*[^\d\s.,，、%％])")
_BARE = re.compile(r"(?P<number>(?P<serial>\d{1,2}))\s+(?=[\u4e00-\u9fff])")
_NAMED = re.compile(
    r"(?P<number>[【\[（(]?[\u4e00-\u9fff]{0,6}(?:任务|问题|事项|项目|工程|措施|举措|行动|清单|案例|实事)"
    r"\s?(?P<serial>[一二三四五六七八九十]{1,3}|\d{1,3})\s*[】\]）)]?)\s*[：:、.．]?\s*(?=\S)"
)
_NAMED_END = re.compile(r"[：:、.．】\]）)]\s*$|\s$")
_NAMED_ALONE = re.compile(
    r"[【\[（(]?[\u4e00-\u9fff]{0,6}(?:任务|问题|事项|项目|工程|措施|举措|行动|清单|案例|实事)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[】\]）)]?[：:]?"
)
_NAMED_LEAST = 2
_HEAD_LONGEST = 40


def marks_of(lines: Sequence[Passage]) -> list[Mark | None]:
    """The mark of each line, None where it has none, with the numbers that its own text leaves open."""
    marks = [mark_of(line) for line in lines]
    _mark_named(lines, marks)
    _mark_bare_heads(lines, marks)
    _mark_before_figures(lines, marks)
    return marks


def _mark_named(lines: Sequence[Passage], marks: list[Mark | None]) -> None:
    """整改任务一：…, 整改任务二：… are heads over numbered items of their own, where each of them holds some.

    Without items such a line is a measure's first, as any other paragraph.
    """
    found = {n: match for n, line in enumerate(lines) if marks[n] is None and (match := _named(line.text))}
    serials = [_serial(match) for match in found.values()]
    if len(found) < _NAMED_LEAST or serials != list(range(1, len(found) + 1)):
        return
    places = [*found, len(lines)]
    items = {Style.NUMBER, Style.NUMBER_BRACKETED, Style.CIRCLED, Style.HAN_BRACKETED}
    inside = [mark.style for mark in marks[places[0] :] if mark is not None and mark.style in items]
    if not inside:
        return
    is_over = Style.HAN_BRACKETED in inside
    above = {mark.style for mark in marks[: places[0]] if mark is not None}
    style = Style.ARTICLE if is_over and Style.HAN_BRACKETED not in above else Style.NAMED
    for n, match in found.items():
        number = "".join(lines[n].text[: match.end("number")].split())
        marks[n] = Mark(style, number, _serial(match), lines[n].part(match.end()), lines[n].number)


def named_number(text: str) -> int | None:
    """Where the text behind a name with its number begins (整改任务一：); None for any other line."""
    found = _named(text) or _NAMED_ALONE.fullmatch(text)
    return found.end() if found else None


def _named(text: str) -> re.Match[str] | None:
    found = _NAMED.match(text)
    return found if found and _NAMED_END.search(found[0]) else None


def _serial(match: re.Match[str]) -> int:
    serial = match["serial"]
    return int(serial) if serial.isdecimal() else chinese_number(serial)


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
