"""No check is without a planted fault that it finds, and records about a measure that do not fit it are found."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from flows.consistency import all_findings
from flows.models import Run, WorkItem
from tests.factories.cast import Cast
from tests.factories.road import Road
from tests.factories.trail import unguarded
from tests.flows import test_consistency as stages_
from tests.flows import test_request_consistency as lying_
from tests.flows import test_stops_consistency as stopped_
from tests.flows.finding_places import Place, noting, places, words
from tests.policy.conftest import passing
from workflow.actions.succession import split_bureau
from workflow.models import (
    AuditEvent,
    Cycle,
    Document,
    DocumentSeries,
    HandOver,
    Instruction,
    InstructionReply,
    Measure,
    Objection,
    Report,
    Request,
    Share,
    ShareCycle,
    Suspension,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
Stopped = dict[str, Measure]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def world(cast: Cast, road: Road) -> Stopped:
    return succeeded(cast, road)


def succeeded(cast: Cast, road: Road) -> Stopped:
    """What halted or challenged a measure, measures at every stage, a request that lies, and a share handed over."""
    world = stopped_.stopped(cast, road) | {"requested": lying_.lying(cast, road).measure}
    world |= stages_.stages(cast, road) | {"succeeded": road.accept_all(road.measure(supporting=1))}
    bureau = cast.bureau("老单位")
    Share.objects.filter(measure=world["succeeded"], is_lead=False).update(bureau=bureau)
    share = Share.objects.get(measure=world["succeeded"], bureau=bureau)
    Run.objects.filter(share=share).update(bureau=bureau)
    WorkItem.objects.filter(share=share, finished=None).update(bureau=bureau)
    split_bureau(
        bureau, by=cast.administrator(), successor=cast.bureau("承接局"), chosen={}, basis="机构改革"
    )
    return world


def _set(row: Any, **fields: object) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**fields)


def _shares(w: Stopped, stage: str, **fields: object) -> None:
    Share.objects.filter(measure=w[stage]).update(**fields)


def _instruction(w: Stopped, c: Cast, stage: str) -> Instruction:
    given = {"text": "x", "reply_by": date(2026, 5, 1), "given_by": c.stranger(), "given_at": NOW}
    return Instruction.objects.create(measure=w[stage], **given)


def _reply_early(w: Stopped, c: Cast) -> None:
    InstructionReply.objects.create(
        instruction=_instruction(w, c, "running"),
        share=w["running"].shares.get(is_lead=True),
        text="x",
        replied_by=c.stranger(),
        replied_at=NOW - timedelta(days=1),
    )


def _suspended_again(w: Stopped, c: Cast) -> None:
    first = Suspension.objects.get()
    Suspension.objects.create(
        measure=first.measure,
        since=first.until,
        until=first.until,
        working_days=1,
        reason="x",
        decided_by=first.decided_by,
        decided_at=NOW,
    )


def _second_report(w: Stopped, c: Cast) -> None:
    report = Report.objects.filter(share_cycle__share__measure=w["reported"]).order_by("pk")[0]
    report.pk, report.version = None, 2
    report.save()


def _all_reviewed(w: Stopped, **fields: object) -> None:
    Report.objects.filter(share_cycle__share__measure=w["gathered"]).update(**fields)


def _only_one_approved(w: Stopped, c: Cast) -> None:
    """The supporting share ended, and nobody carried the measure on."""
    share = w["gathered"].shares.get(is_lead=False)
    _set(share, state="closed", outcome="dropped")
    _set(w["gathered"], shares_open=1, shares_verified=1)


def _another_item(w: Stopped, stage: str, node: str) -> None:
    items = WorkItem.objects.filter(measure=w[stage], share=None, request=None, finished=None)
    items.update(flow_task=stages_._node(node))


def _unasked_item(w: Stopped, c: Cast) -> None:
    run = Run.objects.get(measure=w["running"], share=None, request=None)
    WorkItem.objects.create(
        process=run,
        measure=w["running"],
        role="supervisor",
        plan=w["running"].plan,
        due=w["running"].due or NOW.date(),
        created=NOW,
        flow_task=stages_._node("verify"),
    )


def _gap(w: Stopped, c: Cast) -> None:
    line = AuditEvent.objects.filter(measure=w["running"]).latest("seq")
    told = {"actor": c.stranger(), "action": "share.accept", "at": NOW, "recorded_at": NOW, "outcome": "done"}
    with unguarded():
        AuditEvent.objects.bulk_create(
            [AuditEvent(chain=line.chain, seq=line.seq + 5, measure=line.measure, **told)]
        )


FAULTS: dict[str, Callable[[Stopped, Cast], object]] = {
    "hands over a share of another measure": lambda w, c: HandOver.objects.update(measure=w["running"]),
    "handed over a share that lies with another bureau": lambda w, c: HandOver.objects.update(
        to_bureau=c.office
    ),
    "challenges a conclusion about another measure": lambda w, c: Objection.objects.update(
        verification=None, missed_cycle=Cycle.objects.filter(measure=w["running"], is_current=True).get()
    ),
    "begins before the cycle that it follows": lambda w, c: Cycle.objects.filter(
        measure=w["running"], index=1
    ).update(period_start=date(2030, 1, 1), period_end=date(2030, 2, 1)),
    "waits in a cycle that is not the current one": lambda w, c: Cycle.objects.filter(
        measure=w["requested"]
    ).update(is_current=False),
    "began while another one stood": _suspended_again,
    "was given before its measure was dispatched": lambda w, c: [
        _instruction(w, c, "running"),
        _set(w["running"], state="draft"),
    ],
    "was written before it was asked for": _reply_early,
    "has a number that no series counts": lambda w, c: DocumentSeries.objects.all().delete(),
    "is a draft with an order": lambda w, c: _set(
        Measure.objects.create(
            plan=w["running"].plan, section=w["running"].section, code="X-1", position=99, title="x"
        ),
        dispatch_order=Document.objects.all()[0],
    ),
    "request .*stands elsewhere than the trail tells": lambda w, c: _set(
        Request.objects.get(kind="transfer"), state="rejected", decided_at=NOW, signed_by=c.stranger()
    ),
    "measure .*stands elsewhere than the trail tells": lambda w, c: _set(w["running"], state="assigned"),
    "was done, and the trail knows nothing of it": lambda w, c: WorkItem.objects.filter(
        measure=w["running"], status="DONE"
    ).update(owner=c.stranger()),
    "is a draft with shares": lambda w, c: _set(w["running"], state="draft"),
    "is a draft with cycles laid out": lambda w, c: _set(w["running"], state="draft"),
    "runs without an open share": lambda w, c: _set(w["running"], shares_open=0),
    "ended with open shares": lambda w, c: _set(w["running"], state="closed"),
    "joins a share and a cycle of two measures": lambda w, c: ShareCycle.objects.filter(
        share__measure=w["assigned"]
    ).update(cycle=Cycle.objects.get(measure=w["running"], is_current=True)),
    "request .*joins a share and a cycle of two measures": lambda w, c: Request.objects.update(
        measure=w["running"]
    ),
    "waits for review, but a report is approved": lambda w, c: _shares(w, "gathered", state="reported"),
    "is approved, but a report waits for review": lambda w, c: _all_reviewed(w, decision="", decided_by=None),
    "has two reports that stand": _second_report,
    "stands, but a newer one was submitted": _second_report,
    "measure .*has no open run": lambda w, c: Run.objects.filter(measure=w["running"], share=None).update(
        finished=NOW
    ),
    "measure .*has an open run": lambda w, c: Run.objects.filter(measure=w["closed"], share=None).update(
        finished=None
    ),
    "is reported, and has another item": lambda w, c: _another_item(w, "reported", "sign"),
    "has an item that its state does not ask for": _unasked_item,
    "closes before its last cycle": lambda w, c: Cycle.objects.filter(
        measure=w["verified"], is_current=True
    ).update(is_last=False),
    "has its only open share approved, and is not reported": _only_one_approved,
    "its head does not name": lambda w, c: _set(w["running"], event_seq=1),
    r"holds \d+ lines numbered": _gap,
}


def test_the_world_of_these_faults_is_sound(world: Stopped) -> None:
    assert [str(found) for found in all_findings()] == []


def test_each_planted_fault_is_found_and_no_check_is_without_one(cast: Cast, road: Road) -> None:
    """The tables of all kinds of faults together, each planted in its own world and taken back."""
    reached: set[Place] = set()
    said: set[str] = set()
    missed: list[str] = []
    for what, plant in _planted(cast, road):
        with passing(), noting(reached):
            plant()
            told = [str(found) for found in all_findings()]
        said |= set(told)
        missed += [] if any(re.search(what, line) for line in told) else [what]
    assert missed == []
    assert [source for place, source in places().items() if place not in reached] == []
    assert [text for text in sorted(words()) if not any(_pattern(text).search(line) for line in said)] == []


def _planted(cast: Cast, road: Road) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is planted in a world, one world after the other; each is taken away before the next is built."""
    with passing():
        w = succeeded(cast, road)
        yield from ((what, _bound(plant, w, cast)) for what, plant in FAULTS.items())
    for build, faults in (
        (stages_.stages, {re.escape(what): plant for what, plant in stages_.FAULTS.items()}),
        (stopped_.stopped, {re.escape(w): _alone(plant) for w, plant in stopped_.FAULTS.items()}),
        (lying_.lying, {re.escape(what): _alone(plant) for plant, what in lying_.FAULTS.values()}),
    ):
        with passing():
            actors = Cast(mark=f"{build.__name__}-")
            world = build(actors, Road(actors))
            yield from ((what, _bound(plant, world, actors)) for what, plant in faults.items())


def _bound(plant: Callable[[Any, Cast], object], world: object, cast: Cast) -> Callable[[], object]:
    """The plant with a cast of its own: whom it makes, it makes for this fault alone."""
    actors = Cast(cast.mark)
    actors._people, actors._bureaus = dict(cast._people), dict(cast._bureaus)
    return lambda: plant(world, actors)


def _alone(plant: Callable[[Any], object]) -> Callable[[Any, Cast], object]:
    return lambda world, cast: plant(world)


def _pattern(text: str) -> re.Pattern[str]:
    """The sentence with anything where something is named."""
    return re.compile(re.sub(r"%\\?\(\w+\\?\)s", ".*", re.escape(text)))
