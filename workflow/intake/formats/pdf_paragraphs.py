"""Lines of pages become paragraphs: page marks and running heads go, lines that were wrapped are joined."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from workflow.intake.formats.pdf_lines import Line, is_finished, run_on, starts_anew
from workflow.intake.formats.pdf_page import Box
from workflow.intake.formats.pdf_tables import PdfTable

_PAGE_MARK = re.compile(
    r"[—–\-－─·•.\s]*\d{1,4}[—–\-－─·•.\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
    r"|page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2
_EDGE_SHARE = 0.12
_OFTEN = 0.6
_NEAR = 6.0
_CENTRED = 12.0
_LARGER, _SMALLER = 1.15, 0.95
_FULL = 1.6
_TOLERANCE = 0.35
_APART = 1.25
_LOOSE = 3.0
_UNEVEN = 3.0
_MANY = 3
_SHARE = 0.08

Item = Line | PdfTable
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of prose begin, where full ones end if any is known to be full, and the size of their type.

    `leading` is the usual distance from one line to the next.
    """

    left: float
    right: float | None
    size: float
    leading: float


def without_running_lines(pages: Sequence[tuple[Box, list[Item]]]) -> list[tuple[Box, list[Item]]]:
    """The pages without page marks and without heads and feet that return.

    A head stays where it stands first, for it may be the title, if its type is not smaller than that of the prose.
    """
    size = _commonest_size([item for _, items in pages for item in items if isinstance(item, Line)])
    leading = _leading(pages)
    returning = _returning(pages, leading)
    seen: set[str] = set()
    out: list[tuple[Box, list[Item]]] = []
    for box, items in pages:
        running = _at_edges(items, box, leading)
        kept: list[Item] = []
        for n, item in enumerate(items):
            if isinstance(item, Line) and n in running:
                name = _name(item)
                is_head = item.box.middle > box.middle and item.size >= _SMALLER * size
                is_kept = is_head and name not in seen
                seen.add(name)
                if _PAGE_MARK.fullmatch(item.text) or (name in returning and not is_kept):
                    continue
            kept.append(item)
        out.append((box, kept))
    return out


def margins_of(pages: Sequence[tuple[Box, Iterable[object]]]) -> Margins | None:
    """The margins of the prose of pages of one shape; None where there is none."""
    lines = [item for _, items in pages for item in items if isinstance(item, Line)]
    if not lines:
        return None
    size = _commonest_size(lines)
    prose = [line for line in lines if abs(line.size - size) <= 1.0] or lines
    starts = Counter(round(line.box.left / 3) for line in prose)
    least = max(len(prose) * 0.05, 1)
    left = min((place for place, count in starts.items() if count >= least), default=min(starts)) * 3.0
    right = _right_edge(prose, size)
    page = pages[0][0]
    is_at_margin = page.right - right <= left - page.left + _UNEVEN * size
    full = sum(1 for line in prose if line.box.right >= right - _FULL * size)
    are_many = full >= _MANY and right - left > page.width / 2
    return Margins(left, right if is_at_margin or are_many else None, size, _leading(pages))


def _right_edge(prose: Sequence[Line], size: float) -> float:
    """The furthest place at which a good share of the lines ends: a sign that hangs over an edge makes none."""
    ends = sorted((line.box.right for line in prose), reverse=True)
    for n, end in enumerate(ends):
        near = bisect_left(ends, -(end - size / 2), key=lambda found: -found) - n
        if near >= len(ends) * _SHARE:
            return end
    return ends[0]


