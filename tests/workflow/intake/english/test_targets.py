"""Numeric promises of English plans, and numbers that promise nothing."""

from datetime import date
from decimal import Decimal

import pytest

from workflow.intake.content import Passage
from workflow.intake.english.targets import read_targets, unread_figures


def promises(text: str) -> list[tuple[str, Decimal, str]]:
    return [(one.comparator, one.value or Decimal(0), one.unit) for one in read_targets(Passage(text))]


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("At least 95 percent of requests answered", (">=", Decimal(95), "%")),
        ("no more than 5 working days", ("<=", Decimal(5), "working days")),
        ("Reduce emissions by 30%", (">=", Decimal(30), "%")),
        ("Reduce the backlog to 200 cases", ("<=", Decimal(200), "cases")),
        ("Increase the share from 10% to 25%", (">=", Decimal(25), "%")),
        ("Open 3 new libraries", (">=", Decimal(3), "new libraries")),
        ("Replace 6 km of water mains", (">=", Decimal(6), "km")),
        ("Train 1,200 staff", (">=", Decimal(1200), "staff")),
        ("Over $2 million in grants", (">", Decimal(2_000_000), "$")),
        ("More than 45 hectares restored", (">", Decimal(45), "hectares")),
        ("At least 12 new bridges built", (">=", Decimal(12), "new bridges")),
        ("At least 20 seed banks", (">=", Decimal(20), "seed banks")),
        ("Number of datasets: 50 or more", (">=", Decimal(50), "")),
        ("2,500 tablets in circulation", (">=", Decimal(2500), "tablets")),
        ("4,000 participants a year", (">=", Decimal(4000), "participants")),
    ],
)
def test_a_promise_has_comparator_value_and_unit(text: str, promise: tuple[str, Decimal, str]) -> None:
    assert promises(text) == [promise]


@pytest.mark.parametrize(
    "text",
    [
        "Within 60 days of enactment, publish a plan",
        "Publish the 2024 report",
        "Section 508 review",
        "by 1 May 2026",
        "residents over 65 visited",
    ],
)
def test_other_numbers_promise_nothing(text: str) -> None:
    assert promises(text) == []


def test_the_date_of_the_clause_is_the_targets() -> None:
    found = read_targets(Passage("Open 3 libraries by June 2025; plant 400 trees by 2026"))
    assert [one.due for one in found] == [date(2025, 6, 30), date(2026, 12, 31)]


def test_a_target_keeps_its_clause_and_its_place() -> None:
    text = "Do the work. Open 3 libraries by June 2025. Rest."
    (found,) = read_targets(Passage(text))
    assert found.span is not None
    assert text[slice(*found.span)] == found.text == "Open 3 libraries by June 2025"


def test_a_figure_that_is_not_surely_promised_is_named() -> None:
    text = "Keep the 240 hectares under Section 12 mown within 30 days, by May 2026"
    assert [one.text for one in unread_figures(Passage(text))] == ["240 hectares"]
    assert unread_figures(Passage("At least 240 hectares mown; phase 2 begins")) == ()
