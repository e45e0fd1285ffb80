"""`check_consistency` finds nothing in a sound database; faults that `test_every_finding` plants, and how they are told."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils.translation import override

from accounts.models import Appointment, Bureau, User
from flows.consistency import all_findings
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.share import ShareFlow
from tests.factories.cast import Cast
from tests.factories.imports import drafted_import
from tests.factories.plans import EngagementFactory
from tests.factories.road import Road, fresh
from tests.factories.trail import unguarded
from workflow.actions.evaluation import engage_evaluation
from workflow.models import (
    Amendment,
    AuditEvent,
    Closure,
    Consolidation,
    Cycle,
    DocumentSeries,
    Evaluation,
    Instruction,
    InstructionReply,
    Measure,
    Milestone,
    Plan,
    PlanImport,
    Report,
    Share,
    ShareCycle,
    TrailHead,
)
from workflow.queries.findings import PLACES, finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Findings are told in the reader's language; these tests read English."""
    with override("en"):
        yield


@pytest.fixture
def world(cast: Cast, road: Road) -> dict[str, Measure]:
    return stages(cast, road)


def stages(cast: Cast, road: Road) -> dict[str, Measure]:
    """Measures at every stage."""
    by_name = {
        "assigned": road.measure(supporting=1),
        "running": road.accept_all(road.measure(supporting=1, cycle="quarter")),
        "gathered": road.approve_all(road.accept_all(road.measure(supporting=1))),
        "reported": road.report(road.measure(supporting=1)),
        "verified": road.verify(road.report(road.measure(supporting=1))),
        "renewed": road.verify(road.report(road.measure(supporting=1, cycle="quarter"))),
        "engaged": road.verify(road.report(road.measure(supporting=0, evaluation="last"))),
        "closed": road.close(road.verify(road.report(road.measure(supporting=1)))),
    }
    engaged = by_name["engaged"]
    engage_evaluation(engaged, by=cast.supervisor(engaged.plan), engagement=road.engagement(engaged.plan))
    return {name: fresh(measure) for name, measure in by_name.items()}


def test_a_sound_database_has_no_finding(
    world: dict[str, Measure], capsys: pytest.CaptureFixture[str]
) -> None:
    assert all_findings() == []
    call_command("check_consistency")
    assert "Everything agrees." in capsys.readouterr().out


