"""Whether somebody was told of a wrong fact: a warning at the measure's place, or one that names it."""

import re
from bisect import bisect_right
from typing import Any

from tests.workflow.intake.scoring_facts import Wrong
from tests.workflow.intake.scoring_pairs import Measure, plain

Warnings = list[dict[str, Any]]
_OPENING = 10
"""So many characters of a title are looked for in the source."""


class Places:
    """The lines of a source that belong to each measure read, and the warnings that stand there."""

    def __init__(self, read: list[Measure], text: str, warnings: Warnings) -> None:
        self._warnings = warnings
        letters = [(letter, n) for n, line in enumerate(text.split("\n"), 1) for letter in plain(line)]
        self._letters = "".join(letter for letter, _ in letters)
        self._lines = [line for _, line in letters]
        self._last = text.count("\n") + 1
        self._starts = [self._first_lines(measure, text) for measure in read]
        self._all_starts = sorted(set().union(*self._starts))

    def is_told(self, wrong: Wrong, place: int | None) -> bool:
        """Whether a warning covers the wrong fact of the measure read at the place, or of one never read."""
        if any(self._names(warning, wrong) for warning in self._warnings):
            return True
        starts = self._lines_of(wrong.title) if place is None else self._starts[place]
        return any(
            start <= (warning["line"] or 0) < max(self._next(start), start + 1)
            for start in starts
            for warning in self._warnings
        )

    def is_told_above(self) -> bool:
        """Whether a warning stands above the first measure, or nowhere: of the plan as a whole."""
        first = self._all_starts[0] if self._all_starts else self._last + 1
        return any((warning["line"] or 0) < first for warning in self._warnings)

    def _next(self, start: int) -> int:
        after = bisect_right(self._all_starts, start)
        return self._all_starts[after] if after < len(self._all_starts) else self._last + 1

    def _first_lines(self, measure: Measure, text: str) -> set[int]:
        """Where the narrative and the list each begin the measure."""
        spans = [span for span in (measure.get("spans") or {}).values() if span]
        known = {text.count("\n", 0, start) + 1 for start, _ in spans} | {measure.get("line") or 0}
        return (known - {0}) | self._lines_of(measure["title"])

    def _lines_of(self, title: str) -> set[int]:
        """The lines in which the words of the title begin, blanks and line ends apart."""
        opening = re.escape(plain(title)[:_OPENING])
        return (
            {self._lines[found.start()] for found in re.finditer(opening, self._letters)}
            if opening
            else set()
        )

    @staticmethod
    def _names(warning: dict[str, Any], wrong: Wrong) -> bool:
        """The warning has the measure's title or the very unit in its sentence."""
        said = plain(warning["message"])
        fact = wrong.missing if isinstance(wrong.missing, str) else wrong.invented
        names_unit = wrong.kind == "units" and isinstance(fact, str) and plain(fact) in said
        return plain(wrong.title) in said or (warning["line"] is None and names_unit)
