"""Numbered lines and label lines of an English plan without marked headings become headings, each with what it says.

1.1 Publish the draft budget. / Lead: Treasury / Deadline: June 2027; the labels may stand in the entry's own line, and
what holds the entries (Priority 1. Open budgets) is a heading above them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from workflow.intake.content import Block, Paragraph, Passage, joined
from workflow.intake.english.columns import Field, label_in, labels_within
from workflow.intake.english.headings import end_of_number, entry_form, is_number_alone

_SHOWN_HEAD = 120
_HEAD_LONGEST = 80
_TITLE_LINES = 4
_SEVERAL = 2
_SAYS = frozenset({Field.LEAD, Field.DUE})
_SENTENCE = re.compile(r"(?<=[a-z0-9)”\"’])[.;]\s+(?=[A-Z“\"])")
_EDGES = " \t,;|()[]–—"
_NAMES_PLAN = re.compile(r"\b(?:plan|programme|program|strategy|roadmap|agenda|framework)\b", re.IGNORECASE)
_ANY_LABEL = re.compile(r"[A-Z][A-Za-z]+(?: [a-z]+){0,3}:\s")
_FURNITURE = re.compile(r"-{3,}|={3,}")


@dataclass(slots=True)
class _Entry:
    """A numbered line: where it stands, how it is numbered, and how often each label comes before the next like it."""

    place: int
    form: str
    said: dict[Field, int] = field(default_factory=dict)

    @property
    def is_single(self) -> bool:
        """Whether it says once who leads or when."""
        return bool(self.said) and max(self.said.values()) == 1


def with_entries(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with numbered lines that say who and when as headings, and with every label on a line of its own."""
    found = [part for block in _numbers_joined(blocks) for part in _labels_apart(block)]
    highest = max((block.heading for block in found if isinstance(block, Paragraph)), default=0)
    ranks = {**_ranks(found, max(highest, 1)), **_bare_records(found, max(highest, 1) + _TITLE_LINES)}
    if not ranks:
        return found
    if not highest and (title := _title_place(found, min(ranks))) is not None:
        ranks[title] = 1
    return [part for n, block in enumerate(found) for part in _headed(block, ranks.get(n, 0))]


