"""The calendar through the administrators' pages: what is entered counts at once, and stands in the trail."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.workflow.pages.visits import Visitor, words
from workflow.models import AuditEvent, CalendarDay
from workflow.queries.rules import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    """An administrator at the pages."""
    return Visitor(cast.administrator())


def test_entered_days_count_at_once_and_confirm_their_year(cast: Cast, visitor: Visitor) -> None:
    assert "not known yet (unconfirmed)" in words(visitor.see("master-data:calendar-year", 2027))

    visitor.send("master-data:calendar", first="2027-01-01", last="2027-01-03", is_working="no", name="元旦")

    assert not calendar().is_working(date(2027, 1, 1))
    assert calendar().is_confirmed(2027)
    page = visitor.see("master-data:calendar-year", 2027)
    assert [day.date.day for day in page.context["days"]] == [1, 2, 3]
    assert "unconfirmed" not in words(page)
    event = AuditEvent.objects.get(action="calendar.set")
    assert (event.actor, event.object_id) == (cast.administrator(), 20270101)
    assert event.payload["last"] == "2027-01-03"


def test_a_later_word_on_a_day_replaces_the_earlier(visitor: Visitor) -> None:
    visitor.send("master-data:calendar", first="2027-02-06", is_working="yes", source="通知")
    visitor.send("master-data:calendar", first="2027-02-06", is_working="no")

    [day] = CalendarDay.objects.all()
    assert (day.is_working, day.source) == (False, "")


def test_the_announced_days_are_listed_under_the_administrators_own(visitor: Visitor) -> None:
    visitor.send("master-data:calendar", first="2026-10-10", is_working="no", name="更正")

    days = {day.date: day for day in visitor.see("master-data:calendar").context["days"]}

    assert not days[date(2026, 10, 1)].is_own
    corrected = days[date(2026, 10, 10)]
    assert (corrected.is_own, corrected.is_working, corrected.name) == (True, False, "更正")


@pytest.mark.parametrize("last", ["2026-12-31", "2026-03-01"])
def test_too_many_days_or_an_end_before_the_beginning_are_refused_at_the_field(
    visitor: Visitor, last: str
) -> None:
    answer = visitor.send("master-data:calendar", first="2026-03-02", last=last, is_working="no")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["last"]
    assert not CalendarDay.objects.exists()


def test_a_year_out_of_reach_is_not_found(visitor: Visitor) -> None:
    assert visitor.see("master-data:calendar-year", 1899).status_code == 404
