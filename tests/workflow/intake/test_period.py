"""The plan's period in its title."""

from datetime import date

import pytest

from workflow.intake.errors import Fault, IntakeError
from workflow.intake.period import period_in


@pytest.mark.parametrize(
    ("title", "text", "first", "last"),
    [
        ("绿道方案（2026-2028年）", "2026-2028年", 2026, 2028),
        ("绿道方案（2026—2028年）", "2026—2028年", 2026, 2028),
        ("绿道方案（2026年至2028年）", "2026年至2028年", 2026, 2028),
        ("绿道方案（2026～2028）", "2026～2028", 2026, 2028),
        ("2026年绿道工作要点", "2026年", 2026, 2026),
        ("绿道任务书（2026年3月—2027年12月）", "2026年3月—2027年12月", 2026, 2027),
        ("绿道任务书（2026年3月1日至2027年2月底）", "2026年3月1日至2027年2月底", 2026, 2027),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(title: str, text: str, first: int, last: int) -> None:
    period = period_in(title)
    assert period is not None
    assert (period.text, period.start, period.end) == (text, date(first, 1, 1), date(last, 12, 31))
    assert not period.is_one_year_twice


def test_a_span_of_one_year_is_that_year_and_says_so() -> None:
    period = period_in("绿道方案（2026-2026年）")
    assert period is not None
    assert (period.start, period.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period.is_one_year_twice


@pytest.mark.parametrize(
    "title", ["绿道方案", "绿道方案（第三轮）", "绿道2.0方案", "绿道方案（0026-0028年）"]
)
def test_a_title_without_a_year_names_no_period(title: str) -> None:
    assert period_in(title) is None


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(IntakeError) as refused:
        period_in("绿道方案（2028-2026年）")
    assert refused.value.fault is Fault.PERIOD_REVERSED


def test_a_five_year_plan_says_its_years() -> None:
    period = period_in("“十五五”绿道规划任务分解")
    assert period is not None
    assert (period.text, period.start, period.end) == (
        "“十五五”（2026-2030年）",
        date(2026, 1, 1),
        date(2030, 12, 31),
    )
