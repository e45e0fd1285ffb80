"""What a heading or a label of an English plan means: Target date, Responsible party, Milestone …"""

import re
from enum import StrEnum


class Field(StrEnum):
    """What a column, a label line or a key of the front matter holds."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    DUE = "due"
    LEAD = "lead"
    SUPPORTING = "supporting"
    SECTION = "section"
    IGNORED = "ignored"


_FORMS: tuple[tuple[Field, str], ...] = (
    (
        Field.IGNORED,
        (
            r"status|progress|notes?|comments?|remarks?|start(?:ing)? date|start|begin(?:ning)? date|"
            r"budget|cost|funding|contact.*|"
            r"e-?mail|phone|priority|last updated?|updated?|date published|layout|permalink|tags?|"
            r"completed?(?:\?)?|% complete"
        ),
    ),
    (
        Field.NUMBER,
        (
            r"#|no\.?|nr\.?|number|id|ref\.?|reference|item(?: no\.?)?|s/?n|"
            r"commitment (?:no\.?|number|id)|milestone (?:no\.?|number|id)|action (?:no\.?|number|id)"
        ),
    ),
    (
        Field.DUE,
        (
            r"(?:target|due|end|completion|delivery|expected|planned|estimated|anticipated|new|revised)(?: (?:completion|delivery|end|due|target))? dates?|"
            r"deadlines?|due|when|by when|time ?(?:line|frame|scale|table)|target completion|"
            r"(?:to be )?complete(?:d)? by|by|due by|to be done by|completion|delivery|dates?|schedule|target year"
        ),
    ),
    (
        Field.SUPPORTING,
        (
            r"support(?:ing)?(?: (?:agenc(?:y|ies)|departments?|part(?:y|ies)|organi[sz]ations?|units?|offices?|partners?|leads?))?|"
            r"(?:supported|assisted) by|support from|with(?: the)? support (?:of|from)|working with|"
            r"partners?|"
            r"(?:other|additional|key|delivery|implementing) (?:partners?|agenc(?:y|ies)|actors?(?: involved)?|departments?|stakeholders?)|"
            r"in partnership with|stakeholders?|collaborators?|consulted"
        ),
    ),
    (
        Field.LEAD,
        (
            r"(?:responsible|lead(?:ing)?|accountable|owning|implementing|assigned|primary)(?: (?:implementing|government))?(?: (?:part(?:y|ies)|agenc(?:y|ies)|departments?|"
            r"organi[sz]ations?|offices?|units?|bod(?:y|ies)|entit(?:y|ies)|ministr(?:y|ies)|officials?|"
            r"owners?|persons?|leads?|bureaus?))?|owners?|leads?|who|responsibility|"
            r"agenc(?:y|ies)|departments?|ministr(?:y|ies)|assigned to|part(?:y|ies) responsible|"
            r"agency responsible|department responsible|responsib(?:le|ility)|(?:led|owned|implemented|delivered) by"
        ),
    ),
    (
        Field.SECTION,
        (
            r"goals?|themes?|pillars?|categor(?:y|ies)|areas?|focus areas?|policy areas?|chapters?|"
            r"sections?|strategic (?:goals?|objectives?|priorit(?:y|ies))|priority areas?|objectives?"
        ),
    ),
    (
        Field.TITLE,
        (
            r"milestones?|(?:key |specific |proposed |planned )?actions?(?: items?| steps?)?|"
            r"commitments?|activit(?:y|ies)|tasks?|deliverables?|measures?|initiatives?|"
            r"recommendations?|"
            r"steps?|titles?|names?|outputs?|what|milestone(?: activity| description)|"
            r"actions? / milestones?|projects?|strateg(?:y|ies)|work items?|requirements?"
        ),
    ),
    (
        Field.TEXT,
        (
            r"measure?ments?|measures? of success|metrics?|indicators?|kpis?|"
            r"key performance indicators?|success(?: measures?| criteria| metrics?)?|outcomes?|"
            r"expected (?:outcomes?|results?|outputs?)|"
            r"targets?|descriptions?|details?|evidence|verification|results?|how|"
            r"performance (?:measures?|indicators?|targets?)|how (?:we will )?measured?|ambition|summary"
        ),
    ),
)
_FIELDS = tuple((field, re.compile(form, re.IGNORECASE)) for field, form in _FORMS)
_ORGANISATION = (
    r"(?:part(?:y|ies)|agenc(?:y|ies)|departments?|bod(?:y|ies)|entit(?:y|ies)|ministr(?:y|ies)|organi[sz]ations?|offices?|units?"
    r"|institutions?|stakeholders?|actors?|authorit(?:y|ies)|bureaus?|partners?|teams?|officers?|persons?|bureaux|leads?|owners?"
    r"|organs?|groups?|ministr(?:y|ies) and agencies)"
)
_LIKELY: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"\b(?:{form})\b", re.IGNORECASE))
    for field, form in (
        (
            Field.IGNORED,
            r"start|status|progress|budget\w*|cost\w*|fund(?:s|ing|ed)|remarks?|comments?|notes?",
        ),
        (
            Field.SUPPORTING,
            (
                rf"(?:support\w*|partner\w*|assist\w*|contribut\w*|collaborat\w*|co-?operat\w*|consult\w*|participat\w*|associated"
                rf"|secondary|involved|other|additional|co-?implement\w*)(?:\s\w+)?\s{_ORGANISATION}|partner\w*|collaborators?"
                rf"|{_ORGANISATION}\s(?:in support|involved|consulted)|(?:supported|assisted)\sby"
            ),
        ),
        (
            Field.LEAD,
            (
                rf"lead(?:s|ing)?|responsib\w+|accountab\w+|owners?|in charge|{_ORGANISATION}\s(?:responsible|in charge)"
                rf"|(?:coordinating|principal|primary|main|implementing|executing|focal)(?:\s\w+)?\s{_ORGANISATION}|led\sby"
            ),
        ),
        (
            Field.DUE,
            r"dates?|deadlines?|timelines?|time-?frames?|due|by when|(?:target|implementation|execution|delivery|completion) (?:year|quarter|month|period|time|term)",
        ),
        (Field.TEXT, r"indicators?|success|outcomes?|outputs?|results?|descriptions?|evidence|verification"),
        (
            Field.TITLE,
            r"milestones?|actions?|commitments?|activit(?:y|ies)|tasks?|deliverables?|measures?|initiatives?|interventions?|reforms?",
        ),
    )
)
_LIKELY_WORDS = 5
_LABEL_WORDS = 4
_LABEL = re.compile(
    r"(?P<label>[A-Za-z#][A-Za-z0-9 ./_-]{0,40}?)\s*(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*(?P<rest>.*)", re.DOTALL
)
_DASHED = re.compile(
    r"(?P<label>[A-Z][A-Za-z ]{1,30}?)\s*(?:\*\*)?\s+[–—-]\s+(?:\*\*)?(?P<rest>\S.*)", re.DOTALL
)
_COLON = re.compile(r"[:：]")
_WORD = re.compile(r"[A-Za-z][A-Za-z/-]*")
_INLINE = frozenset({Field.LEAD, Field.SUPPORTING, Field.DUE, Field.TEXT, Field.IGNORED})
_SAYS = frozenset({Field.LEAD, Field.SUPPORTING, Field.DUE})
_DRESS = re.compile(r"[*_`|]+|\([^)]*\)")


def field_of(heading: str) -> Field | None:
    """What stands under `heading`, or None where it is none that is known."""
    plain = " ".join(_DRESS.sub(" ", heading.replace("_", " ").replace("-", " ")).split()).strip(" :.?")
    return next((field for field, form in _FIELDS if form.fullmatch(plain)), None)


def likely_field_of(heading: str) -> Field | None:
    """As `field_of`; of a short heading that is not known by the words in it (Bodies that contribute)."""
    found = field_of(heading)
    words = " ".join(_DRESS.sub(" ", heading.replace("_", " ")).split())
    if found is not None or not words or len(words.split()) > _LIKELY_WORDS:
        return found
    return next((field for field, form in _LIKELY if form.search(words)), None)


def _label_of(words: str) -> Field | None:
    """What a label names; of labels that are not known only those that say who or when."""
    known = field_of(words)
    if known is not None or len(words.split()) > _LABEL_WORDS:
        return known
    likely = likely_field_of(words)
    return likely if likely in _SAYS else None


def label_in(line: str) -> tuple[Field, int] | None:
    """The field that a line such as “Target date: June 2025” names, and where its value begins."""
    undressed = len(line) - len(line.lstrip("*_-•> \t"))
    found = _LABEL.fullmatch(line, undressed)
    field = _label_of(found["label"]) if found else None
    if field is None and (dashed := _DASHED.fullmatch(line, undressed)):
        found, field = dashed, field_of(dashed["label"])
        field = field if field in _SAYS else None
    return (field, found.start("rest")) if found and field else None


def labels_within(line: str) -> list[tuple[Field, int]]:
    """The labels in a line that say who, when or how, each with the place at which it begins.

    A label that stands behind others words begins with a capital letter, or behind a sign that ends what was before it.
    """
    found: list[tuple[Field, int]] = []
    for colon in _COLON.finditer(line):
        words = list(_WORD.finditer(line, line.rfind("\n", 0, colon.start()) + 1, colon.start()))
        if not words or line[words[-1].end() : colon.start()].strip("* "):
            continue
        for first in words[-_LABEL_WORDS:]:
            label = line[first.start() : colon.start()].strip("* ")
            before = line[: first.start()].rstrip(" *_")
            begins = not before or before[-1] in ".;([|–—•,-\t\n" or first[0][0].isupper()
            if begins and (name := field_of(label)) in _INLINE:
                found.append((name, first.start()))
                break
    return found
