"""Signs on a page become lines of text, and lines that were wrapped at an edge become one again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workflow.intake.formats.pdf_page import Box, Glyph

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2014\u2018-\u201d\u2026]")
_WORD = re.compile(r"[A-Za-z0-9,.;:)%]")
_NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、]|[.．](?!\d))|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]|[•●■◆]"
)
_FINISHED = ("。", "；", ";", "！", "？", "!", "?", "：", ":")
_GAP_SEEN, _GAP_LATIN, _GAP_WIDE, _GAP_COLUMN = 0.08, 0.18, 0.7, 2.0
_PADDING_MOST = 18.0
_TOLERANCE = 0.35
_OPENING, _CLOSING, _QUOTES = "（《〈【「『([", "，。、；：！？）》〉】」』…,.;:!?)]%", "“”‘’\"'"
_STOP = re.compile(r"[、，,；;。]")
_NAME_END = re.compile(
    r"(?:[局委办部厅院会社所处室站队校镇乡区县市]|街道|政府|公司|集团|中心|单位|部门|银行|支行)(?:[（(].*[）)])?$"
)
_NAME_START = re.compile(r"[省市区县州镇乡各团国中]|公安|人民|规划")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box, the size of its type and the width of its head.

    The head is what cannot be parted at its beginning: a sign with the stops behind it, or a Latin word.
    """

    text: str
    box: Box
    size: float
    head: float


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda found: (-found.box.middle, found.box.left)):
        if rows and abs(_middle(rows[-1]) - glyph.box.middle) <= 0.45 * max(rows[-1][0].size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows if (line := _line(row)).text]


def starts_anew(text: str) -> bool:
    """Whether a line begins with a number, so that it goes on with none before it."""
    return _NUMBERED.match(text) is not None


def is_finished(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.endswith(_FINISHED)


def run_on(first: str, second: str) -> str:
    """Two parts of a wrapped text as one."""
    is_latin = bool(first and second and _WORD.match(first[-1]) and _WORD.match(second[0]))
    return f"{first} {second}" if is_latin else first + second


def cell_text(lines: Sequence[Line], box: Box, padding: float) -> str:
    """The text of a cell; a line that has no room for the head of the next goes on in it.

    `padding` is what even a full line leaves of the cell. Names that stand one below the other, without a stop between
    any of them, are a list however full their lines are.
    """
    text = ""
    may_be_list = not any(has_stops(line.text) for line in lines)
    for n, line in enumerate(lines):
        if not n:
            text = line.text
            continue
        before = lines[n - 1]
        is_new = (is_finished(text) and starts_anew(line.text)) or (
            may_be_list and are_names(before.text, line.text)
        )
        goes_on = not is_new and room_behind(before, box, padding) < line.head
        text = run_on(text, line.text) if goes_on else f"{text}\n{line.text}"
    return text


def room_behind(line: Line, box: Box, padding: float) -> float:
    """How wide a thing would have to be to find no room behind a line of a cell."""
    return box.width - line.box.width - padding - _TOLERANCE * line.size


def padding_of(lines: Iterable[tuple[Line, Box]]) -> float:
    """What full lines leave of the cells of a column: no more than its fullest line does, or twice what is left of it."""
    gaps = [
        gap for line, box in lines for gap in (box.width - line.box.width, 2 * (line.box.left - box.left))
    ]
    return max(min([*gaps, _PADDING_MOST]), 0.0)


def are_names(first: str, second: str) -> bool:
    """Whether a name seems to end where the first text ends, and another one to begin with the second."""
    return _NAME_END.search(first) is not None and _NAME_START.match(second) is not None


def has_stops(text: str) -> bool:
    """Whether a text sets its parts apart by stops."""
    return _STOP.search(text) is not None


def _middle(row: Sequence[Glyph]) -> float:
    return row[0].box.middle if len(row) < 3 else median(glyph.box.middle for glyph in row[-5:])


def _line(row: list[Glyph]) -> Line:
    row = sorted(row, key=lambda glyph: glyph.box.left)
    text = row[0].sign + "".join(_between(before, glyph) + glyph.sign for before, glyph in pairwise(row))
    seen = [glyph for glyph in row if not glyph.sign.isspace()] or row
    box = Box(
        min(glyph.box.left for glyph in seen),
        min(glyph.box.bottom for glyph in seen),
        max(glyph.box.right for glyph in seen),
        max(glyph.box.top for glyph in seen),
    )
    return Line(text.strip(), box, median(glyph.size for glyph in seen), _head(seen) - box.left)


def _head(glyphs: Sequence[Glyph]) -> float:
    """Where the first thing of a line ends that cannot be parted; quotation marks hold to both sides."""
    for before, glyph in pairwise(glyphs):
        holds = before.sign in _OPENING + _QUOTES or glyph.sign in _CLOSING + _QUOTES
        if not (holds or _is_one_word(before, glyph)):
            return before.box.right
    return glyphs[-1].box.right


def _is_one_word(before: Glyph, glyph: Glyph) -> bool:
    are_latin = not (_WIDE.match(before.sign) or _WIDE.match(glyph.sign))
    return are_latin and not _between(before, glyph)


def _between(before: Glyph, glyph: Glyph) -> str:
    gap = (glyph.box.left - before.box.right) / max(before.size, glyph.size)
    if before.sign.isspace() or glyph.sign.isspace():
        return ""
    if gap >= _GAP_COLUMN:
        return "  "
    if _WIDE.match(before.sign) or _WIDE.match(glyph.sign):
        return " " if gap >= _GAP_WIDE else ""
    return " " if gap >= (_GAP_SEEN if glyph.is_apart else _GAP_LATIN) else ""
