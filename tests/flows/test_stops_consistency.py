"""Faults of what halted, ended or challenged a measure, which `test_every_finding` plants; without them all is sound."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.utils.translation import override

from flows.consistency import all_findings
from tests.factories.cast import Cast
from tests.factories.road import Road, fresh
from workflow.actions.cancellation import cancel_measure
from workflow.actions.objections import raise_objection, reject_objection
from workflow.actions.routine import transfer_to_routine
from workflow.actions.suspension import suspend_measure
from workflow.actions.verification import rework_measure
from workflow.models import Cancellation, Closure, Cycle, Measure, Objection, Share
from workflow.queries.objections import conclusions_of

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 6, 30)
World = dict[str, Measure]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(cast: Cast, road: Road) -> World:
    return stopped(cast, road)


def stopped(cast: Cast, road: Road) -> World:
    """A measure suspended, one cancelled, one gone over into routine work, and one with an objection rejected."""
    stages = {
        "suspended": road.accept_all(road.measure(supporting=1)),
        "cancelled": road.accept_all(road.measure(supporting=1)),
        "routine": road.verify(road.report(road.measure(supporting=0, cycle="quarter"))),
        "objected": road.report(road.measure(supporting=0)),
    }
    suspended, cancelled, routine, objected = stages.values()
    suspend_measure(suspended, by=cast.approver(suspended.plan), until=UNTIL, reason="等")
    cancel_measure(cancelled, by=cast.approver(cancelled.plan), reason="并", basis="文")
    transfer_to_routine(routine, by=cast.approver(routine.plan), reason="常态")
    share = objected.shares.select_related("bureau").get()
    rework_measure(objected, by=cast.supervisor(objected.plan), shares=[share.pk], reason="补")
    key = conclusions_of(objected, date(2026, 3, 2))[0].key
    objection = raise_objection(share, by=cast.head(share.bureau), conclusion=key, grounds="齐")
    reject_objection(objection, by=cast.approver(objected.plan), reason="不")
    return {name: fresh(measure) for name, measure in stages.items()}


def _set(world: World, stage: str, **fields: object) -> None:
    Measure.objects.filter(pk=world[stage].pk).update(**fields)


def _end(world: World) -> None:
    Share.objects.filter(measure=world["suspended"]).update(state="closed", outcome="cancelled")


def _make_last(world: World) -> None:
    Cycle.objects.filter(measure=world["routine"], is_last=True).update(is_last=False)
    Cycle.objects.filter(measure=world["routine"], is_current=True).update(is_last=True)


FAULTS: dict[str, Callable[[World], object]] = {
    "is suspended without the record of it": lambda w: _set(w, "suspended", suspended_until=date(2026, 7, 1)),
    "has a suspension that it does not know of": lambda w: _set(w, "suspended", suspended_until=None),
    "is suspended, but not under way": lambda w: _set(w, "cancelled", suspended_until=UNTIL),
    "is the cancellation of a measure that goes on": lambda w: _set(w, "cancelled", state="in_progress"),
    "was cancelled without the record of it": lambda w: Cancellation.objects.all().delete(),
    "ended as cancelled, its measure did not": _end,
    "is raised on the measure of another share": lambda w: Objection.objects.update(measure=w["suspended"]),
    "was decided by who must not": lambda w: Objection.objects.update(
        decided_by=Objection.objects.get().author
    ),
    "ended without the full closure": lambda w: Closure.objects.update(to_routine=False),
    "went over into routine work in its last cycle": _make_last,
}


def test_what_the_actions_leave_is_sound(world: World) -> None:
    assert all_findings() == []
