"""The brackets of a text, whatever their shape and however deep."""

from collections.abc import Iterator
from dataclasses import dataclass

_OPENING, _CLOSING = "（([【〔", "）)]】〕"


@dataclass(frozen=True, slots=True)
class Bracket:
    """From the opening sign at `start` to behind the closing one at `end`, the text's end where it is missing."""

    start: int
    end: int
    is_closed: bool

    @property
    def inside(self) -> tuple[int, int]:
        """The places between its signs."""
        return self.start + 1, self.end - self.is_closed


def outer_brackets(text: str, start: int = 0) -> Iterator[Bracket]:
    """The brackets that stand in no other one, in order, from `start` on; one that never closes is the last."""
    depth, opened = 0, start
    for n in range(start, len(text)):
        if text[n] in _OPENING:
            opened = n if depth == 0 else opened
            depth += 1
        elif text[n] in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield Bracket(opened, n + 1, is_closed=True)
    if depth:
        yield Bracket(opened, len(text), is_closed=False)
