"""Headings of English plans: the number that a commitment, goal or milestone bears, and its title."""

import re
from dataclasses import dataclass

from workflow.intake.content import Passage

_KIND = r"(?:commitment|action|goal|objective|pillar|theme|milestone|recommendation|priority|initiative|measure|strategy|task|part|chapter|section|step)"
_NUMBERED = re.compile(
    rf"(?P<number>(?:{_KIND}\s+)?(?:\d+(?:\.\d+)*[A-Za-z]?|[A-Z]\d+(?:\.\d+)*|[IVX]+)|{_KIND}\s+[A-Z])\s*(?:[.:)–—-]+\s+|\s+(?=[A-Z\"“])|[.:)]\s*)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart; `number` as written, "" where there is none."""

    number: str
    title: Passage


def heading_of(passage: Passage) -> Heading:
    """Number and title of a heading or of a row's first words."""
    plain = passage.stripped(" \t#*_")
    found = _NUMBERED.fullmatch(plain.text)
    if found is None:
        return Heading("", plain)
    return Heading(found["number"].strip(), plain.part(found.start("rest")).stripped(" \t*_"))
