"""What an edition changes of a measure, in words and with the differences of the text marked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from workflow.models.amendment import AmendedField
from workflow.models.measure import CycleLength, MeasureKind
from workflow.models.target import Comparator
from workflow.pages.compare import Piece, pieces

F = AmendedField


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, and `after` beside `before` piece by piece."""

    field: str
    label: str
    before: str
    after: str
    pieces: list[Piece]


def change_of(field: str, before: Any, after: Any) -> Change:
    """The change in words."""
    was, now = said(field, before), said(field, after)
    return Change(field, str(AmendedField(field).label), was, now, _marked(field, was, now))


def _marked(field: str, was: str, now: str) -> list[Piece]:
    """Texts word by word, lists line by line; of a day or a section, the one and then the other."""
    if field in (F.SCHEDULE, F.SECTION):
        return (
            [Piece("gone", was), Piece("same", " → "), Piece("new", now)] if was and now else pieces(was, now)
        )
    if field in (F.UNITS, F.TARGETS, F.MILESTONES, F.ITEMS):
        return list(_lines_marked(was.splitlines(), now.splitlines()))
    return pieces(was, now)


def _lines_marked(was: Sequence[str], now: Sequence[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Piece("same", f"{line}\n") for line in now[j1:j2])
            continue
        for kind, lines in (("gone", was[i1:i2]), ("new", now[j1:j2])):
            for line in lines:
                yield Piece(kind, line)
                yield Piece("same", "\n")


def said(field: str, value: Any) -> str:
    """The value of a field, as `edition_differences` keeps it, in words: a line for each part."""
    if not value:
        return ""
    words = SAID.get(field)
    return str(value) if words is None else words(value)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _schedule(value: Mapping[str, Any]) -> str:
    if value["kind"] == MeasureKind.DATED:
        decided = str(value["due"])
    elif value["kind"] == MeasureKind.ONGOING:
        decided = str(CycleLength(value["cycle"]).label)
    else:
        decided = _("to be decided")
    return " · ".join(filter(None, (value["schedule"], decided)))


def _unit(one: Mapping[str, Any]) -> str:
    return f"{one['text']} · {_('lead')}" if one["is_lead"] else str(one["text"])


def _target(one: Mapping[str, Any]) -> str:
    parts = [str(one["text"])]
    if one["value"] is not None:
        sign = Comparator(one["comparator"]).label if one["comparator"] else ""
        parts.append(f"{sign} {one['value']} {one['unit']}".strip())
    return " · ".join([*parts, *filter(None, [one["due"]])])


SAID: Mapping[str, Callable[[Any], str]] = {
    F.SECTION: lambda value: f"{value['number']}{value['title']}",
    F.SCHEDULE: _schedule,
    F.UNITS: lambda value: _lines(_unit(one) for one in value),
    F.TARGETS: lambda value: _lines(_target(one) for one in value),
    F.MILESTONES: lambda value: _lines(f"{one['due']} {one['title']}" for one in value),
    F.ITEMS: _lines,
    F.DROPPED: lambda value: str(value["title"]),
}
"""How the fields that are more than one text are said."""
