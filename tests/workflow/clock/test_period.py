"""How far a day lies in a period."""

from datetime import date

import pytest

from workflow.clock.period import elapsed

START, END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "day", "percent"),
    [
        (date(2025, 12, 31), 0, 0),
        (START, 1, 0),
        (date(2026, 7, 2), 183, 50),
        (END, 365, 100),
        (date(2027, 5, 1), 365, 100),
    ],
)
def test_a_day_is_counted_within_its_period_and_never_beyond(on: date, day: int, percent: int) -> None:
    over = elapsed(START, END, on)

    assert (over.day, over.days, over.percent) == (day, 365, percent)


def test_a_period_of_one_day_is_over_on_it() -> None:
    assert elapsed(START, START, START).percent == 100
