"""Which lines of the source belong to which measure of a draft, by the places of what was read."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from workflow.models import ImportLine, ImportMeasure, ImportText

BATCH = 500
PARTS = ("units", "targets", "milestones", "items")
LONGEST = 400
"""Lines of one place that are told apart; a longer one is known by its beginning."""


class Lines:
    """The lines of a text, by where they begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]

    def of(self, place: int) -> int:
        """The line, from 1, on which a place lies."""
        return bisect_right(self._starts, place)

    def spans(self, data: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
        """First and last line of each thing that was read of a measure."""
        if data.get("line"):
            yield data["line"], data["line"]
        for start, end in _spans(data):
            yield self.of(start), self.of(max(end - 1, start))


def _spans(data: Mapping[str, Any]) -> Iterator[Sequence[int]]:
    yield from filter(None, (data.get("spans") or {}).values())
    for part in PARTS:
        yield from (one["span"] for one in data.get(part) or () if one.get("span"))


def write_lines(measures: Sequence[ImportMeasure], text: str) -> None:
    """Keep on which lines something of these measures begins, in place of what was known of them."""
    lines = Lines(text)
    keys = [measure.pk for measure in measures]
    for start in range(0, len(keys), BATCH):  # a database takes only so many values in one statement
        ImportLine.objects.filter(measure__in=keys[start : start + BATCH]).delete()
    ImportLine.objects.bulk_create(
        (
            ImportLine(plan_import_id=measure.plan_import_id, line=line, measure=measure)
            for measure in measures
            for line in sorted({first for first, _ in lines.spans(measure.data)})
        ),
        batch_size=BATCH,
    )


def rewrite_lines(plan_import: int, measures: Sequence[ImportMeasure]) -> None:
    """The same for some measures of a draft, with the text that is kept of it."""
    if measures:
        text = ImportText.objects.filter(plan_import=plan_import).values_list("text", flat=True).first()
        write_lines(measures, text or "")


def owners(measures: Iterable[ImportMeasure], text: str) -> dict[int, int]:
    """Line → the key of the measure that it belongs to; of several the one whose place there is shortest."""
    lines = Lines(text)
    places = [
        (last - first, first, last, measure.pk)
        for measure in measures
        for first, last in lines.spans(measure.data)
    ]
    found: dict[int, int] = {}
    for _length, first, last, key in sorted(places):
        for line in range(first, min(last, first + LONGEST) + 1):
            found.setdefault(line, key)
    return found
