"""What every reader returns: a plan ready to be stored, and what the reader was not sure of."""

from bisect import bisect_right
from dataclasses import dataclass

from workflow.actions.plan_input import PlanInput
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, ReaderWarning, WarningList

TITLE_LONGEST = 200
UNIT_LONGEST = 200
TARGET_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as read; `period` as written, `code` where the file suggests one, else "".

    `text` is the normalised text that all spans and lines are places of; `files` the first line of each file in it,
    with its name.
    """

    plan: PlanInput
    period: str
    warnings: tuple[ReaderWarning, ...]
    code: str = ""
    text: str = ""
    files: tuple[tuple[int, str], ...] = ()

    def place_of(self, line: int) -> tuple[str, int]:
        """The file that a line of the text is in, and the line in that file."""
        n = bisect_right([first for first, _ in self.files], line) - 1
        return (self.files[n][1], line - self.files[n][0] + 1) if n >= 0 else ("", line)


def fitting(text: str, limit: int, line: int | None, warnings: WarningList) -> str:
    """`text`, cut to what the ledger can keep, with a warning where it was longer."""
    if len(text) > limit:
        warnings.add(line, Caution.TEXT_CUT, limit=limit, text=text[:30])
    return text[:limit]


def note_period(period: Period, line: int | None, warnings: WarningList) -> None:
    """Warn of a span that begins and ends in the same year."""
    if period.is_one_year_twice:
        warnings.add(line, Caution.PERIOD_EQUAL, year=period.start.year)
