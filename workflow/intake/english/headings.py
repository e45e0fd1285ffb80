"""Headings of English plans: the number that a commitment, goal or milestone bears, and its title."""

import re
from dataclasses import dataclass

from workflow.intake.content import Passage

_KIND = (
    r"(?:(?:strategic|specific|key|policy|thematic|focus|priority)\s+)?(?:commitment|action|goal|objective|pillar|theme|milestone|recommendation"
    r"|priority|initiative|measure|strategy|task|part|chapter|section|step|outcome|output|strand|component|workstream|track|area|cluster"
    r"|domain|dimension|axis|result|target|programme|program|project|intervention|deliverable|activity|reform|package|challenge|chantier)"
)
_ANY_KIND = rf"(?:{_KIND}|[A-Z][A-Za-z]{{3,12}}(?=\s+(?:\d{{1,2}}|[A-Z]|[IVX]{{1,4}})\s*[:–—]\s))"
_NUMBERED = re.compile(
    rf"(?P<number>(?:{_KIND}\s+)?(?:(?:[IVX]{{1,4}}\.)?\d+(?:\.\d+)*[A-Za-z]?|[A-Z]{{1,3}}\d+(?:\.\d+)*|[IVX]+)|{_KIND}\s+[A-Z]|\((?:\d{{1,3}}|[a-z]{{1,3}})(?=\)))\s*(?:[.:)–—-]+\s+|\s+(?=[A-Z\"“])|[.:)]\s*)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


_ENTRY = re.compile(
    rf"[-•*\s]*\**(?:(?P<kind>{_ANY_KIND})\s+(?P<named>(?:[IVX]{{1,4}}\.|[A-Z])?\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?|[A-Z]|[IVX]+)(?:\s*[.:)–—-]+\s*|\s+)"
    r"|(?P<number>\d{1,3}(?:\.\d{1,3})+|[A-Z]{1,3}\.?\d{1,3}(?:\.\d{1,3})*)(?:[.:)]?\s+|\s*[–—-]\s+)|(?P<serial>\d{1,3}|[IVX]{1,4}|[A-Z])[.)]\s+"
    r"|\((?P<bracketed>\d{1,3}|[a-z]{1,3})\)\s+|(?P<letter>[a-z])[.)]\s+)\**(?=[A-Z0-9“\"'])",
    re.IGNORECASE,
)
_SIGNS = ((re.compile(r"\d+"), "1"), (re.compile(r"[A-Z]+(?=[.\d])"), "A"))


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
    return Heading(found["number"].strip("( "), plain.part(found.start("rest")).stripped(" \t*_"))


_NUMBER_ALONE = re.compile(
    rf"[-•*\s]*\**{_KIND}\s+(?:[IVX]{{1,4}}\.|[A-Z])?\d{{1,3}}(?:\.\d{{1,3}})*\s*[.:]?\**", re.IGNORECASE
)


def is_number_alone(line: str) -> bool:
    """Whether a line is the number of what the next one names: Milestone 1.1."""
    return _NUMBER_ALONE.fullmatch(line.strip()) is not None


def end_of_number(line: str) -> int:
    """Where the text of a numbered line begins, 0 for any other line."""
    found = _ENTRY.match(line)
    return found.end() if found else 0


def entry_form(line: str) -> str:
    """How a line that begins with a number is numbered (milestone 1.1, A1, 1.), "" for any other line."""
    found = _ENTRY.match(line)
    if found is None:
        return ""
    first = line[found.end() :].lstrip("\"“'*")[:1]
    if not first.isupper() and not (first.isdecimal() and (found["named"] or found["number"])):
        return ""
    parts = {name: text for name, text in found.groupdict().items() if text is not None}
    kind = parts.pop("kind", "").lower()
    ((name, number),) = parts.items()
    for sign, form in _SIGNS:
        number = sign.sub(form, number)
    is_digits = number[:1] in "1A"
    return f"{kind} {name} {number if is_digits else 'i'}".strip()
