"""协调: the lead's head first, then the supervisor, then the approver."""

from datetime import date

import pytest

from accounts.roles import Role
from flows.models import WorkItem
from tests.factories.asking import Asking
from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh
from tests.factories.soundness import assert_sound
from workflow.actions.requests import pass_request_on, reject_request
from workflow.actions.requests_granting import grant_request
from workflow.models import Measure, Request, Share
from workflow.states import RequestKind, RequestState

pytestmark = pytest.mark.django_db

COORDINATION = RequestKind.COORDINATION


@pytest.fixture
def asking(cast: Cast) -> Asking:
    return Asking(cast)


@pytest.fixture
def measure(road: Road) -> Measure:
    return road.accept_all(road.measure(supporting=2))


@pytest.fixture
def share(measure: Measure) -> Share:
    return measure.shares.filter(is_lead=False).select_related("bureau").order_by("pk")[0]


def lies_with(request: Request) -> tuple[str, date]:
    item = WorkItem.objects.get(request=request, finished=None)
    return item.node, item.due


def test_it_goes_from_the_leads_head_to_the_supervisor_to_the_approver_with_their_clocks(
    cast: Cast, asking: Asking, share: Share
) -> None:
    request = asking.signed(share, COORDINATION)
    assert lies_with(request) == ("decide_for_lead", date(2026, 3, 5))
    assert_sound()
    pass_request_on(request, by=cast.head(cast.bureau("教育局")), reason="协调不动")
    assert lies_with(request) == ("decide_request", date(2026, 3, 9))
    assert_sound()
    pass_request_on(request, by=cast.supervisor(share.measure.plan), reason="请领导定")
    assert lies_with(request) == ("decide_above", date(2026, 3, 16))
    assert_sound()
    grant_request(request, by=cast.approver(share.measure.plan), opinion="请水务局配合")
    stored = Request.objects.get()
    assert (stored.state, stored.bureau, stored.wanted_by) == (
        RequestState.GRANTED,
        cast.bureau("水务局"),
        date(2026, 12, 10),
    )
    assert_sound()


def test_a_head_of_another_bureau_does_not_decide_for_the_lead(
    cast: Cast, asking: Asking, share: Share
) -> None:
    request = asking.signed(share, COORDINATION)
    for bureau in (cast.bureau("配合单位2"), cast.bureau("水务局")):
        with refused("right.missing", 403):
            reject_request(request, by=cast.head(bureau), reason="不妥")


def test_what_the_lead_asks_or_blocks_goes_to_the_supervisor_at_once(
    cast: Cast, asking: Asking, measure: Measure, share: Share
) -> None:
    lead = measure.shares.select_related("bureau").get(is_lead=True)
    assert asking.signed(lead, COORDINATION).decider == Role.SUPERVISOR
    assert asking.signed(share, COORDINATION, bureau=lead.bureau).decider == Role.SUPERVISOR
    assert_sound()


def test_it_names_another_bureau_and_a_day_to_come(asking: Asking, share: Share) -> None:
    with refused("input.blocking_bureau", 422):
        asking.raise_(share, COORDINATION, bureau=share.bureau)
    with refused("input.date_ahead", 422):
        asking.raise_(share, COORDINATION, wanted_by=date(2026, 3, 2))
    with refused("input.reason", 422):
        asking.raise_(share, COORDINATION, reason="")


def test_it_leaves_every_state_as_it_is(asking: Asking, share: Share) -> None:
    before = fresh(share.measure).state, share.state
    asking.granted(share, COORDINATION)
    assert (fresh(share.measure).state, Share.objects.get(pk=share.pk).state) == before
