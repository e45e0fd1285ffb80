"""One measure of a draft into two, and two into one: what belongs to which part is told by the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from workflow.actions.plan_input import MeasureInput, Span, UnitInput
from workflow.intake.plan_read import TITLE_LONGEST

_SENTENCE = re.compile(r"[。；;！？!?\n]+[”’）)]*\s*|\.\s+")
_FIRST = re.compile(r"[^。；;！？!?\n，,：:]{2,60}")
_LABEL = 24


class Worded(Protocol):
    """Part of a measure with its place in the source."""

    @property
    def span(self) -> Span | None:
        """Its place."""
        ...


Part = TypeVar("Part", bound=Worded)


@dataclass(frozen=True, slots=True)
class Boundary:
    """A place of the text at which a sentence begins, and how it begins."""

    place: int
    label: str


def boundaries(text: str) -> list[Boundary]:
    """Where the text can be cut: before each sentence but the first."""
    places = [found.end() for found in _SENTENCE.finditer(text)]
    return [
        Boundary(place, text[place : place + _LABEL].split("\n")[0])
        for place in places
        if text[:place].strip() and text[place:].strip()
    ]


def cut(measure: MeasureInput, place: int) -> tuple[MeasureInput, MeasureInput]:
    """The measure up to a place of its text, and from there on; both keep the units and the schedule.

    Targets, milestones and single things to do go with the part that holds their words; what stands in neither stays.
    """
    before, behind = measure.text[:place].rstrip(), measure.text[place:].strip()
    found = _FIRST.search(behind)
    title = (found[0] if found else behind).strip()[:TITLE_LONGEST]
    span = measure.spans.get("text")
    middle = None if span is None else min(span[0] + place, span[1])
    first = replace(measure, text=before, **_parts(measure, behind, is_second=False))
    second = replace(
        measure,
        text=behind,
        title=title,
        number="",
        code="",
        differences=(),
        **_parts(measure, behind, is_second=True),
    )
    if span is None or middle is None:
        return first, second
    return (
        replace(first, spans={**measure.spans, "text": (span[0], middle)}),
        replace(second, spans={**measure.spans, "text": (middle, span[1]), "title": (middle, span[1])}),
    )


def _parts(measure: MeasureInput, behind: str, *, is_second: bool) -> dict[str, Any]:
    return {
        "targets": [part for part in measure.targets if (part.text in behind) == is_second],
        "milestones": [part for part in measure.milestones if (part.title in behind) == is_second],
        "items": [part for part in measure.items if (part.text in behind) == is_second],
    }


def together(one: MeasureInput, other: MeasureInput) -> MeasureInput:
    """Both measures as one, under the title of the first; the other's title stands in the text."""
    text = "\n".join(filter(None, (one.text, f"{other.number}{other.title}", other.text)))
    return replace(
        one,
        text=text,
        schedule=one.schedule or other.schedule,
        due=one.due or other.due,
        is_ongoing=one.is_ongoing or other.is_ongoing,
        cycle=one.cycle or other.cycle,
        units=_units(one.units, other.units),
        targets=[*one.targets, *other.targets],
        milestones=[*one.milestones, *other.milestones],
        items=[*one.items, *other.items],
        differences=[*one.differences, *other.differences],
        spans=_spans(one, other),
    )


def _units(ones: Sequence[UnitInput], others: Sequence[UnitInput]) -> list[UnitInput]:
    """Every unit once; the first measure's lead leads."""
    known = {unit.text for unit in ones}
    has_lead = any(unit.is_lead for unit in ones)
    more = [unit for unit in others if unit.text not in known]
    return [*ones, *(replace(unit, is_lead=unit.is_lead and not has_lead) for unit in more)]


def _spans(one: MeasureInput, other: MeasureInput) -> dict[str, Span]:
    """From where the first begins to where the other ends."""
    found = {**other.spans, **one.spans}
    texts = [span for spans in (one.spans, other.spans) if (span := spans.get("text"))]
    if texts:
        found["text"] = (min(start for start, _ in texts), max(end for _, end in texts))
    return found