W = dict[str, Measure]
FAULTS: dict[str, Callable[[W, Cast], object]] = {
    "“shares” is not the number": lambda w, c: _measure(w, "assigned", shares_total=9),
    "“open shares” is not the number": lambda w, c: _measure(w, "running", shares_total=9, shares_open=9),
    "“shares not accepted” is not the number": lambda w, c: _measure(w, "assigned", shares_unaccepted=1),
    "“shares submitted” is not the number": lambda w, c: _measure(w, "running", shares_reported=1),
    "“shares approved” is not the number": lambda w, c: _measure(w, "gathered", shares_verified=1),
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
    "came with an edition not yet there": lambda w, c: _measure(w, "running", added_in=9),
    "was dispatched without being admitted": lambda w, c: _measure(w, "running", added_in=1),
    "is an edition that its plan lacks": lambda w, c: _import(w, c, 2),
    "amends a measure of another plan": lambda w, c: _amendment(w, c, "title"),
    "an instruction that nobody was asked to answer": lambda w, c: [_instruction(w, c)],
    "a reply by a share of another measure": lambda w, c: InstructionReply.objects.create(
        instruction=_instruction(w, c), share=w["running"].shares.get(is_lead=True)
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
    "is open, but its bureau was succeeded": lambda w, c: Bureau.objects.filter(
        pk=c.bureau("配合单位1").pk
    ).update(succeeded_by=c.bureau("新单位")),
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
    "nobody has the item “Close”": lambda w, c: _items(w, "verified").update(flow_task=_node("engage")),
    "nobody has the item “Evaluate”": lambda w, c: _items(w, "engaged").update(
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
    "is a role in something that is not there: plan 999999": lambda w, c: Appointment.objects.filter(
        scope_kind="plan"
    ).update(scope_id=999_999),
    "the person is not in its group": lambda w, c: c.supervisor(w["running"].plan).groups.clear(),
    "without an appointment": lambda w, c: c.stranger().groups.add(
        c.supervisor(w["running"].plan).groups.get()
    ),
    "holds “supervisor” beside “auditor”": lambda w, c: Appointment.objects.create(
        user=c.supervisor(w["running"].plan),
        role="auditor",
        scope_kind="all",
        since=w["running"].plan.period_start,
    ),
    "the weights of its roadmap do not make 100": lambda w, c: _measure(w, "running", roadmap_version=1),
    "its progress is not that of its confirmed milestones": lambda w, c: _measure(w, "running", progress=5),
    "is a share's of another measure": lambda w, c: _step(w, w["assigned"].shares.first()),
    "waits with a share that has ended": lambda w, c: (
        _step(w, w["running"].shares.get(is_lead=False)),
        Share.objects.filter(measure=w["running"], is_lead=False).update(state="closed", outcome="dropped"),
    ),
    "the head has another deputy on these days": lambda w, c: [_deputy(w, c, n, _head(w, c)) for n in (1, 2)],
    "acts for somebody who is a deputy there themselves": lambda w, c: _deputy(
        w, c, 2, _deputy(w, c, 1, _head(w, c))
    ),
    "its head does not name the last line": lambda w, c: _measure(w, "running", event_seq=1),
    "its head counts lines that are not there": lambda w, c: TrailHead.objects.create(chain="people", last=3),
}


def _step(w: W, share: Share) -> None:
    """A step of the running measure that is said to be that share's."""
    Milestone.objects.create(
        measure=w["running"], position=1, title="x", due=w["running"].plan.period_end, weight=9, share=share
    )


def _head(w: W, c: Cast) -> User:
    return c.head(w["running"].shares.get(is_lead=True).bureau)


def _deputy(w: W, c: Cast, n: int, of: User) -> User:
    """A deputy who was written past the action."""
    bureau, day = w["running"].shares.get(is_lead=True).bureau, w["running"].plan.period_start
    deputy = c.handler(bureau, n)
    Appointment.objects.create(
        user=deputy,
        role="head",
        scope_kind="bureau",
        scope_id=bureau.pk,
        group=of.groups.first(),
        since=day,
        until=day,
        on_behalf_of=of,
    )
    return deputy


def _measure(w: W, stage: str, **fields: object) -> None:
    Measure.objects.filter(pk=w[stage].pk).update(**fields)


def _plan(w: W, stage: str, **fields: object) -> None:
    Plan.objects.filter(pk=w[stage].plan_id).update(**fields)


def _shares(w: W, stage: str, **fields: object) -> None:
    Share.objects.filter(measure=w[stage]).update(**fields)


def _import(w: W, c: Cast, edition: int) -> PlanImport:
    row = drafted_import(c)
    PlanImport.objects.update(plan=w["running"].plan, state="confirmed", edition=edition)
    return row


def _amendment(w: W, c: Cast, field: str) -> object:
    return Amendment.objects.create(
        measure=w["assigned"],
        plan_import=_import(w, c, 1),
        field=field,
        decided_by=c.stranger(),
        at=w["closed"].reported_at,
        state="open",
    )


def _instruction(w: W, c: Cast) -> Instruction:
    day = w["closed"].reported_at
    return Instruction.objects.create(
        measure=w["assigned"], text="x", reply_by=day.date(), given_by=c.stranger(), given_at=day
    )


def _cycles(w: W, stage: str) -> object:
    return Cycle.objects.filter(measure=w[stage])


def _items(w: W, stage: str) -> object:
    return WorkItem.objects.filter(measure=w[stage], finished=None)


def _node(name: str) -> object:
    return {n.name: n for flow in (ShareFlow, MeasureFlow) for n in flow.instance.nodes()}[name]


def _other(w: W, c: Cast) -> object:
    return EngagementFactory(plan=w["engaged"].plan, agency=c.agency)


def test_a_finding_is_told_and_ends_the_command_with_an_error(
    world: W, capsys: pytest.CaptureFixture[str]
) -> None:
    _measure(world, "running", shares_total=9)
    with pytest.raises(CommandError, match=r"^1 finding\.$"):
        call_command("check_consistency")
    running = world["running"]
    said = f"measure {running.pk} ({running.code}): its count “shares” is not the number of its shares."
    assert said in capsys.readouterr().err


def test_a_gap_in_a_chain_is_found(world: W, cast: Cast) -> None:
    """A line that is missing, and one that another took the number of, both show."""
    line = AuditEvent.objects.filter(measure=world["running"]).latest("seq")
    with unguarded():
        AuditEvent.objects.bulk_create(
            [
                AuditEvent(
                    chain=line.chain,
                    seq=line.seq + 5,
                    measure=line.measure,
                    actor=cast.stranger(),
                    action="share.accept",
                    at=line.at + timedelta(hours=1),
                    recorded_at=line.recorded_at,
                    outcome="done",
                )
            ]
        )
    assert any("numbered 1 to" in str(finding) for finding in all_findings())


SAMPLES = {
    "plan": lambda w: (w["running"].plan, "{plan.code}"),
    "measure": lambda w: (w["running"], "{measure.code}"),
    "share": lambda w: (w["running"].shares.get(is_lead=True), "{measure.code} · {bureau.name}"),
    "run": lambda w: (Run.objects.get(measure=w["running"], share=None), "{measure.code}"),
    "work item": lambda w: (_items(w, "running").get(share__is_lead=True), "{measure.code} · {bureau.name}"),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_finding_names_the_thing_by_what_stands_on_the_pages(world: W, kind: str) -> None:
    row, place = SAMPLES[kind](world)
    running = world["running"]
    lead = running.shares.get(is_lead=True).bureau
    where = place.format(plan=running.plan, measure=running, bureau=lead)
    assert finding(row, "is wrong").thing == f"{kind} {row.pk} ({where})"


def test_every_kind_of_row_that_is_checked_has_words_for_its_place() -> None:
    known = {model._meta.model_name: model for model in apps.get_models()}
    for name, paths in PLACES.items():
        for path in paths:
            model, _, rest = known[name], "", path
            while "." in rest:
                step, _, rest = rest.partition(".")
                model = model._meta.get_field(step).related_model
            assert hasattr(model, rest), (name, path)
