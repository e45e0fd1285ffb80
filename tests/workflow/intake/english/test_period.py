"""The period of English plans."""

from datetime import date

import pytest

from workflow.intake.content import Passage
from workflow.intake.english.period import english_period
from workflow.intake.english.reader import EnglishPlan


@pytest.mark.parametrize(
    ("title", "under", "days", "years"),
    [
        ("Harbour Plan 2026-2027", "", (), (2026, 2027)),
        ("Harbour Plan 2026 to 2028", "", (), (2026, 2028)),
        ("Harbour Plan", "2027–2029", (), (2027, 2029)),
        ("Harbour Plan", "Adopted in 2026", (), None),
        ("Harbour Plan 2026", "", (date(2026, 6, 30),), (2026, 2026)),
        ("Harbour Plan 2026", "", (date(2027, 6, 30),), None),
    ],
)
def test_the_title_or_the_line_under_it_names_the_period(
    title: str, under: str, days: tuple[date, ...], years: tuple[int, int] | None
) -> None:
    opening = (Passage(under),) if under else ()
    period = english_period(EnglishPlan(Passage(title), (), days, opening))
    assert (period and (period.start.year, period.end.year)) == years
