"""The normalised text of a document, some lines at a time, each with its place in the whole."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

AROUND = 120
"""Lines shown above and below the one that is asked for."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line, counted from 1, and the place in the text at which it begins."""

    number: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceWindow:
    """Some lines of a text of `total` lines."""

    lines: list[SourceLine]
    total: int

    @property
    def before(self) -> int | None:
        """A line to ask for what stands above; None at the beginning."""
        first = self.lines[0].number if self.lines else 1
        return max(first - AROUND, 1) if first > 1 else None

    @property
    def after(self) -> int | None:
        """A line to ask for what stands below; None at the end."""
        last = self.lines[-1].number if self.lines else self.total
        return min(last + AROUND, self.total) if last < self.total else None


def window(text: str, line: int) -> SourceWindow:
    """The lines around `line`; a line beyond the end stands for the last."""
    lines = text.split("\n")
    starts = [0, *accumulate(len(one) + 1 for one in lines)]
    middle = min(max(line, 1), len(lines))
    first, last = max(middle - AROUND, 1), min(middle + AROUND, len(lines))
    shown = [SourceLine(n, starts[n - 1], lines[n - 1].rstrip("\r")) for n in range(first, last + 1)]
    return SourceWindow(shown, len(lines))


def line_at(text: str, place: int) -> int:
    """The line on which a place of the text lies."""
    starts = [0, *accumulate(len(one) + 1 for one in text.split("\n"))]
    return min(max(bisect_right(starts, place), 1), len(starts) - 1)
