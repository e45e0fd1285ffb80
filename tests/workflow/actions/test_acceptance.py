"""签收: one handler wins; forced acceptance after the limit; the measure begins by itself."""

from datetime import date

import pytest

from flows.models import WorkItem
from flows.work import claim, perform
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.shares import accept_share, force_accept, submit_report
from workflow.models import Share
from workflow.routing import Verb
from workflow.rules.refusal import Conflict
from workflow.states import MeasureState, ShareState
from workflow.trail.actor import Duty

pytestmark = pytest.mark.django_db


def _lead(road: Road, supporting: int = 0) -> Share:
    measure = road.measure(supporting=supporting)
    return Share.objects.select_related("bureau", "measure__plan").get(measure=measure, is_lead=True)


def test_who_accepts_holds_the_work(cast: Cast, road: Road) -> None:
    share = road.accept(_lead(road))
    assert share.state == ShareState.IN_PROGRESS
    assert share.accepted_at is not None
    item = open_item(share)
    assert (item.node, item.owner) == ("fill", cast.handler(share.bureau))
    assert_sound()


def test_the_second_to_accept_is_told_who_has_it(cast: Cast, road: Road) -> None:
    share = _lead(road)
    item = open_item(share)
    perform(item, by=cast.handler(share.bureau), verb=Verb.ACCEPT)
    with pytest.raises(Conflict) as late:
        perform(item, by=cast.handler(share.bureau, 2), verb=Verb.ACCEPT)
    assert (late.value.code, late.value.params) == ("item.held", {"holder": "教育局-handler-1"})
    ended = WorkItem.objects.get(pk=item.pk)
    with refused("item.held", 409):
        perform(ended, by=cast.handler(share.bureau, 2), verb=Verb.ACCEPT)
    with refused("item.ended", 409):
        perform(ended, by=cast.handler(share.bureau), verb=Verb.ACCEPT)


def test_what_was_claimed_by_another_is_not_accepted(cast: Cast, road: Road) -> None:
    share = _lead(road)
    claim(open_item(share), by=cast.handler(share.bureau, 2))
    with refused("item.held", 409):
        accept_share(share, by=cast.handler(share.bureau))
    assert accept_share(share, by=cast.handler(share.bureau, 2)).state == ShareState.IN_PROGRESS


@pytest.mark.parametrize("who", ["head", "stranger", "handler of another", "supervisor"])
def test_only_a_handler_of_the_bureau_accepts(cast: Cast, road: Road, who: str) -> None:
    share = _lead(road)
    person = {
        "head": lambda: cast.head(share.bureau),
        "stranger": cast.stranger,
        "handler of another": lambda: cast.handler(cast.bureau("别局")),
        "supervisor": lambda: cast.supervisor(share.measure.plan),
    }[who]()
    with refused("right.missing", 403):
        accept_share(share, by=person)


def test_a_share_is_accepted_once(cast: Cast, road: Road) -> None:
    share = road.accept(_lead(road))
    with refused("state.wrong", 409):
        accept_share(share, by=cast.handler(share.bureau))


def test_the_measure_begins_with_the_last_acceptance(road: Road) -> None:
    measure = road.measure(supporting=2)
    for n, share in enumerate(road.shares(measure, ShareState.ASSIGNED), start=1):
        road.accept(share)
        assert fresh(measure).state == (MeasureState.IN_PROGRESS if n == 3 else MeasureState.ASSIGNED)
        assert fresh(measure).shares_unaccepted == 3 - n
        assert_sound()


def test_shares_already_accepted_work_on_while_others_are_not(road: Road) -> None:
    measure = road.measure(supporting=1)
    share = road.shares(measure, ShareState.ASSIGNED)[0]
    road.accept(share)
    road.submit(share)
    road.approve(share)
    assert fresh(measure).state == MeasureState.ASSIGNED
    assert_sound()
    measure = road.accept_all(measure)
    assert measure.state == MeasureState.IN_PROGRESS
    assert_sound()


def test_acceptance_is_forced_only_after_the_limit(cast: Cast, road: Road, clock: Clock) -> None:
    share = _lead(road)
    by = cast.supervisor(share.measure.plan)
    clock.wait(2)
    with refused("share.unaccepted_limit", 409):
        force_accept(share, by=by, reason="逾期未签收")
    clock.wait(1)
    with refused("input.reason", 422):
        force_accept(share, by=by, reason="")
    assert force_accept(share, by=by, reason="逾期未签收").state == ShareState.IN_PROGRESS
    assert_sound()


def test_days_off_do_not_count_towards_the_limit(cast: Cast, road: Road, clock: Clock) -> None:
    clock.to(date(2026, 4, 30))
    share = _lead(road)
    clock.to(date(2026, 5, 7))
    with refused("share.unaccepted_limit", 409):
        force_accept(share, by=cast.supervisor(share.measure.plan), reason="逾期")
    clock.to(date(2026, 5, 8))
    force_accept(share, by=cast.supervisor(share.measure.plan), reason="逾期")


def test_forced_acceptance_leaves_no_holder_and_is_claimed_without_a_change_of_state(
    cast: Cast, road: Road, clock: Clock
) -> None:
    share = _lead(road)
    clock.wait(3)
    force_accept(share, by=cast.supervisor(share.measure.plan), reason="逾期")
    item = open_item(share)
    assert (item.node, item.owner) == ("fill", None)
    handler = cast.handler(share.bureau)
    with refused("item.unclaimed", 409):
        submit_report(share, by=handler, progress="已完成")
    claim(item, by=handler)
    assert Share.objects.get(pk=share.pk).state == ShareState.IN_PROGRESS
    assert_sound()
    submit_report(share, by=handler, progress="已完成")
    assert_sound()


@pytest.mark.parametrize("who", ["approver", "observer"])
def test_only_a_supervisor_forces_acceptance(cast: Cast, road: Road, clock: Clock, who: str) -> None:
    share = _lead(road)
    clock.wait(5)
    with refused("right.missing", 403):
        force_accept(share, by=getattr(cast, who)(share.measure.plan), reason="逾期")


def test_a_timed_duty_does_not_force_acceptance(road: Road, clock: Clock) -> None:
    share = _lead(road)
    clock.wait(5)
    with refused("right.missing", 403):
        force_accept(share, by=Duty("tick"), reason="逾期")


def test_what_was_accepted_is_not_forced(cast: Cast, road: Road, clock: Clock) -> None:
    share = road.accept(_lead(road))
    clock.wait(5)
    with refused("state.wrong", 409):
        force_accept(share, by=cast.supervisor(share.measure.plan), reason="逾期")
