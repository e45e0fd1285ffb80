"""Which measure read is which measure of the facts: by title, one to one, whatever their order."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Measure = dict[str, Any]

ALIKE = 0.5
"""Below it two titles are not of one measure."""
_CLOSING = "。；;,，.：: "


def plain(text: str | None) -> str:
    """A text without blanks and width, so that only its words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def same_title(true: Measure, read: Measure) -> bool:
    """The two titles are equal, or one is the other's opening up to a stop."""
    one, other = sorted((_closed(true["title"]), _closed(read["title"])), key=len)
    return other == one or (len(one) >= 4 and other.startswith(one) and other[len(one)] in _CLOSING)


@dataclass(frozen=True)
class Pairing:
    """True and read measures side by side: `found` by places, then the places that stayed alone."""

    found: dict[int, int]
    lost: tuple[int, ...]
    invented: tuple[int, ...]


def pair(true: list[Measure], read: list[Measure]) -> Pairing:
    """Pair the likest first; of equals, those nearest to each other's place."""
    likes = sorted(
        ((likeness(t, r), -abs(i - j), -i, -j) for i, t in enumerate(true) for j, r in enumerate(read)),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for like, _, i, j in likes:
        if like >= ALIKE and -i not in found and -j not in taken:
            found[-i] = -j
            taken.add(-j)
    return Pairing(
        found,
        tuple(place for place in range(len(true)) if place not in found),
        tuple(place for place in range(len(read)) if place not in taken),
    )


def likeness(true: Measure, read: Measure) -> float:
    """How like the two are, from 0 to 1, by title, else by the words the title stands in."""
    one, other = _closed(true["title"]), _closed(read.get("title"))
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter):
        return 0.9
    if one in other + plain(read.get("text")):
        return 0.8
    return 0.75 * SequenceMatcher(None, one, other, autojunk=False).ratio()


def measures(plan: dict[str, Any]) -> list[Measure]:
    """The measures of a plan in order, each with its section's title."""
    return [
        {"section": section.get("title"), **measure}
        for section in plan["sections"]
        for measure in section.get("measures", ())
    ]


def undecided_sections(plan: dict[str, Any]) -> set[str]:
    """Titles of the sections about whose measures the facts say nothing."""
    return {plain(section["title"]) for section in plan["sections"] if "measures" not in section}


def without(plan: dict[str, Any], titles: Iterable[str]) -> dict[str, Any]:
    """The plan less the sections so named."""
    left_out = set(titles)
    return {**plan, "sections": [s for s in plan["sections"] if plain(s.get("title")) not in left_out]}


def _closed(title: str | None) -> str:
    return plain(title).rstrip(_CLOSING)
