"""The numbers of the rules: defaults, stored versions, and the hint before a due date."""

import pytest

from workflow.rules.numbers import Numbers, due_hint_days


def test_what_a_stored_version_does_not_name_keeps_its_default() -> None:
    numbers = Numbers.from_data({"accept_within": 5, "unknown": 9})
    assert numbers.accept_within == 5
    assert numbers.review_within == Numbers().review_within


def test_numbers_survive_being_stored() -> None:
    numbers = Numbers(accept_within=7, passed_from=85)
    assert Numbers.from_data(numbers.as_data()) == numbers


@pytest.mark.parametrize(
    ("period", "days"), [(0, 5), (24, 5), (25, 5), (30, 6), (60, 12), (75, 15), (76, 15), (250, 15)]
)
def test_the_hint_is_a_fifth_of_the_period_between_five_and_fifteen_working_days(
    period: int, days: int
) -> None:
    assert due_hint_days(period, Numbers()) == days
