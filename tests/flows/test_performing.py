"""Carrying an item out: the very one that was shown, and what follows by itself after it."""

import pytest

from flows.work import claim, find_item, perform
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.models import Measure, Share
from workflow.models.verification import ChecklistPoint
from workflow.routing import Verb
from workflow.rules.refusal import Conflict
from workflow.states import MeasureState, ShareState

pytestmark = pytest.mark.django_db
CHECKLIST = dict.fromkeys(ChecklistPoint.values, True)


@pytest.fixture
def share(road: Road) -> Share:
    """The lead's share, to be accepted."""
    return Share.objects.select_related("bureau").get(measure=road.measure(supporting=1), is_lead=True)


def test_verifying_an_ongoing_measure_opens_its_next_cycle_by_itself(road: Road) -> None:
    measure: Measure = road.report(road.measure(supporting=1, cycle="quarter"))
    item, supervisor = open_item(measure), road.cast.supervisor(measure.plan)
    perform(
        find_item(supervisor, item.process_id, item.pk), by=supervisor, verb=Verb.VERIFY, checklist=CHECKLIST
    )
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert measure.cycles.get(is_current=True).index == 2
    assert_sound()


def test_an_item_that_was_done_after_it_was_found_is_not_done_again(road: Road, share: Share) -> None:
    handler, item = road.cast.handler(share.bureau), open_item(share)
    found = find_item(handler, item.process_id, item.pk)
    road.accept(share)
    with pytest.raises(Conflict) as caught:
        perform(found, by=handler, verb=Verb.ACCEPT)
    assert caught.value.code == "item.ended"
    assert_sound()


def test_an_item_that_another_claimed_after_it_was_found_stays_theirs(road: Road, share: Share) -> None:
    one, other = road.cast.handler(share.bureau), road.cast.handler(share.bureau, 2)
    item = open_item(share)
    found = find_item(one, item.process_id, item.pk)
    claim(find_item(other, item.process_id, item.pk), by=other)
    with refused("item.held"):
        perform(found, by=one, verb=Verb.ACCEPT)
    assert Share.objects.get(pk=share.pk).state == ShareState.ASSIGNED
    assert open_item(share).owner == other
    assert_sound()


def test_an_old_page_does_not_carry_out_the_item_that_came_after(road: Road, share: Share) -> None:
    """The report was returned and written anew: the head's old page decides nothing about the new report."""
    head = road.cast.head(share.bureau)
    road.submit(road.accept(share))
    item = open_item(share)
    found = find_item(head, item.process_id, item.pk)
    perform(found, by=head, verb=Verb.SEND_BACK, reason="重写")
    road.submit(share)
    with refused("item.ended"):
        perform(found, by=head, verb=Verb.APPROVE)
    assert Share.objects.get(pk=share.pk).state == ShareState.REPORTED
    assert_sound()
