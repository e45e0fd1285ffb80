"""What every reader returns: a plan ready to be stored, and what the reader was not sure of."""

from dataclasses import dataclass

from workflow.actions.loading import PlanInput
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, ReaderWarning, WarningList

TITLE_LONGEST = 200
UNIT_LONGEST = 200
TARGET_LONGEST = 300


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as read; `period` as written, `code` where the file suggests one, else ""."""

    plan: PlanInput
    period: str
    warnings: tuple[ReaderWarning, ...]
    code: str = ""


def fitting(text: str, limit: int, line: int | None, warnings: WarningList) -> str:
    """`text`, cut to what the ledger can keep, with a warning where it was longer."""
    if len(text) > limit:
        warnings.add(line, Caution.TEXT_CUT, limit=limit, text=text[:30])
    return text[:limit]


def note_period(period: Period, line: int | None, warnings: WarningList) -> None:
    """Warn of a span that begins and ends in the same year."""
    if period.is_one_year_twice:
        warnings.add(line, Caution.PERIOD_EQUAL, year=period.start.year)
