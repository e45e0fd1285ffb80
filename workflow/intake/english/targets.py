"""Numeric promises in English plans: at least 95 percent, no more than 5 days, reduce emissions by 30%."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from workflow.actions.plan_input import TargetInput
from workflow.intake.content import Passage
from workflow.intake.english.dates import dates_in, without_struck

_NUMBER = r"(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d{1,4})?)"
_SCALE = r"(?P<scale>\s*(?:thousand|million|billion))?"
_WORDS = {
    ">=": r"at least|no fewer than|not fewer than|no less than|not less than|a minimum of|minimum|>=|≥|or more",
    ">": r"more than|over|above|exceed(?:ing|s)?|greater than|>",
    "<=": r"at most|no more than|not more than|not exceed(?:ing)?|a maximum of|maximum|up to|within|<=|≤",
    "<": r"less than|fewer than|below|under|<",
}
_ORDER = (">=", "<=", ">", "<")
_UNIT = r"(?P<unit>\s*(?:%|percentage points?|per\s?cent|percent|[A-Za-z][A-Za-z-]*(?:\s+[a-z][a-z-]*)?))?"
_COMPARED = re.compile(
    rf"(?:(?<!\w)|(?<=\s))(?:{'|'.join(f'(?P<w{n}>{_WORDS[sign]})' for n, sign in enumerate(_ORDER))})\s+(?P<money>[$€£¥])?{_NUMBER}{_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.,-])(?<!from ){_NUMBER}\s*(?P<unit>%|per\s?cent|percent|percentage points?)", re.IGNORECASE
)
_CHANGE = re.compile(
    rf"\b(?P<verb>increas\w*|rais\w*|improv\w*|grow\w*|expand\w*|reduc\w*|cut\w*|decreas\w*|lower\w*)\b[^.;]{{0,80}}?\b(?:by|to)\s+"
    rf"(?P<money>[$€£¥])?{_NUMBER}{_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"\b(?:train|hire|build|publish|plant|open|recruit|deliver|create|launch|install|release|complete|hold|host|add|convert|connect|enrol|enroll|house|provide|replace|restore|upgrade|renovate|retrofit|repair|refurbish|construct|rebuild|remove|establish|resurface)\s+"
    rf"(?P<money>[$€£¥])?{_NUMBER}{_SCALE}{_UNIT}",
    re.IGNORECASE,
)
_OR_MORE = re.compile(rf"(?<![\w.,-]){_NUMBER}(?P<unit>)\s+or\s+more\b", re.IGNORECASE)
_HEADING = re.compile(
    rf"^(?P<money>[$€£¥])?{_NUMBER}{_SCALE}(?P<unit>\s+[A-Za-z][A-Za-z-]*(?:\s+[a-z][a-z-]*)?)", re.IGNORECASE
)
"""A measurement that begins with what is counted: 2,500 tablets in circulation."""
_FORMS = (_COMPARED, _CHANGE, _DONE, _OR_MORE, _PERCENT, _HEADING)
_OF_WHOM = re.compile(
    r"\b(?:residents|people|persons|those|adults|children|pupils|students|workers|women|men|aged|households|families|"
    r"businesses|firms|companies|buildings|properties|contracts|grants|projects|vehicles)\s+$",
    re.IGNORECASE,
)
"""Residents over 65 says of whom, not how much."""
_FIGURE = re.compile(r"(?<![\w.,/$€£¥-])(?P<value>\d[\d,]*(?:\.\d+)?)\s+(?P<noun>[a-z][a-z-]{2,})")
_LABELLED = re.compile(
    r"\b(?:section|phase|goal|article|title|chapter|part|act|action|commitment|milestone|level|tier|no\.?|number|step|stage|"
    r"form|route|line|room|page|version|grade|year|week|day)\s+$",
    re.IGNORECASE,
)
_DOWN = ("reduc", "cut", "decreas", "lower")
_CLAUSE = re.compile(r"[.;\n](?:\s|$)")
_STOP = frozenset(
    {
        "a",
        "an",
        "by",
        "of",
        "in",
        "the",
        "to",
        "and",
        "or",
        "for",
        "per",
        "on",
        "at",
        "from",
        "with",
        "annually",
        "each",
        "every",
        "before",
        "after",
        "as",
        "who",
        "that",
        "which",
        "across",
        "between",
        "during",
        "under",
        "into",
        "through",
        "via",
        "using",
    }
)
_PARTICIPLE = re.compile(
    r"[a-z-]{2,}ed|built|made|held|cut|sold|given|grown|put|met|sown|taught|laid|rebuilt"
)
"""45 hectares restored: what was done with what is counted is no part of the unit."""
_NO_PARTICIPLE = frozenset(
    {"bed", "seed", "breed", "shed", "feed", "need", "speed", "weed", "reed", "watershed"}
)
_TIME = re.compile(r"(?:calendar\s+|working\s+|business\s+)?(?:days?|weeks?|months?)", re.IGNORECASE)


def read_targets(passage: Passage) -> tuple[TargetInput, ...]:
    """The numeric targets of a text in order, each with its clause and the date that the clause names, if any."""
    found: list[TargetInput] = []
    for clause in _clauses(passage):
        dated = dates_in(clause.text)
        taken: list[tuple[int, int]] = [(one.start, one.end) for one in dated]
        hits = sorted(_hits(clause.text, taken), key=lambda hit: hit[0])
        due = dated[-1].day if dated else None
        found += (_target(clause, comparator, match, due) for _, comparator, match in hits)
    return tuple(found)


def unread_figures(passage: Passage) -> tuple[Passage, ...]:
    """Figures that count something and were not read as targets, with their places (INTAKE.md, Never silently)."""
    found: list[Passage] = []
    for clause in _clauses(passage):
        taken = [(one.start, one.end) for one in dates_in(clause.text)]
        tuple(_hits(clause.text, taken))
        plain = without_struck(clause.text)
        for figure in _FIGURE.finditer(plain):
            start, end = figure.span("value")
            is_taken = any(start < stop and begin < end for begin, stop in taken)
            is_other = _LABELLED.search(plain, 0, start) or _TIME.match(figure["noun"])
            if not is_taken and not is_other:
                found.append(clause.part(start, figure.end()))
    return tuple(found)


def _clauses(passage: Passage) -> Iterator[Passage]:
    for part in passage.split(_CLAUSE):
        stripped = part.stripped(" \t\n.;")
        if stripped.text:
            yield stripped


def _hits(clause: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Place, comparator and match of each number that promises something; a place is taken once."""
    plain = without_struck(clause)
    for form in _FORMS:
        for match in form.finditer(plain):
            start, end = match.span("value")
            is_taken = any(start < stop and begin < end for begin, stop in taken)
            if is_taken or _is_delay(match) or _OF_WHOM.search(plain, 0, match.start()):
                continue
            taken.append((start, end))
            yield start, _comparator(match), match


