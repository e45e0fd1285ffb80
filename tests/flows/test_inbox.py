"""待办 and 已办: the work of one's posts, and no more than that."""

from datetime import timedelta

import pytest

from accounts.models import User
from accounts.roles import Role
from flows.inbox import Box, counts, done_items, open_items
from flows.work import claim
from tests.factories.cast import Cast, appoint, join
from tests.factories.clock import Clock
from tests.factories.road import Road, open_item
from workflow.models import Measure, Share
from workflow.queries import rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Dispatched to a lead and two supporting bureaus."""
    return road.measure(supporting=2)


def _nodes(person: User, box: Box) -> list[str]:
    return [item.node for item in open_items(person, box).items]


def test_unclaimed_work_lies_before_everybody_of_the_post(cast: Cast, measure: Measure) -> None:
    lead = cast.bureau("教育局")
    for n in (1, 2):
        assert _nodes(cast.handler(lead, n), Box.UNCLAIMED) == ["accept"]
    for person in (cast.head(lead), cast.handler(cast.bureau("别局")), cast.supervisor(measure.plan)):
        assert _nodes(person, Box.UNCLAIMED) == []


def test_claimed_work_is_its_holders_alone(cast: Cast, measure: Measure) -> None:
    lead = cast.bureau("教育局")
    claim(open_item(measure.shares.get(is_lead=True)), by=cast.handler(lead))
    assert _nodes(cast.handler(lead), Box.MINE) == ["accept"]
    assert counts(cast.handler(lead)) == {Box.MINE: 1, Box.UNCLAIMED: 0}
    assert counts(cast.handler(lead, 2)) == {Box.MINE: 0, Box.UNCLAIMED: 0}


def test_whoever_has_several_posts_sees_the_work_of_each(cast: Cast, measure: Measure) -> None:
    person = cast.handler(cast.bureau("教育局"))
    join(person, cast.bureau("配合单位1"))
    appoint(person, Role.HANDLER, cast.bureau("配合单位1"))
    assert _nodes(person, Box.UNCLAIMED) == ["accept", "accept"]


@pytest.mark.parametrize("lost", ["membership", "role", "account"])
def test_work_whose_holder_lost_the_post_lies_before_the_successor(
    cast: Cast, measure: Measure, clock: Clock, lost: str
) -> None:
    lead = cast.bureau("教育局")
    gone, successor = cast.handler(lead), cast.handler(lead, 2)
    claim(open_item(measure.shares.get(is_lead=True)), by=gone)
    assert _nodes(successor, Box.UNCLAIMED) == []
    yesterday = clock.today - timedelta(days=1)
    match lost:
        case "membership":
            gone.memberships.update(until=yesterday)
        case "role":
            gone.appointments.update(until=yesterday)
        case "account":
            User.objects.filter(pk=gone.pk).update(is_active=False)
    rules.forget()
    assert _nodes(successor, Box.UNCLAIMED) == ["accept"]
    assert counts(successor)[Box.UNCLAIMED] == 1
    assert _nodes(gone, Box.MINE) == []
    claim(open_items(successor, Box.UNCLAIMED).items[0], by=successor)
    assert (_nodes(successor, Box.MINE), _nodes(successor, Box.UNCLAIMED)) == (["accept"], [])


def test_who_lost_one_of_two_equal_posts_keeps_the_other(cast: Cast, measure: Measure, clock: Clock) -> None:
    lead = cast.bureau("教育局")
    person = cast.handler(lead)
    claim(open_item(measure.shares.get(is_lead=True)), by=person)
    person.appointments.update(until=clock.today - timedelta(days=1))
    appoint(person, Role.HANDLER, lead, since=clock.today)
    assert _nodes(person, Box.MINE) == ["accept"]
    assert _nodes(cast.handler(lead, 2), Box.UNCLAIMED) == []


def test_the_first_due_comes_first_and_pages_follow_by_key(cast: Cast, road: Road, clock: Clock) -> None:
    for n in range(5):
        road.measure(supporting=0)
        clock.wait(1 if n % 2 else 0)
    person = cast.handler(cast.bureau("教育局"))
    everything = open_items(person, Box.UNCLAIMED).items
    assert [(i.due, i.pk) for i in everything] == sorted((i.due, i.pk) for i in everything)
    seen, after = [], None
    while True:
        page = open_items(person, Box.UNCLAIMED, after=after, size=2)
        seen += page.items
        if page.after is None:
            break
        after = page.after
    assert seen == everything


def test_done_work_is_listed_last_first_as_long_as_the_person_has_a_post_there(
    cast: Cast, road: Road, measure: Measure, clock: Clock
) -> None:
    share = Share.objects.select_related("bureau").get(measure=measure, is_lead=True)
    person = cast.handler(share.bureau)
    road.accept(share)
    clock.wait(1)
    road.submit(share)
    assert [item.node for item in done_items(person)[0]] == ["fill", "accept"]
    first, key = done_items(person, size=1)
    second, end = done_items(person, size=1, before=key)
    assert ([first[0].node, second[0].node], end) == (["fill", "accept"], None)
    person.memberships.update(until=clock.today - timedelta(days=1))
    assert done_items(person)[0] == []


def test_who_has_no_post_has_no_work(cast: Cast, measure: Measure) -> None:
    for person in (cast.stranger(), cast.administrator(), cast.auditor(), cast.observer(measure.plan)):
        assert counts(person) == {Box.MINE: 0, Box.UNCLAIMED: 0}