def _commonest_size(lines: Iterable[Line]) -> float:
    """The size of type that most signs have; nothing where there are none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _leading(pages: Sequence[tuple[Box, Iterable[object]]]) -> float:
    """The commonest distance between lines that stand near each other on one page."""
    distances: Counter[int] = Counter()
    size = 1.0
    for _, items in pages:
        lines = [item for item in items if isinstance(item, Line)]
        size = max([size, *(line.size for line in lines)])
        between = ((a.box.middle - b.box.middle, a.size) for a, b in pairwise(lines))
        distances.update(round(distance) for distance, large in between if 0 < distance < _LOOSE * large)
    return float(distances.most_common(1)[0][0]) if distances else 2 * size


def joined_lines(items: Iterable[T], margins: Margins | None, middle: float) -> list[T | Line]:
    """The items with the lines of each paragraph as one; `middle` is that of the page, for titles."""
    out: list[T | Line] = []
    last: Line | None = None
    for item in items:
        before = out[-1] if out else None
        if not isinstance(item, Line):
            last = None
            out.append(item)
            continue
        if isinstance(before, Line) and last and margins and _belongs(last, item, margins, middle):
            out[-1] = replace(before, text=run_on(before.text, item.text))
        else:
            out.append(item)
        last = item
    return out


def _belongs(before: Line, line: Line, margins: Margins, middle: float) -> bool:
    return _goes_on(before, line, margins) or _is_one_title(before, line, margins, middle)


def _goes_on(before: Line, line: Line, margins: Margins) -> bool:
    """Whether a line takes up a full line before it: it is not indented, or both are alike and no sentence ended."""
    if (
        margins.right is None
        or abs(before.size - line.size) > 1.0
        or _stands_apart(before, line, margins.leading)
    ):
        return False
    if margins.right - before.box.right >= line.head + _TOLERANCE * line.size:
        return False
    if line.box.left <= margins.left + 0.8 * margins.size:
        return not (is_finished(before.text) and starts_anew(line.text))
    is_alike = abs(line.box.left - before.box.left) <= 0.5 * margins.size
    return is_alike and not is_finished(before.text) and not starts_anew(line.text)


def _is_one_title(before: Line, line: Line, margins: Margins, middle: float) -> bool:
    """Whether two lines of larger type are both in the middle, one below the other."""
    are_large = min(before.size, line.size) > margins.size * _LARGER and abs(before.size - line.size) <= 1.0
    are_centred = all(abs((x.box.left + x.box.right) / 2 - middle) <= _CENTRED for x in (before, line))
    is_apart = _stands_apart(before, line, 1.6 * max(before.size, line.size))
    return are_large and are_centred and not starts_anew(line.text) and not is_apart


def _stands_apart(before: Line, line: Line, leading: float) -> bool:
    """Whether more than the usual distance lies between two lines of one page."""
    return before.box.middle - line.box.middle > _APART * leading


def _returning(pages: Sequence[tuple[Box, list[Item]]], leading: float) -> set[str]:
    """What stands at the edge of most pages, at one height."""
    places: Counter[tuple[str, int]] = Counter()
    for box, items in pages:
        lines = (items[n] for n in _at_edges(items, box, leading))
        places.update(
            {(_name(x), round((x.box.middle - box.bottom) / _NEAR)) for x in lines if isinstance(x, Line)}
        )
    least = max(2.0, len(pages) * _OFTEN)
    return {name for (name, _), count in places.items() if count >= least}


def _at_edges(items: Sequence[Item], box: Box, leading: float) -> set[int]:
    """The places of the lines at the page's head and foot that stand apart from what follows inwards.

    A page's mark is one wherever it stands there.
    """
    found: set[int] = set()
    for order in (range(len(items)), range(len(items) - 1, -1, -1)):
        near: set[int] = set()
        for n in order[:_EDGE_LINES]:
            item = items[n]
            if not isinstance(item, Line) or not _is_at_edge(item, box):
                break
            near.add(n)
            inwards = n + order.step
            is_apart = not 0 <= inwards < len(items) or _distance(item, items[inwards]) > _APART * leading
            if is_apart or _PAGE_MARK.fullmatch(item.text):
                found |= near
    return found


def _distance(line: Line, other: Item) -> float:
    if isinstance(other, Line):
        return abs(line.box.middle - other.box.middle)
    return min(abs(line.box.middle - other.box.top), abs(line.box.middle - other.box.bottom)) * 2


def _is_at_edge(line: Line, box: Box) -> bool:
    height = box.top - box.bottom
    place = (line.box.middle - box.bottom) / height if height > 0 else 0.5
    return place < _EDGE_SHARE or place > 1 - _EDGE_SHARE


def _name(line: Line) -> str:
    return _DIGITS.sub("0", "".join(line.text.split()))
