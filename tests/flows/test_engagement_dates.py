"""Outside the dates of the engagement an evaluator has no work of it: not to be found, claimed, carried out or listed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from flows.inbox import Box, counts, done_items, open_items
from flows.models import WorkItem
from flows.work import claim, find_item, may_claim, may_take, perform
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from workflow.actions.evaluation import engage_evaluation
from workflow.models import Engagement, Measure
from workflow.routing import Verb
from workflow.rules.refusal import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Verified, and given to the agency."""
    measure = road.verify(road.report(road.measure(supporting=0, evaluation="last")))
    engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=road.engagement(measure.plan))
    return measure


@pytest.fixture(params=["not begun", "over"])
def evaluator(request: pytest.FixtureRequest, cast: Cast, road: Road, measure: Measure, clock: Clock) -> User:
    """Whose engagement does not cover the day: moved to later, or come to its end."""
    engagement = road.engagement(measure.plan)
    person = cast.evaluator(engagement)
    if request.param == "over":
        clock.to(engagement.until + timedelta(days=1))
    else:
        Engagement.objects.update(since=clock.today + timedelta(days=1))
    return person


def _is_found(person: User, item: WorkItem) -> bool:
    try:
        return find_item(person, item.process_id, item.pk).pk == item.pk
    except NotFound:
        return False


def test_in_the_dates_the_work_is_found_and_listed_on_the_first_and_the_last_day(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    engagement = road.engagement(measure.plan)
    person = cast.evaluator(engagement)
    Engagement.objects.update(since=clock.today)
    for day in (clock.today, engagement.until):
        clock.to(day)
        assert _is_found(person, open_item(measure))
        assert may_take(open_item(measure), person)
        assert [item.node for item in open_items(person, Box.UNCLAIMED).items] == ["evaluate"]
        assert counts(person)[Box.UNCLAIMED] == 1


def test_outside_them_it_is_unknown(measure: Measure, evaluator: User) -> None:
    assert not _is_found(evaluator, open_item(measure))


def test_outside_them_it_is_not_claimed(measure: Measure, evaluator: User) -> None:
    assert not may_take(open_item(measure), evaluator)
    assert not may_claim(open_item(measure), evaluator)
    with refused("right.missing", 403):
        claim(open_item(measure), by=evaluator)


def test_outside_them_it_is_not_carried_out(measure: Measure, evaluator: User) -> None:
    with refused("right.missing", 403):
        perform(
            open_item(measure),
            by=evaluator,
            verb=Verb.SCORE,
            score=Decimal(90),
            opinion="属实",
            declared_independent=True,
        )


def test_outside_them_it_lies_in_no_inbox(measure: Measure, evaluator: User) -> None:
    assert counts(evaluator) == {Box.MINE: 0, Box.UNCLAIMED: 0}
    for box in Box:
        assert open_items(evaluator, box).items == []


def test_work_claimed_in_the_dates_is_gone_from_the_desk_when_they_are_over(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    engagement = road.engagement(measure.plan)
    person = cast.evaluator(engagement)
    claim(open_item(measure), by=person)
    assert counts(person)[Box.MINE] == 1
    clock.to(engagement.until + timedelta(days=1))
    assert counts(person)[Box.MINE] == 0
    assert open_items(person, Box.MINE).items == []


def test_work_done_in_the_dates_is_listed_as_done_until_they_are_over(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    engagement = road.engagement(measure.plan)
    person = cast.evaluator(engagement)
    given = {"score": Decimal(90), "opinion": "属实", "declared_independent": True}
    perform(open_item(measure), by=person, verb=Verb.SCORE, **given)
    assert [item.node for item in done_items(person)[0]] == ["evaluate"]
    clock.to(engagement.until + timedelta(days=1))
    assert done_items(person)[0] == []
