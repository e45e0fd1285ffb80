"""Target dates of English plans."""

from datetime import date

import pytest

from workflow.intake.english.dates import dates_in, read_target_date, struck_in


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("June 30, 2025", date(2025, 6, 30)),
        ("30 June 2025", date(2025, 6, 30)),
        ("1st of March, 2026", date(2026, 3, 1)),
        ("Sept. 2025", date(2025, 9, 30)),
        ("by the end of February 2028", date(2028, 2, 29)),
        ("2025-06-15", date(2025, 6, 15)),
        ("2025-06", date(2025, 6, 30)),
        ("Q3 2025", date(2025, 9, 30)),
        ("2025 Q2", date(2025, 6, 30)),
        ("fourth quarter of 2026", date(2026, 12, 31)),
        ("end of 2026", date(2026, 12, 31)),
        ("2027", date(2027, 12, 31)),
        ("2024–2026", date(2026, 12, 31)),
        ("30/06/2025", date(2025, 6, 30)),
    ],
)
def test_a_date_is_the_last_day_that_it_allows(cell: str, due: date) -> None:
    found = read_target_date(cell)
    assert (found.due, found.is_clear, found.is_ongoing) == (due, True, False)


@pytest.mark.parametrize(
    "cell", ["TBD", "mid-2026", "Early 2025", "FY2025", "Summer", "", "February 30, 2025", "13/13/2025"]
)
def test_what_has_no_sure_last_day_is_unclear(cell: str) -> None:
    assert (read_target_date(cell).due, read_target_date(cell).is_clear) == (None, False)


@pytest.mark.parametrize("cell", ["Within 60 days of enactment", "12 months", "three weeks after launch"])
def test_a_span_from_an_unnamed_day_is_relative(cell: str) -> None:
    found = read_target_date(cell)
    assert (found.due, found.is_relative) == (None, True)


def test_a_struck_date_gives_way_to_the_new_one_and_is_kept() -> None:
    found = read_target_date("~~March 2024~~ June 2024")
    assert (found.due, found.is_revised, found.milestones) == (date(2024, 6, 30), True, ())
    assert struck_in("~~March 2024~~ June 2024") == "March 2024"


@pytest.mark.parametrize(
    ("cell", "cycle"),
    [("Ongoing", ""), ("Quarterly", "quarter"), ("Annually, each spring", "year"), ("monthly", "month")],
)
def test_what_goes_on_has_no_due_date(cell: str, cycle: str) -> None:
    found = read_target_date(cell)
    assert (found.due, found.is_ongoing, found.cycle) == (None, True, cycle)


def test_a_date_beside_ongoing_is_a_milestone_and_one_it_starts_on_is_not() -> None:
    assert read_target_date("December 2025, then ongoing").milestones == (date(2025, 12, 31),)
    assert read_target_date("Quarterly, starting January 2025").milestones == ()


def test_of_two_dates_the_last_is_due_and_the_first_a_milestone() -> None:
    found = read_target_date("December 2024 (draft) and June 2025 (final)")
    assert (found.due, found.milestones) == (date(2025, 6, 30), (date(2024, 12, 31),))


def test_day_and_month_that_could_be_changed_about_are_marked() -> None:
    assert read_target_date("03/04/2025").is_ambiguous
    assert not read_target_date("30/06/2025").is_ambiguous
    assert not read_target_date("05/05/2025").is_ambiguous


def test_see_above_refers_to_the_row_above() -> None:
    assert read_target_date("(See above)").is_above


def test_dates_keep_their_places() -> None:
    text = "Publish by June 2025 and review by 1 May 2026."
    assert [text[one.start : one.end] for one in dates_in(text)] == ["June 2025", "1 May 2026"]
