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
            r"complete(?:d)? by|completion|delivery|dates?|schedule|target year"
        ),
    ),
    (
        Field.SUPPORTING,
        (
            r"support(?:ing)?(?: (?:agenc(?:y|ies)|departments?|part(?:y|ies)|organi[sz]ations?|units?|offices?|partners?|leads?))?|"
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
            r"agency responsible|department responsible|responsib(?:le|ility)"
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
_LABEL = re.compile(
    r"(?P<label>[A-Za-z#][A-Za-z0-9 ./_-]{0,40}?)\s*(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*(?P<rest>.*)", re.DOTALL
)
_DRESS = re.compile(r"[*_`|]+|\([^)]*\)")


def field_of(heading: str) -> Field | None:
    """What stands under `heading`, or None where it is none that is known."""
    plain = " ".join(_DRESS.sub(" ", heading.replace("_", " ").replace("-", " ")).split()).strip(" :.?")
    return next((field for field, form in _FIELDS if form.fullmatch(plain)), None)


def label_in(line: str) -> tuple[Field, int] | None:
    """The field that a line such as “Target date: June 2025” names, and where its value begins."""
    undressed = len(line) - len(line.lstrip("*_-•> \t"))
    found = _LABEL.fullmatch(line, undressed)
    field = field_of(found["label"]) if found else None
    return (field, found.start("rest")) if found and field else None