def _is_delay(match: re.Match[str]) -> bool:
    """Whether the number only says when: within 60 days."""
    unit = (match.groupdict().get("unit") or "").strip()
    return match[0].lower().startswith("within") and _TIME.match(unit) is not None


def _comparator(match: re.Match[str]) -> str:
    parts = match.groupdict()
    for n, sign in enumerate(_ORDER):
        if parts.get(f"w{n}"):
            return sign
    verb = (parts.get("verb") or "").lower()
    to_a_level = re.search(
        r"\bto\s+[$€£¥]?[\d.,]+$", match.string[match.start() : match.end("value")], re.IGNORECASE
    )
    return "<=" if verb.startswith(_DOWN) and to_a_level else ">="


def _target(clause: Passage, comparator: str, match: re.Match[str], due: date | None) -> TargetInput:
    parts = match.groupdict()
    scale = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
    value = Decimal(parts["value"].replace(",", "")) * scale.get(
        (parts.get("scale") or "").strip().lower(), 1
    )
    return TargetInput(clause.text, comparator, value, _unit(parts), due, clause.span)


def _unit(parts: dict[str, str | None]) -> str:
    """The unit in one form: %, percentage points, $, or the first word that is counted."""
    written = (parts.get("unit") or "").strip()
    if re.fullmatch(r"%|per\s?cent|percent", written, re.IGNORECASE):
        return "%"
    if parts.get("money"):
        return parts["money"] or ""
    kept: list[str] = []
    for word in written.split():
        if word.lower() in _STOP:
            break
        if kept and _PARTICIPLE.fullmatch(word) and word not in _NO_PARTICIPLE:
            break
        kept.append(word)
    return " ".join(kept)[:30]
