"""The blocks of an English plan become commitments: headings, front matter, label lines, and tables of milestones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Block, Paragraph, Passage, Table, joined
from workflow.intake.english.columns import Field, field_of, label_in
from workflow.intake.english.entries import with_entries
from workflow.intake.english.headings import heading_of
from workflow.intake.english.milestone_tables import Fields, is_card, read_cards, read_milestones
from workflow.intake.reader_warnings import WarningList
from workflow.intake.source import key

_FENCE = re.compile(r"-{3,}")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):\s*(?P<value>.*)")
LOWEST = 99
"""The rank of a head inside a table: no heading stands under it."""
_BULLETS = "-–•*▪◦ \t"
_ITEM = re.compile(r"-\s+(?P<value>.+)")


@dataclass(slots=True)
class Commitment:
    """A heading with what stands under it; `rows` are its milestones, `fields` what labels or front matter say of it."""

    number: str = ""
    title: Passage = field(default_factory=lambda: Passage(""))
    rank: int = 0
    fields: Fields = field(default_factory=dict)
    rows: list[Fields] = field(default_factory=list)
    lines: list[Passage] = field(default_factory=list)
    parent: "Commitment | None" = None
    pending: Field | None = None
    """The label of the last line, where nothing stands behind it: its value is in the lines below."""
    is_labelled: bool = False
    """Whether a label or front matter begins it (Commitment: Open the archive), and not a heading."""


def read_commitments(blocks: Sequence[Block], warnings: WarningList) -> list[Commitment]:
    """Every heading of the document in order, the lines before the first one under a commitment without a title."""
    found = [Commitment()]
    for block in _with_front_matter(with_entries(blocks)):
        if isinstance(block, dict):
            found.append(_labelled(block, found))
        elif isinstance(block, Table):
            _take_table(block, found, warnings)
        elif block.heading:
            _take_heading(block, found)
        else:
            _take_line(block.passage, found)
    return found


def _with_front_matter(blocks: Sequence[Block]) -> Iterator[Block | Fields]:
    """The blocks, each front matter (`---`, keys and values, `---`) as its fields."""
    at = 0
    while at < len(blocks):
        end = _end_of_front_matter(blocks, at)
        if end:
            yield _fields_of(block.passage for block in blocks[at + 1 : end] if isinstance(block, Paragraph))
            at = end + 1
        else:
            yield blocks[at]
            at += 1


def _is_fence(block: Block) -> bool:
    return isinstance(block, Paragraph) and _FENCE.fullmatch(block.passage.text) is not None


def _end_of_front_matter(blocks: Sequence[Block], at: int) -> int:
    """The place of the closing fence where front matter begins at `at`, else 0."""
    if not _is_fence(blocks[at]):
        return 0
    for n in range(at + 1, min(len(blocks), at + 60)):
        block = blocks[n]
        if _is_fence(block):
            return n if n > at + 1 else 0
        if not isinstance(block, Paragraph) or not (
            _PAIR.match(block.passage.text) or _ITEM.match(block.passage.text)
        ):
            return 0
    return 0


def _fields_of(lines: Iterable[Passage]) -> Fields:
    found: Fields = {}
    last: Field | None = None
    for line in lines:
        pair, item = _PAIR.fullmatch(line.text), _ITEM.fullmatch(line.text)
        if pair is not None:
            last = field_of(pair["key"])
            value = line.part(pair.start("value")).stripped(" \t\"'[]")
            if last is not None and value.text and last not in found:
                found[last] = value
        elif item is not None and last is not None:
            value = line.part(item.start("value")).stripped(" \t\"'")
            found[last] = joined([found[last], value], "; ") if last in found else value
    return found


def _labelled(fields: Fields, found: Sequence[Commitment]) -> Commitment:
    """A commitment that its fields name; it stands under the last heading."""
    heading = heading_of(fields.get(Field.TITLE, Passage("")))
    number = fields[Field.NUMBER].text if Field.NUMBER in fields else heading.number
    parent = next((one for one in reversed(found) if one.rank and not one.is_labelled), None)
    rank = parent.rank + 1 if parent is not None else 1
    return Commitment(number, heading.title, rank, dict(fields), parent=parent, is_labelled=True)


def _take_heading(block: Paragraph, found: list[Commitment]) -> None:
    """A heading stands under the last one of a higher rank; one that repeats what a label has just named adds nothing."""
    heading, last = heading_of(block.passage), found[-1]
    if last.is_labelled and not last.lines and key(heading.title.text) == key(last.title.text):
        return
    parent = next((one for one in reversed(found) if 0 < one.rank < block.heading), None)
    found.append(Commitment(heading.number, heading.title, block.heading, parent=parent))


def _take_line(line: Passage, found: list[Commitment]) -> None:
    """A label line is a field, one that names a commitment begins it; any other line is told text.

    A second label of a kind goes on with the first.
    """
    label = label_in(line.text)
    last = found[-1]
    if label is None:
        value = line.stripped(_BULLETS)
        if last.pending is not None and (last.pending not in last.fields or value.text != line.text):
            _add_value(last, last.pending, value)
        else:
            last.pending = None
            last.lines.append(line)
        return
    name, at = label
    value = line.part(at).stripped(" \t*_")
    if name is Field.TITLE:
        found.append(_labelled({name: value}, found))
    elif name is not Field.IGNORED:
        last.pending = None if value.text else name
        _add_value(last, name, value)


def _add_value(to: Commitment, name: Field, value: Passage) -> None:
    if value.text:
        to.fields[name] = joined([to.fields[name], value], "; ") if name in to.fields else value


def _take_table(table: Table, found: list[Commitment], warnings: WarningList) -> None:
    """Rows of milestones under their heads, or a table of two columns with a label and its value in each row."""
    read = None if is_card(table) else read_milestones(table, warnings)
    if read is None:
        for card in read_cards(table, warnings):
            if Field.TITLE in card:
                found.append(_labelled(card, found))
            else:
                found[-1].fields |= {
                    name: value for name, value in card.items() if name not in found[-1].fields
                }
        return
    if read.title is not None and not any(one.title.text for one in found):
        found.append(Commitment("", read.title, 1))
    above = next((one for one in reversed(found) if one.rank and not one.is_labelled), found[-1])
    for group in read.groups:
        if group.head is None:
            found[-1].rows += group.rows
        else:
            heading = heading_of(group.head)
            found.append(Commitment(heading.number, heading.title, LOWEST, rows=group.rows, parent=above))
