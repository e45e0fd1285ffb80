"""（责任单位：A、B、C）: finds the bracket, whatever brackets it holds itself, and takes it out of the text."""

import re
from dataclasses import dataclass

_LABEL = re.compile(r"[（(]\s*责任(?:单位|部门)\s*[：:]\s*")
_OPENING, _CLOSING = "（(", "）)"


@dataclass(frozen=True, slots=True)
class UnitBracket:
    """The units as written between label and closing bracket; `is_closed` is False where the closing one is missing."""

    units: str
    is_closed: bool


def has_bracket(text: str) -> bool:
    """Whether a bracket of responsible units begins in `text`."""
    return _LABEL.search(text) is not None


def take_brackets(text: str) -> tuple[str, tuple[UnitBracket, ...]]:
    """`text` without its brackets of responsible units, and the brackets in order."""
    kept: list[str] = []
    found: list[UnitBracket] = []
    at = 0
    while label := _LABEL.search(text, at):
        kept.append(text[at : label.start()])
        end = _closing(text, label.end())
        found.append(UnitBracket(text[label.end() : end].strip(" \t。"), is_closed=end < len(text)))
        at = end + 1
    kept.append(text[at:] if not found else text[at:].lstrip("。；;"))
    return "".join(kept).strip(), tuple(found)


def _closing(text: str, start: int) -> int:
    """Where the bracket that is open at `start` closes; the text's length if it never does."""
    depth = 1
    for n, sign in enumerate(text[start:], start=start):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth == 0:
            return n
    return len(text)
