"""Responsible parties as English plans write them: split, the lead named, collectives and open-ended words told apart."""

import re
from dataclasses import dataclass

from workflow.intake.content import Passage

NOBODY = frozenset({"", "-", "–", "—", "n/a", "na", "none", "tbd", "tbc", "/"})
_HARD = re.compile(r"\s*(?:[;\n|]|<br\s*/?>|•)\s*")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?(?![^()]*\))")
_AND = re.compile(r"\s*(?:\band\b|&|\+|(?<=\w)\s*/\s*(?=\w))\s*")
_WITH = re.compile(
    r"\s*,?\s*\b(?:in\s+(?:consultation|coordination|co-ordination|partnership|collaboration|conjunction|cooperation)\s+with"
    r"|with\s+(?:the\s+)?support\s+(?:of|from)|supported\s+by|together\s+with|working\s+with|with)\b\s*:?\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<lead>\b(?:lead(?:ing)?(?:\s+(?:agency|agencies|department|party|organi[sz]ation|unit|owner))?|owner|responsible(?:\s+(?:party|parties|agency))?)\b)\s*[:：]\s*"
    r"|(?P<supporting>\b(?:support(?:ing)?(?:\s+(?:agency|agencies|department|departments|parties|party|organi[sz]ations?|units?))?|partners?|with)\b)\s*[:：]\s*",
    re.IGNORECASE,
)
_NAME_WORDS = 8
_OF = re.compile(r"\b(?:of|for|on)\b", re.IGNORECASE)
_LEAD_MARK = re.compile(r"\s*(?:[(\[]\s*lead(?:\s+\w+)?\s*[)\]]|\*+|[-–]\s*lead\b)", re.IGNORECASE)
_SUPPORT_MARK = re.compile(r"\s*[(\[]\s*support(?:ing)?(?:\s+\w+)?\s*[)\]]", re.IGNORECASE)
_BODIES = (
    "archive|federation|congress|chamber|union|corporation|company|registry|academy|college|school|hospital|museum|forum|alliance|"
    "coalition|regulator|observatory|corps|brigade|cooperative|assembly|ombudsman|consortium|laboratory|red cross|operator|utility"
)
_HEADS = (
    r"(?:the\s+)?(?:u\.?s\.?\s+|federal\s+|national\s+|state\s+|city\s+|county\s+|local\s+|central\s+)*"
    r"(?:department|ministry|office|agency|bureau|council|commission|committee|board|authority|administration|center|centre|"
    r"institute|service|services|secretariat|treasury|cabinet|police|university|foundation|association|bank|fund|inspectorate|"
    r"directorate|division|unit|team|task\s*force|general|archives|library|parliament|senate|court|institution|society|partnership|network|"
    rf"{_BODIES})s?\b"
)
_IS_HEAD = re.compile(_HEADS, re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}(?:\s*\([^()]*\))?")
_ENDS_AS_UNIT = re.compile(
    r"(?:department|ministry|office|agency|bureau|council|commission|committee|board|authority|administration|cent(?:er|re)|"
    r"institute|service|secretariat|treasury|police|university|association|bank|fund|inspectorate|directorate|division|team|unit|"
    rf"library|parliament|court|society|partnership|network|(?:{_BODIES})s?)\)?$",
    re.IGNORECASE,
)
_HOLDS_OFFICE = re.compile(
    rf"\b(?:{_HEADS}|mayor|governor|president|secretary|minister|treasurer|clerk|chief|director|attorney|auditor|commissioner)",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(r"(?:all|each|every)\s+\S.*", re.IGNORECASE)
_OPEN = re.compile(
    r"(?:other|relevant|appropriate|various|several|additional|interested|any\s+other|other\s+relevant|concerned|selected)\s+\S.*"
    r"|others|et\s+al\.?|etc\.?|(?:to\s+be\s+(?:determined|confirmed|decided))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Party:
    """A party as written; `leads` where the document says so itself, `supports` where it says that."""

    passage: Passage
    leads: bool = False
    supports: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return self.passage.text

    @property
    def is_open(self) -> bool:
        """Whether it names nobody: other relevant agencies."""
        return _OPEN.fullmatch(self.name) is not None

    @property
    def is_collective(self) -> bool:
        """Whether it names everybody of a kind: all departments."""
        return not self.is_open and _COLLECTIVE.fullmatch(self.name) is not None


def is_party(cell: str) -> bool:
    """Whether a cell reads as the name of an office, or a list of such."""
    return len(cell.split()) <= _NAME_WORDS * (1 + cell.count(",") + cell.count(";")) and bool(
        _HOLDS_OFFICE.search(cell) or _ACRONYM.fullmatch(cell)
    )


def read_parties(cell: Passage, *, supports: bool = False) -> tuple[Party, ...]:
    """The parties of a cell in order; `supports` where its column or label says that all of them do."""
    if cell.text.strip().lower().strip(".()") in NOBODY:
        return ()
    found: list[Party] = []
    for part, role in _labelled(cell, supports=supports):
        for n, side in enumerate(part.split(_WITH)):
            found += _named(side, "supporting" if n else role)
    return tuple(found)


def _labelled(cell: Passage, *, supports: bool) -> list[tuple[Passage, str]]:
    """The parts under Lead: and Support:, with the role that the label gives."""
    marks = list(_LABEL.finditer(cell.text))
    role = "supporting" if supports else ""
    parts = [(cell.part(0, marks[0].start() if marks else None), role)]
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else None
        parts.append((cell.part(mark.end(), end), "lead" if mark["lead"] and not supports else "supporting"))
    return [
        (part.stripped(" \t\n;,.-–—*•"), given) for part, given in parts if part.text.strip(" \t\n;,.-–—*•")
    ]


def _named(part: Passage, role: str) -> list[Party]:
    found: list[Party] = []
    for piece in (piece for hard in part.split(_HARD) for piece in _apart(hard)):
        marked = _LEAD_MARK.search(piece.text)
        support = _SUPPORT_MARK.search(piece.text)
        mark = marked or support
        name = (piece.part(0, mark.start()) if mark else piece).stripped(" \t,.;:–—")
        if name.text.lower().startswith("and "):
            name = name.part(4).stripped()
        if name.text.lower() in NOBODY:
            continue
        found.append(
            Party(name, leads=role == "lead" or bool(marked), supports=role == "supporting" or bool(support))
        )
    return found


def _apart(piece: Passage) -> list[Passage]:
    """Cut at commas and at “and” where both sides are names of their own: not in Department of Health and Human Services."""
    sides = _cut(piece, _COMMA)
    return [name for side in sides for name in _cut(side, _AND)]


def _cut(piece: Passage, where: re.Pattern[str]) -> list[Passage]:
    kept: list[Passage] = []
    start = 0
    for found in where.finditer(piece.text):
        left, right = piece.part(start, found.start()), piece.part(found.end())
        is_apart = _is_name_begun(right.text) or _are_two_names(left.text, right.text)
        if where is _COMMA:
            is_apart = is_apart or _ends_a_name(left.text, right.text)
        if left.text.strip() and is_apart:
            kept.append(left)
            start = found.end()
    return [part.stripped() for part in (*kept, piece.part(start)) if part.text.strip()]


def _is_name_begun(text: str) -> bool:
    """Whether a party's name surely begins here: an acronym, a collective, or a word for an office at its head."""
    rest = text.strip()
    return any(form.match(rest) for form in (_ACRONYM, _OPEN, _COLLECTIVE, _IS_HEAD))


def _are_two_names(left: str, right: str) -> bool:
    """Planning Department and Legal Office, but not Water and Sewer Authority: what ends as an office follows a whole name."""
    ends = _ENDS_AS_UNIT.search(re.split(r",|;|\band\b|\bwith\b", right.strip(), maxsplit=1)[0].strip())
    return ends is not None and (
        _HOLDS_OFFICE.search(left) is not None or _ACRONYM.fullmatch(left.strip()) is not None
    )


def _ends_a_name(left: str, right: str) -> bool:
    """Whether a comma parts two names: not in Ministry of Agriculture, Fisheries and Food, which has an “and” to come."""
    if not right.strip()[:1].isupper() or _AND.search(right) is None:
        return right.strip()[:1].isupper()
    return _HOLDS_OFFICE.search(left) is not None and _OF.search(left) is None
