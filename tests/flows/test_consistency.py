"""`check_consistency` finds each of a list of planted faults, and nothing in a sound database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Appointment
from flows.consistency import all_findings
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.share import ShareFlow
from tests.factories.cast import Cast
from tests.factories.plans import EngagementFactory
from tests.factories.road import Road, fresh
from workflow.actions.evaluation import engage_evaluation
from workflow.models import (
    AuditEvent,
    Closure,
    Consolidation,
    Cycle,
    DocumentSeries,
    Evaluation,
    Measure,
    Plan,
    Report,
    Share,
    ShareCycle,
    TrailHead,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast, road: Road) -> dict[str, Measure]:
    """Measures at every stage."""
    stages = {
        "assigned": road.measure(supporting=1),
        "running": road.accept_all(road.measure(supporting=1, cycle="quarter")),
        "gathered": road.approve_all(road.accept_all(road.measure(supporting=1))),
        "reported": road.report(road.measure(supporting=1)),
        "verified": road.verify(road.report(road.measure(supporting=1))),
        "renewed": road.verify(road.report(road.measure(supporting=1, cycle="quarter"))),
        "engaged": road.verify(road.report(road.measure(supporting=0, evaluation="last"))),
        "closed": road.close(road.verify(road.report(road.measure(supporting=1)))),
    }
    engaged = stages["engaged"]
    engage_evaluation(engaged, by=cast.supervisor(engaged.plan), engagement=road.engagement(engaged.plan))
    return {name: fresh(measure) for name, measure in stages.items()}


def test_a_sound_database_has_no_finding(
    world: dict[str, Measure], capsys: pytest.CaptureFixture[str]
) -> None:
    assert all_findings() == []
    call_command("check_consistency")
    assert "Everything agrees." in capsys.readouterr().out


W = dict[str, Measure]
FAULTS: dict[str, Callable[[W, Cast], object]] = {
    "shares_total is not the number": lambda w, c: _measure(w, "assigned", shares_total=9),
    "shares_open is not the number": lambda w, c: _measure(w, "running", shares_total=9, shares_open=9),
    "shares_unaccepted is not the number": lambda w, c: _measure(w, "assigned", shares_unaccepted=1),
    "shares_reported is not the number": lambda w, c: _measure(w, "running", shares_reported=1),
    "shares_verified is not the number": lambda w, c: _measure(w, "gathered", shares_verified=1),
    "has not begun": lambda w, c: _measure(w, "running", state="assigned"),
    "completed, a measure goes on": lambda w, c: _plan(w, "running", state="completed"),
    "on the ledger, every measure has ended": lambda w, c: _plan(w, "closed", state="on_ledger"),
    "in preparation, a measure was dispatched": lambda w, c: _plan(w, "running", state="draft"),
    "has no lead": lambda w, c: _shares(w, "assigned", is_lead=False),
    "was dispatched without an order": lambda w, c: _measure(w, "assigned", dispatch_order=None),
    "has the date of a report": lambda w, c: _measure(w, "running", reported_at=w["closed"].reported_at),
    "has no date of its report": lambda w, c: _measure(w, "verified", reported_at=None),
    "has no current cycle": lambda w, c: _cycles(w, "assigned").update(is_current=False),
    "has no last cycle": lambda w, c: _cycles(w, "assigned").update(is_last=False),
    "has gaps between its cycles": lambda w, c: _cycles(w, "running").filter(index=3).update(index=9),
    "is the last, but another follows": lambda w, c: (
        _cycles(w, "running").update(is_last=False),
        _cycles(w, "running").filter(index=2).update(is_last=True),
    ),
    "open without a part in the current cycle": lambda w, c: ShareCycle.objects.filter(
        share__measure=w["assigned"]
    ).delete(),
    "a cycle that has not come yet": lambda w, c: ShareCycle.objects.filter(
        share__measure=w["running"]
    ).update(cycle=_cycles(w, "running").get(index=2)),
    "belongs to another plan than its measure": lambda w, c: _shares(w, "assigned", plan=w["running"].plan),
    "is over, neither closed nor missed": lambda w, c: Closure.objects.filter(measure=w["renewed"]).delete(),
    "is both closed and missed": lambda w, c: (
        _cycles(w, "renewed").filter(index=1).update(missed_at=w["closed"].reported_at)
    ),
    "goes on, but was ended": lambda w, c: (
        _cycles(w, "running").filter(index=1).update(missed_at=w["closed"].reported_at)
    ),
    "ended without the full closure": lambda w, c: Closure.objects.filter(measure=w["closed"]).update(
        phased=True
    ),
    "in progress, but a report stands": lambda w, c: _shares(w, "gathered", state="in_progress"),
    "waits for review without a report": lambda w, c: _shares(w, "running", state="reported"),
    "is approved without a report": lambda w, c: _shares(w, "running", state="verified"),
    "is not accepted, but has a report": lambda w, c: _shares(w, "gathered", state="assigned"),
    "has gaps between its versions": lambda w, c: Report.objects.filter(
        share_cycle__share__measure=w["reported"]
    ).update(version=4),
    "the last of a reported measure, and not signed": lambda w, c: Consolidation.objects.filter(
        cycle__measure=w["reported"]
    ).update(decision="", decided_by=None),
    "is open, but nobody waits for it": lambda w, c: Evaluation.objects.update(engagement=_other(w, c)),
    "has gaps between its numbers": lambda w, c: DocumentSeries.objects.update(last=99),
    "has no open run": lambda w, c: Run.objects.filter(measure=w["running"]).update(
        finished=w["closed"].reported_at
    ),
    "has ended, its run goes on": lambda w, c: Run.objects.filter(measure=w["closed"]).update(finished=None),
    "does not fit its share": lambda w, c: Run.objects.filter(
        measure=w["running"], share__isnull=False
    ).update(bureau=c.office),
    "nobody has its item": lambda w, c: _items(w, "running").update(
        finished=w["closed"].reported_at, status="CANCELED"
    ),
    "and has another item": lambda w, c: _items(w, "assigned").update(flow_task=_node("fill")),
    "due on another day than its share": lambda w, c: _items(w, "running").update(
        due=w["running"].plan.period_end
    ),
    "is gathered, nobody consolidates": lambda w, c: _items(w, "gathered").update(
        finished=w["closed"].reported_at, status="CANCELED"
    ),
    "is to be signed without a draft": lambda w, c: _items(w, "gathered").update(flow_task=_node("sign")),
    "has a draft that nobody signs": lambda w, c: Consolidation.objects.filter(
        cycle__measure=w["reported"]
    ).update(decision="", decided_by=None),
    "waits for a signature in a cycle that is over": lambda w, c: Consolidation.objects.filter(
        cycle__measure=w["renewed"]
    ).update(decision="", decided_by=None),
    "is reported, nobody verifies": lambda w, c: _items(w, "reported").update(
        finished=w["closed"].reported_at, status="CANCELED"
    ),
    "nobody has the item “close”": lambda w, c: _items(w, "verified").update(flow_task=_node("engage")),
    "nobody has the item “evaluate”": lambda w, c: _items(w, "engaged").update(
        finished=w["closed"].reported_at, status="CANCELED"
    ),
    "lies on a desk that is not its own": lambda w, c: _items(w, "running").update(bureau=c.office),
    "does not belong to its run": lambda w, c: _items(w, "running").update(measure=w["assigned"]),
    "is held by somebody who left": lambda w, c: (
        type(c.stranger()).objects.filter(pk__in=_items(w, "running").values("owner")).update(is_active=False)
    ),
    "is open, its run is over": lambda w, c: Run.objects.filter(measure=w["assigned"]).update(
        finished=w["closed"].reported_at
    ),
    "is a role in a plan that is not there": lambda w, c: Appointment.objects.filter(
        scope_kind="plan"
    ).update(scope_id=999_999),
    "the person is not in its group": lambda w, c: c.supervisor(w["running"].plan).groups.clear(),
    "without an appointment": lambda w, c: c.stranger().groups.add(
        c.supervisor(w["running"].plan).groups.get()
    ),
    "holds supervisor beside auditor": lambda w, c: Appointment.objects.create(
        user=c.supervisor(w["running"].plan),
        role="auditor",
        scope_kind="all",
        since=w["running"].plan.period_start,
    ),
    "its head does not name the last line": lambda w, c: _measure(w, "running", event_seq=1),
    "its head counts lines that are not there": lambda w, c: TrailHead.objects.create(chain="people", last=3),
}


def _measure(w: W, stage: str, **fields: object) -> None:
    Measure.objects.filter(pk=w[stage].pk).update(**fields)


def _plan(w: W, stage: str, **fields: object) -> None:
    Plan.objects.filter(pk=w[stage].plan_id).update(**fields)


def _shares(w: W, stage: str, **fields: object) -> None:
    Share.objects.filter(measure=w[stage]).update(**fields)


def _cycles(w: W, stage: str) -> object:
    return Cycle.objects.filter(measure=w[stage])


def _items(w: W, stage: str) -> object:
    return WorkItem.objects.filter(measure=w[stage], finished=None)


def _node(name: str) -> object:
    return {n.name: n for flow in (ShareFlow, MeasureFlow) for n in flow.instance.nodes()}[name]


def _other(w: W, c: Cast) -> object:
    return EngagementFactory(plan=w["engaged"].plan, agency=c.agency)


@pytest.mark.parametrize("what", FAULTS)
def test_a_planted_fault_is_found(world: W, cast: Cast, what: str) -> None:
    FAULTS[what](world, cast)
    assert any(what in str(finding) for finding in all_findings()), [str(f) for f in all_findings()]


def test_a_finding_is_told_and_ends_the_command_with_an_error(
    world: W, capsys: pytest.CaptureFixture[str]
) -> None:
    _measure(world, "running", shares_total=9)
    with pytest.raises(CommandError, match="1 findings"):
        call_command("check_consistency")
    assert f"measure {world['running'].pk}: shares_total" in capsys.readouterr().err


def test_a_gap_in_a_chain_is_found(world: W, cast: Cast) -> None:
    """A line that is missing, and one that another took the number of, both show."""
    line = AuditEvent.objects.filter(measure=world["running"]).latest("seq")
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                chain=line.chain,
                seq=line.seq + 5,
                measure=line.measure,
                actor=cast.stranger(),
                action="share.accept",
                at=line.at + timedelta(hours=1),
                outcome="done",
            )
        ]
    )
    assert any("numbered 1 to" in str(finding) for finding in all_findings())
