"""`{% left %}`: the working days that are left, beside a date that pages show."""

from datetime import date

import pytest
from django.utils.translation import override

from tests.factories.clock import Clock
from workflow.templatetags.ledger import due, left_until

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "css", "said"),
    [
        (date(2026, 3, 16), "quiet", "10 working days left"),
        (date(2026, 3, 9), "due-near", "5 working days left"),
        (date(2026, 3, 3), "due-near", "1 working day left"),
        (MONDAY, "due-near", "due today"),
        (date(2026, 2, 27), "due-late", "2 working days over"),
    ],
)
def test_left__says_how_many_working_days_and_how_pressing_they_are(
    clock: Clock, day: date, css: str, said: str
) -> None:
    with override("en"):
        shown = left_until(day)
    assert css in shown
    assert said in shown


@pytest.mark.parametrize("counts", [(False,), (True, False), (None,), ("",)])
def test_left__where_the_clock_no_longer_runs__is_silent(clock: Clock, counts: tuple[object, ...]) -> None:
    assert left_until(MONDAY, *counts) == ""


def test_left__without_a_date__is_silent() -> None:
    assert left_until(None) == ""


def test_left__says_the_same_as_a_due_date_does(clock: Clock) -> None:
    day = date(2026, 3, 16)
    assert left_until(day, True) in due(day, 10)
