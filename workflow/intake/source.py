"""The normalised source: its non-blank lines with their numbers, and its hash (DESIGN.md, Plan)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SPACE = re.compile(r"\s+")
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; `number` counts from 1, blank lines included."""

    number: int
    text: str


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold something."""
    numbered = enumerate(_NEWLINE.split(text), start=1)
    return tuple(Line(n, stripped) for n, raw in numbered if (stripped := raw.strip()))


def digest(text: str) -> str:
    """The hash of a normalised text: the same whatever its encoding, line ends, blank lines and indents."""
    normalised = "\n".join(line.text for line in lines_of(text))
    return hashlib.sha256(normalised.encode()).hexdigest()


def key(text: str) -> str:
    """`text` as titles are compared: no blanks, one form of brackets, digits and signs."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def plain_digits(text: str) -> str:
    """`text` with full-width digits made plain; every sign keeps its place."""
    return text.translate(_PLAIN_DIGITS)
