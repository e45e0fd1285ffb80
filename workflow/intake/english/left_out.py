"""What of an English plan became no measure and looks like one: numbered headings and lines (INTAKE.md, Never silently)."""

from collections.abc import Sequence
from itertools import chain

from workflow.intake.english.columns import label_in
from workflow.intake.english.commitments import Commitment
from workflow.intake.english.headings import entry_form
from workflow.intake.reader_warnings import Caution, WarningList

_SHOWN = 60
_ENTRIES_LEAST = 4
_SEVERAL = 2


def with_siblings(commitments: Sequence[Commitment], told: Sequence[Commitment]) -> list[Commitment]:
    """The measures among the commitments: those that say who or when, and numbered ones that stand beside them."""
    places = {(id(one.parent), one.rank) for one in told if one.rank and not one.is_labelled and one.number}
    own = {id(one) for one in told}
    heads = _heads(told) | {id(one.parent) for one in commitments if one.rows}
    return [
        one
        for one in commitments
        if id(one) in own
        or (
            one.number
            and not one.rows
            and not one.is_labelled
            and (id(one.parent), one.rank) in places
            and id(one) not in heads
        )
    ]


def _heads(told: Sequence[Commitment]) -> set[int]:
    """All that stand above a measure."""
    found: set[int] = set()
    for one in told:
        above = one.parent
        while above is not None and id(above) not in found:
            found.add(id(above))
            above = above.parent
    return found


def note_left_out(
    commitments: Sequence[Commitment], measures: Sequence[Commitment], warnings: WarningList
) -> None:
    """Warn of numbered headings that hold no measure, of numbered lines, and of labels above the first heading.

    Where most numbered lines are left over, a warning of the whole plan says so.
    """
    own = {id(one) for one in measures}
    with_rows = [one for one in commitments if one.rows]
    heads = _heads([*measures, *with_rows])
    read = len(measures) + sum(len(one.rows) for one in with_rows)
    left = 0
    for one in commitments:
        is_read = id(one) in own or bool(one.rows)
        if one.number and not is_read and id(one) not in heads:
            left += 1
            section = f"{one.number} {one.title.text}"[:_SHOWN]
            warnings.add(one.title.number, Caution.SECTION_EMPTY, section=section)
        left += _note_lines(one, warnings, is_measure=id(one) in own)
    if left >= _ENTRIES_LEAST and left * _SEVERAL > read:
        warnings.add(None, Caution.ENTRIES_UNREAD, seen=left + read, read=read)


def _note_lines(one: Commitment, warnings: WarningList, *, is_measure: bool) -> int:
    """Warn of the numbered lines of a commitment, and of its labels where it is no measure; how many lines there are."""
    found = [line for line in one.lines if entry_form(line.text)]
    for line in found:
        text = line.text[:_SHOWN]
        if is_measure:
            title = one.title.text[:_SHOWN]
            warnings.add(line.number, Caution.ENTRY_IN_TEXT, title=title, text=text)
        else:
            warnings.add(line.number, Caution.LINE_UNPLACED, text=text)
    if not is_measure and not one.rows:
        for value in chain(one.fields.values(), (line for line in one.lines if label_in(line.text))):
            warnings.add(value.number, Caution.LINE_UNPLACED, text=value.text[:_SHOWN])
    return len(found)
