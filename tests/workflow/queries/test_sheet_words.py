"""What a ledger's sheet says of targets, units and days is read back as it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.models.measure import CycleLength
from workflow.models.target import Comparator
from workflow.queries.sheet_words import (
    CYCLES,
    SIGNS,
    Promise,
    date_in,
    long_date,
    period_in_line,
    period_line,
    promise_in,
    promise_words,
    unit_words,
)

days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
signs = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
words = st.text(signs, min_size=1, max_size=30)
units = st.text(st.characters(exclude_categories=["C", "Z", "N"], exclude_characters="，〔〕.-"), max_size=8)
numbers = st.decimals(-(10**11), 10**11, places=4, allow_nan=False, allow_infinity=False)


@given(words, st.sampled_from(sorted(SIGNS)), st.none() | numbers, units, st.none() | days)
@settings(derandomize=True, deadline=None)
def test_a_target_comes_back(
    text: str, comparator: str, value: Decimal | None, unit: str, due: date | None
) -> None:
    promise = Promise(text, comparator, value, unit, due) if value is not None else Promise(text, due=due)
    assert promise_in(promise_words(promise)) == promise


@pytest.mark.parametrize(
    "text", ["覆盖率不低于95%", "建成〔一期〕工程", "达标〔尽快〕", "率〔2027年13月1日前〕"]
)
def test_a_line_that_somebody_wrote_anew_is_no_such_target(text: str) -> None:
    assert promise_in(text) is None


@given(days)
@settings(derandomize=True, deadline=None)
def test_a_day_comes_back(day: date) -> None:
    assert date_in(long_date(day)) == day


@pytest.mark.parametrize("text", ["2026年2月30日", "2026年2月", "截至2026年2月1日"])
def test_anything_else_is_no_day(text: str) -> None:
    assert date_in(text) is None


@given(days, days)
@settings(derandomize=True, deadline=None)
def test_a_period_comes_back_unless_it_ends_before_it_begins(start: date, end: date) -> None:
    found = period_in_line(f"截至某日；{period_line(start, end)}")
    assert found == ((start, end) if start <= end else None)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("教育局", "财政局"), "教育局、财政局"),
        (("各市、县政府", "财政局"), "各市、县政府；财政局"),
        (("各市、县政府",), "各市、县政府；"),
    ],
)
def test_a_name_with_a_separator_is_set_off_by_another(names: tuple[str, ...], said: str) -> None:
    assert unit_words(names) == said


def test_every_comparator_and_cycle_has_its_words() -> None:
    assert set(SIGNS) == set(Comparator.values)
    assert set(CYCLES) == set(CycleLength.values) - {CycleLength.NONE}
