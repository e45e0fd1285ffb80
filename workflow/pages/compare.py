"""What changed between a report and its resubmission, word by word and reading by reading."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.models import Reading, Report
from workflow.templatetags.ledger import number

WORD = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
LIMIT = 6000
"""Longer texts are shown side by side without marks: the comparison grows with the square."""


class Piece(NamedTuple):
    """A stretch of text: "same", "new" or "gone"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the report with its changes."""

    label: str | Promise
    pieces: list[Piece]


def compare(old: Report, new: Report) -> list[Comparison]:
    """The texts and readings that differ between two versions."""
    fields = [
        (_("Progress"), old.progress, new.progress),
        (_("Problems"), old.problems, new.problems),
        (_("Next steps"), old.next_steps, new.next_steps),
        *_readings(old, new),
    ]
    return [Comparison(label, pieces(was, now)) for label, was, now in fields if was != now]


def _readings(old: Report, new: Report) -> list[tuple[str | Promise, str, str]]:
    """Each target's reading in words, before and after."""
    before = {reading.target_id: _said(reading) for reading in old.readings.all()}
    return [
        (reading.target.text, before.get(reading.target_id, ""), _said(reading))
        for reading in new.readings.all()
    ]


def _said(reading: Reading) -> str:
    if reading.value is None:
        return reading.reason
    return f"{number(reading.value)} {reading.target.unit}".strip()


def pieces(was: str, now: str) -> list[Piece]:
    """`now` beside `was` as stretches that stayed, came or went."""
    if len(was) > LIMIT or len(now) > LIMIT:
        return [Piece("gone", was), Piece("new", now)]
    old, new = WORD.findall(was), WORD.findall(now)
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(Piece("gone", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Piece("new", "".join(new[j1:j2])))
    return found
