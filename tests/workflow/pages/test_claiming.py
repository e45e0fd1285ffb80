"""Claiming, giving back and handing over: who does the work changes, where the thing stands does not."""

from datetime import date

import pytest

from accounts import grants
from accounts.models import Appointment
from flows.work import release
from tests.factories.road import open_item
from tests.workflow.pages.stage import Stage, address, decide, see_work, state_of
from tests.workflow.pages.visits import Visitor, words
from workflow.models import Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(stage: Stage) -> Share:
    """A share whose report is on the desk of the lead's first handler."""
    return stage.road.accept(stage.share(stage.joint(targets=())))


def test_a_report_that_nobody_holds_is_claimed_before_it_is_written(stage: Stage, share: Share) -> None:
    first, second = stage.cast.handler(stage.lead), stage.cast.handler(stage.lead, 2)
    release(open_item(share), by=first)
    page = words(see_work(second, share))
    refused = decide(second, share, "submit", progress="已完成")

    claimed = Visitor(second).send("ledger:claim", *address(share))

    assert "Nobody holds this work item yet." in page
    assert 'name="progress"' not in page
    assert refused.status_code == 409
    assert claimed.status_code == 302
    assert open_item(share).owner == second
    assert 'name="progress"' in words(see_work(second, share))
    assert state_of(share) == "in_progress"


def test_who_claims_second_is_told_who_was_first(stage: Stage, share: Share) -> None:
    answer = Visitor(stage.cast.handler(stage.lead, 2)).send("ledger:claim", *address(share))

    assert answer.status_code == 409
    assert stage.cast.handler(stage.lead).name in words(answer)


def test_what_is_given_back_lies_with_the_post(stage: Stage, share: Share) -> None:
    answer = Visitor(stage.cast.handler(stage.lead)).send("ledger:release", *address(share))

    assert answer.status_code == 302
    assert open_item(share).owner is None


def test_nobody_gives_back_what_another_holds(stage: Stage, share: Share) -> None:
    answer = Visitor(stage.cast.handler(stage.lead, 2)).send("ledger:release", *address(share))

    assert answer.status_code in {403, 409}
    assert open_item(share).owner == stage.cast.handler(stage.lead)


def test_the_head_hands_a_report_from_one_handler_to_another(stage: Stage, share: Share) -> None:
    head, second = stage.cast.head(stage.lead), stage.cast.handler(stage.lead, 2)
    page = words(see_work(head, share))

    answer = Visitor(head).send("ledger:hand-over", *address(share), to=second.pk)

    assert f'<option value="{second.pk}">{second.name}</option>' in page
    assert 'name="progress"' not in page
    assert answer.status_code == 302
    assert open_item(share).owner == second


def test_a_handler_does_not_hand_work_over(stage: Stage, share: Share) -> None:
    second = stage.cast.handler(stage.lead, 2)

    answer = Visitor(stage.cast.handler(stage.lead)).send("ledger:hand-over", *address(share), to=second.pk)

    assert answer.status_code == 403
    assert open_item(share).owner != second


def test_work_is_not_handed_to_somebody_outside_the_bureau(stage: Stage, share: Share) -> None:
    outsider = stage.cast.handler(stage.support)

    answer = Visitor(stage.cast.head(stage.lead)).send("ledger:hand-over", *address(share), to=outsider.pk)

    assert answer.status_code == 422
    assert open_item(share).owner != outsider


def test_the_head_of_another_bureau_does_not_know_the_item(stage: Stage, share: Share) -> None:
    head = stage.cast.head(stage.support)

    assert see_work(head, share).status_code == 404
    answer = Visitor(head).send("ledger:hand-over", *address(share), to=stage.cast.handler(stage.lead).pk)
    assert answer.status_code == 404


def test_what_is_left_by_who_lost_the_role_can_be_claimed(stage: Stage, share: Share) -> None:
    first, second = stage.cast.handler(stage.lead), stage.cast.handler(stage.lead, 2)
    grants.end(Appointment.objects.get(user=first), until=date(2026, 3, 1), on=date(2026, 3, 2))

    page = words(see_work(second, share))
    answer = Visitor(second).send("ledger:claim", *address(share))

    assert "They no longer hold the role: you can claim it." in page
    assert answer.status_code == 302
    assert open_item(share).owner == second
