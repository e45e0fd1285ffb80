"""The door to a work item: who finds it, claims it, gives it back, hands it over, carries it out."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim, find_item, hand_over, handlers_for, may_claim, may_take, perform, release
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.cycles import miss_cycle
from workflow.actions.shares import send_back
from workflow.models import AuditEvent, Share
from workflow.routing import Verb
from workflow.rules.refusal import NotFound
from workflow.trail.actions import AuditAction as A

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(road: Road) -> Share:
    """The only share of a dispatched measure, to be accepted."""
    measure = road.measure(supporting=0)
    return Share.objects.select_related("bureau", "measure__plan").get(measure=measure)


def _found(person: object, item: WorkItem) -> bool:
    try:
        return find_item(person, item.process_id, item.pk).pk == item.pk  # type: ignore[arg-type]
    except NotFound:
        return False


def test_an_item_is_found_by_who_may_take_it_and_by_nobody_else(cast: Cast, share: Share) -> None:
    item = open_item(share)
    assert _found(cast.handler(share.bureau), item)
    assert _found(cast.head(share.bureau), item), "a head may hand it over"
    plan = share.measure.plan
    for person in (
        cast.handler(cast.bureau("别局")),
        cast.head(cast.bureau("别局")),
        cast.supervisor(plan),
        cast.approver(plan),
        cast.auditor(plan),
        cast.administrator(),
        cast.stranger(),
    ):
        assert not _found(person, item)


def test_an_item_is_not_found_through_another_run(cast: Cast, share: Share, road: Road) -> None:
    item = open_item(share)
    other = open_item(Share.objects.get(measure=road.measure(supporting=0)))
    for run, key in ((other.process_id, item.pk), (item.process_id, other.pk), (0, item.pk)):
        with pytest.raises(NotFound) as unknown:
            find_item(cast.handler(share.bureau), run, key)
        assert unknown.value.code == "thing.unknown"


def test_a_handler_does_not_find_the_heads_work(cast: Cast, share: Share, road: Road) -> None:
    road.accept(share)
    road.submit(share)
    assert not _found(cast.handler(share.bureau), open_item(share))
    assert _found(cast.head(share.bureau), open_item(share))


def test_who_lost_the_role_finds_not_even_what_they_hold(cast: Cast, share: Share, clock: Clock) -> None:
    handler = cast.handler(share.bureau)
    claim(open_item(share), by=handler)
    handler.appointments.update(until=clock.today - timedelta(days=1))
    assert not _found(handler, open_item(share))


def test_who_claims_holds_and_the_others_are_told_who(cast: Cast, share: Share) -> None:
    one, other = cast.handler(share.bureau), cast.handler(share.bureau, 2)
    item = claim(open_item(share), by=one)
    assert (item.owner, item.status) == (one, "ASSIGNED")
    assert item.assigned is not None
    with refused("item.held", 409):
        claim(open_item(share), by=other)
    assert AuditEvent.objects.latest("pk").payload == {"params": {"holder": str(one)}}
    assert may_take(open_item(share), one)
    assert not may_take(open_item(share), other)
    assert_sound()


@pytest.mark.parametrize("who", ["head", "handler of another bureau", "stranger", "supervisor"])
def test_only_who_holds_the_role_claims(cast: Cast, share: Share, who: str) -> None:
    person = {
        "head": lambda: cast.head(share.bureau),
        "handler of another bureau": lambda: cast.handler(cast.bureau("别局")),
        "stranger": cast.stranger,
        "supervisor": lambda: cast.supervisor(share.measure.plan),
    }[who]()
    with refused("right.missing", 403):
        claim(open_item(share), by=person)


def test_what_somebody_left_behind_can_be_claimed_by_the_successor(
    cast: Cast, share: Share, clock: Clock
) -> None:
    gone, successor = cast.handler(share.bureau), cast.handler(share.bureau, 2)
    claim(open_item(share), by=gone)
    assert not may_claim(open_item(share), successor)
    gone.memberships.update(until=clock.today - timedelta(days=1))
    assert may_claim(open_item(share), successor)
    assert claim(open_item(share), by=successor).owner == successor


def test_what_is_done_is_not_claimed(cast: Cast, share: Share, road: Road) -> None:
    item = open_item(share)
    road.accept(share)
    with refused("item.ended", 409):
        claim(item, by=cast.handler(share.bureau))


def test_claiming_changes_no_state(cast: Cast, share: Share) -> None:
    before = Share.objects.values().get(pk=share.pk)
    claim(open_item(share), by=cast.handler(share.bureau))
    assert Share.objects.values().get(pk=share.pk) == before


def test_who_holds_it_gives_it_back(cast: Cast, share: Share) -> None:
    one = cast.handler(share.bureau)
    with refused("item.not_yours", 403):
        release(open_item(share), by=one)
    claim(open_item(share), by=one)
    assert release(open_item(share), by=one).owner is None
    assert open_item(share).status == "NEW"
    assert_sound()


def test_what_was_given_back_does_not_come_back_with_the_next_cycle(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0, cycle="quarter"))
    share = measure.shares.get()
    release(open_item(share), by=cast.handler(share.bureau))
    miss_cycle(measure, by=cast.supervisor(measure.plan), reason="x")
    assert open_item(share).owner is None
    assert_sound()


def test_a_head_hands_work_to_a_handler_of_the_bureau(cast: Cast, share: Share) -> None:
    head, to = cast.head(share.bureau), cast.handler(share.bureau)
    assert list(handlers_for(open_item(share))) == [to]
    assert hand_over(open_item(share), to=to, by=head).owner == to
    line = AuditEvent.objects.latest("pk")
    assert (line.action, line.role, line.payload) == (
        A.ITEM_HAND_OVER,
        Role.HEAD,
        {"node": "accept", "to": to.pk},
    )
    with refused("item.hand_over", 409):
        hand_over(open_item(share), to=cast.handler(cast.bureau("别局")), by=head)
    with refused("right.missing", 403):
        hand_over(open_item(share), to=to, by=cast.head(cast.bureau("别局")))
    assert_sound()


def test_work_of_a_plan_is_not_handed_over(cast: Cast, share: Share, road: Road) -> None:
    measure = road.report(share.measure)
    with refused("right.missing", 403):
        hand_over(open_item(measure), to=cast.supervisor(measure.plan), by=cast.head(share.bureau))


def test_an_item_offers_its_own_decisions_only(cast: Cast, share: Share) -> None:
    with refused("item.wrong_verb", 409):
        perform(open_item(share), by=cast.handler(share.bureau), verb=Verb.APPROVE)
    assert AuditEvent.objects.latest("pk").action == A.ITEM_PERFORM


def test_an_item_shown_on_an_old_page_is_not_carried_out_as_the_new_one(
    cast: Cast, share: Share, road: Road
) -> None:
    """The first report was sent back meanwhile; the same person holds the new item, but the page is the old one."""
    handler = cast.handler(share.bureau)
    road.accept(share)
    old = open_item(share)
    road.submit(share)
    send_back(share, by=cast.head(share.bureau), reason="补充")
    with refused("item.ended", 409):
        perform(WorkItem.objects.get(pk=old.pk), by=handler, verb=Verb.SUBMIT, progress="旧页")
    with pytest.raises(Exception, match=r".") as late:
        perform(old, by=handler, verb=Verb.SUBMIT, progress="旧页")
    assert late.value.code == "item.ended"  # type: ignore[attr-defined]
    perform(open_item(share), by=handler, verb=Verb.SUBMIT, progress="新页")


def test_carrying_out_an_item_returns_what_its_action_returns(cast: Cast, share: Share) -> None:
    accepted = perform(open_item(share), by=cast.handler(share.bureau), verb=Verb.ACCEPT)
    assert accepted.state == "in_progress"


def test_an_item_remembers_which_came_before_it(cast: Cast, share: Share, road: Road) -> None:
    road.accept(share)
    road.submit(share)
    review = open_item(share)
    assert [review.came_from.node, review.came_from.came_from.node] == ["fill", "accept"]  # type: ignore[union-attr]
    assert review.came_from.finished is not None  # type: ignore[union-attr]


def test_times_of_an_item_are_the_clocks(cast: Cast, share: Share, road: Road, clock: Clock) -> None:
    item = open_item(share)
    road.accept(share)
    done = WorkItem.objects.get(pk=item.pk)
    for moment in (done.created, done.started, done.finished):
        assert moment is not None
        assert moment.astimezone().date() == clock.today


def test_who_holds_two_roles_is_asked_for_the_one_the_step_needs(cast: Cast, share: Share) -> None:
    both = cast.handler(share.bureau)
    appoint(both, Role.HEAD, share.bureau)
    claim(open_item(share), by=both)
    assert AuditEvent.objects.latest("pk").role == Role.HANDLER
