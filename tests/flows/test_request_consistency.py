"""Faults about requests, which `test_every_finding` plants; a database with requests in every state is sound."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.utils.translation import override

from flows.models import Run, WorkItem
from tests.factories.asking import Asking
from tests.factories.cast import Cast
from tests.factories.road import Road, fresh
from tests.factories.soundness import assert_sound
from workflow.models import Measure, Request, Share, ShareCycle
from workflow.states import RequestKind, RequestState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def request_(cast: Cast, road: Road) -> Request:
    return lying(cast, road)


def lying(cast: Cast, road: Road) -> Request:
    """Signed, and lying with a supervisor."""
    measure = road.accept_all(road.measure(supporting=1))
    share = measure.shares.select_related("bureau").get(is_lead=False)
    asking = Asking(cast)
    asking.granted(share, wanted_by=date(2026, 12, 2))
    asking.raise_(share, RequestKind.TRANSFER)
    return asking.signed(measure.shares.select_related("bureau").get(is_lead=True))


FAULTS: dict[str, tuple[Callable[[Request], object], str]] = {
    "count": (
        lambda r: Measure.objects.update(requests_open=7),
        "does not count its pending requests rightly",
    ),
    "over": (
        lambda r: Share.objects.filter(pk=r.share_id).update(state="closed", outcome="dropped"),
        "waits, but its work is over",
    ),
    "no run": (
        lambda r: Run.objects.filter(request=r).update(finished="2026-01-01T00:00Z"),
        "has no open run",
    ),
    "run goes on": (
        lambda r: Request.objects.filter(pk=r.pk).update(
            state=RequestState.REJECTED, decided_at="2026-01-01T00:00Z"
        ),
        "has ended, its run goes on",
    ),
    "no item": (
        lambda r: WorkItem.objects.filter(request=r).update(status="CANCELED", finished="2026-01-01T00:00Z"),
        "waits, nobody has the item “Decide request”",
    ),
    "wrong desk": (
        lambda r: Request.objects.filter(pk=r.pk).update(decider="approver"),
        "waits, nobody has the item “Decide request (approver)”",
    ),
    "other request": (
        lambda r: WorkItem.objects.filter(request=r).update(
            request=Request.objects.get(kind=RequestKind.TRANSFER)
        ),
        "does not belong to its run",
    ),
    "earlier": (
        lambda r: ShareCycle.objects.filter(first_due__isnull=False).update(first_due=date(2026, 12, 31)),
        "was extended to an earlier date",
    ),
}


def test_requests_in_every_state_are_sound(request_: Request) -> None:
    assert fresh(request_.measure).requests_open == 2
    assert_sound()
