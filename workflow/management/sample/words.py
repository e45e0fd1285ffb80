"""What the sample's people write: read from `words/*.toml`, one file per section of the plan.

    [01-01]                     a measure
    summaries = ["…", …]        the lead's opening of each consolidation, in order
    [[01-01.reports]]           what a bureau writes; several of one bureau are its reports in order
    by = "区教育局"
    progress = "…"
    problems = "…"              may be left out, as may all below
    next = "…"
    coordination = true
    readings = [96.2, "…"]      of the measure's targets in order; words are the reason why there is no value
    files = ["A 名单.csv"]      grade and name of evidence

A report by 各街道 serves every subdistrict: {street} is its name, {few} and {many} are numbers of its own.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from workflow.management.sample.diary import drawn

FOLDER = Path(__file__).parent / "words"
EVERY_STREET = "各街道"


@dataclass(frozen=True, slots=True)
class ReportWords:
    """One report."""

    by: str
    progress: str
    problems: str = ""
    next: str = ""
    coordination: bool = False
    readings: Sequence[float | str] = ()
    files: Sequence[str] = ()

    def of(self, street: str) -> "ReportWords":
        """The report as the subdistrict `street` writes it."""
        numbers = {"street": street, "few": 3 + drawn(street, 7), "many": 60 + drawn(street * 2, 140)}
        return ReportWords(
            street,
            self.progress.format(**numbers),
            self.problems.format(**numbers),
            self.next.format(**numbers),
            self.coordination,
            self.readings,
            self.files,
        )


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """All that is written about one measure."""

    summaries: Sequence[str] = ()
    reports: Mapping[str, Sequence[ReportWords]] = field(default_factory=dict)

    @classmethod
    def read(cls, given: dict[str, Any]) -> Self:
        """The words of one table of a file."""
        reports: dict[str, list[ReportWords]] = {}
        for one in given.get("reports", ()):
            reports.setdefault(one["by"], []).append(ReportWords(**one))
        return cls(tuple(given.get("summaries", ())), reports)

    def summary(self, number: int) -> str:
        """The opening of the `number`-th consolidation (from 0); the last one serves for those after it."""
        return self.summaries[min(number, len(self.summaries) - 1)]

    def report(self, bureau: str, number: int) -> tuple[ReportWords, bool]:
        """The `number`-th report of the bureau (from 0), and whether it only repeats the one before."""
        own = self.reports.get(bureau) or [one.of(bureau) for one in self.reports[EVERY_STREET]]
        return own[min(number, len(own) - 1)], number >= len(own)


def read_words() -> dict[str, MeasureWords]:
    """The words of every measure by its key ("02-04")."""
    found: dict[str, MeasureWords] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        found.update({key: MeasureWords.read(table) for key, table in tables.items()})
    return found