def _numbers_joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a number on a line of its own put to the line that it numbers."""
    number: Paragraph | None = None
    for block in blocks:
        is_line = isinstance(block, Paragraph) and label_in(block.passage.text) is None
        if number is not None and isinstance(block, Paragraph) and is_line and not block.heading:
            yield replace(number, passage=joined((number.passage, block.passage), " "))
            number = None
            continue
        if number is not None:
            yield number
        number = block if isinstance(block, Paragraph) and is_number_alone(block.passage.text) else None
        if number is None:
            yield block
    if number is not None:
        yield number


def _labels_apart(block: Block) -> Iterator[Block]:
    """A paragraph in parts: what stands before its labels, and each label with its value."""
    if not isinstance(block, Paragraph):
        yield block
        return
    labels = labels_within(block.passage.text)
    if not {Field.LEAD, Field.DUE, Field.SUPPORTING} & {name for name, _ in labels}:
        yield block
        return
    starts = [0, *(start for _, start in labels), len(block.passage.text)]
    for n, (start, end) in enumerate(pairwise(starts)):
        part = block.passage.part(start, end).stripped(_EDGES)
        if part.text.strip("*_-•. "):
            yield Paragraph(part, 0 if n else block.heading)


def _ranks(blocks: Sequence[Block], above: int) -> dict[int, int]:
    """The rank of each numbered line that is a measure, or a head of such; by the place of its block."""
    entries = [entry for form in _forms(blocks) for entry in _entries(blocks, form)]
    forms = list(dict.fromkeys(entry.form for entry in sorted(entries, key=lambda one: one.place)))
    single = {form: sum(one.is_single for one in entries if one.form == form) for form in forms}
    count = {form: sum(one.form == form for one in entries) for form in forms}
    best = max(forms, key=lambda form: (single[form], -count[form], forms.index(form)), default="")
    if not best or single[best] * _SEVERAL < count[best]:
        return {}
    items = [one.place for one in entries if one.form == best]
    lowest = above + 1 + len(forms)
    ranks = dict.fromkeys(items, lowest + 1) | dict.fromkeys(_plain_heads(blocks, items), lowest)
    for depth, form in enumerate(forms[: forms.index(best)]):
        heads = [one.place for one in entries if one.form == form]
        ends = [*heads[1:], len(blocks)]
        for place, end in zip(heads, ends, strict=True):
            if _is_short(blocks[place]) and any(place < item < end for item in items):
                ranks[place] = above + 1 + depth
    return ranks


def _plain_heads(blocks: Sequence[Block], items: Sequence[int]) -> list[int]:
    """Short lines without a number between the labels of one entry and the next entry: heads of what follows."""
    found = [
        item - 1 for item in items[1:] if _is_label(blocks[item - 2]) and _is_plain_head(blocks[item - 1])
    ]
    first = items[0] - 1
    return [first, *found] if found and first > 0 and _is_plain_head(blocks[first]) else found


def _is_label(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.heading and label_in(block.passage.text) is not None


def _is_plain_head(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.heading or _is_label(block) or _form(block):
        return False
    text = block.passage.text
    is_label = _ANY_LABEL.match(text) is not None
    return len(text) <= _HEAD_LONGEST and text[-1] not in ".;:," and text[0] not in "-•*" and not is_label


def _forms(blocks: Sequence[Block]) -> list[str]:
    """How the lines are numbered, in the order in which each kind comes first."""
    return list(dict.fromkeys(filter(None, (_form(block) for block in blocks))))


def _form(block: Block) -> str:
    return entry_form(block.passage.text) if isinstance(block, Paragraph) and not block.heading else ""


def _entries(blocks: Sequence[Block], form: str) -> list[_Entry]:
    """The lines of one form with the labels under them, up to the next of it, a heading, or a form that came before."""
    forms = _forms(blocks)
    higher = set(forms[: forms.index(form)])
    found: list[_Entry] = []
    is_open = False
    for n, block in enumerate(blocks):
        own = _form(block)
        if own == form:
            found.append(_Entry(n, form))
            is_open = True
        elif own in higher or not isinstance(block, Paragraph) or block.heading:
            is_open = False
        elif is_open and (label := label_in(block.passage.text)) and label[0] in _SAYS:
            found[-1].said[label[0]] = found[-1].said.get(label[0], 0) + 1
    return found


def _is_short(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(block.passage.text) <= _SHOWN_HEAD


def _bare_records(blocks: Sequence[Block], rank: int) -> dict[int, int]:
    """Lines without numbers that each have labels of their own: a line behind labels begins the next such record.

    Only where who leads or when is said again before anything else begins.
    """
    found: dict[int, int] = {}
    run: list[tuple[int, Field | None]] = []
    for n, block in enumerate([*blocks, None]):
        is_line = isinstance(block, Paragraph) and not block.heading and not _form(block)
        if isinstance(block, Paragraph) and is_line and not _FURNITURE.fullmatch(block.passage.text):
            label = label_in(block.passage.text)
            run.append((n, label[0] if label else None))
            continue
        begins = [at for at, _ in _records(run)]
        found |= dict.fromkeys(begins, rank) if len(begins) >= _SEVERAL else {}
        run = []
    return found


def _records(run: Sequence[tuple[int, Field | None]]) -> Iterator[tuple[int, int]]:
    """The first line of each group of lines that ends in labels, with the number of its labels; no label names it."""
    if any(name is Field.TITLE for _, name in run):
        return
    lines: list[int] = []
    said = 0
    for at, name in [*run, (-1, None)]:
        if name is not None:
            said += name in _SAYS
            continue
        if said and lines:
            yield lines[-1 if lines[0] == run[0][0] else 0], said
        if said or at < 0:
            lines, said = [], 0
        lines.append(at)


def _title_place(blocks: Sequence[Block], before: int) -> int | None:
    """Which of the first lines names the plan, where none is marked as a heading."""
    first = [
        n
        for n, block in enumerate(blocks[: min(before, _TITLE_LINES)])
        if isinstance(block, Paragraph) and label_in(block.passage.text) is None
    ]
    named = (n for n in first if _is_short(blocks[n]) and _names_plan(blocks[n]))
    return next(named, next(iter(first), None))


def _names_plan(block: Block) -> bool:
    return isinstance(block, Paragraph) and _NAMES_PLAN.search(block.passage.text) is not None


def _headed(block: Block, rank: int) -> Iterator[Block]:
    """The paragraph as a heading; of several sentences the first alone, the rest as a line under it."""
    if not rank or not isinstance(block, Paragraph):
        yield block
        return
    whole = block.passage.stripped("-•*▪◦ \t")
    end = _SENTENCE.search(whole.text, end_of_number(whole.text))
    title = whole.part(0, end.start()) if end else whole
    yield replace(block, passage=_unended(title), heading=rank)
    if end:
        yield Paragraph(whole.part(end.end()))


def _unended(title: Passage) -> Passage:
    return title.part(0, len(title.text.rstrip(" .;:")))
