"""What the database itself holds, whoever writes past the actions."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from flows.models import Run, WorkItem
from flows.request import RequestFlow
from tests.factories.cast import Cast, join
from tests.factories.plans import EngagementFactory, PlanFactory
from tests.factories.road import Road, fresh
from tests.factories.trail import unguarded
from workflow.actions.evaluation import engage_evaluation
from workflow.models import (
    AuditEvent,
    Closure,
    Consolidation,
    Cycle,
    Document,
    Evaluation,
    Instruction,
    InstructionReply,
    Measure,
    Plan,
    Reading,
    Report,
    Request,
    ResponsibleUnit,
    RuleVersion,
    Share,
    ShareCycle,
    Target,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(cast: Cast, road: Road) -> Measure:
    """Verified, ongoing, with an evaluation under way and a consolidation signed."""
    measure = road.verify(road.report(road.measure(supporting=1, cycle="quarter", evaluation="every")))
    engage_evaluation(measure, by=cast.supervisor(measure.plan), engagement=road.engagement(measure.plan))
    return fresh(measure)


def _copy(row: object, **fields: object) -> None:
    """Store the row once more, with other values in these fields."""
    row.pk = None  # type: ignore[attr-defined]
    row._state.adding = True  # type: ignore[attr-defined]
    for name, value in fields.items():
        row.__dict__[name] = value
    row.save(force_insert=True)  # type: ignore[attr-defined]


M = Measure
BREACHES: dict[str, Callable[[M, Cast], object]] = {
    "measure_state_is_known": lambda m, c: M.objects.update(state="lost"),
    "measure_dated_has_a_due_date": lambda m, c: M.objects.update(kind="dated"),
    "measure_ongoing_has_a_cycle": lambda m, c: M.objects.update(cycle_length=""),
    "measure_counts_are_parts": lambda m, c: M.objects.update(shares_unaccepted=9),
    "measure_counts_are_parts of all": lambda m, c: M.objects.update(shares_open=9, shares_verified=9),
    "measure_reported_has_every_share_approved": lambda m, c: M.objects.update(shares_verified=1),
    "measure_position_once_per_plan": lambda m, c: _copy(M.objects.get(), code="another"),
    "measure code": lambda m, c: _copy(M.objects.get(), position=99),
    "share_one_per_bureau": lambda m, c: _copy(Share.objects.get(is_lead=False)),
    "share_one_lead_per_measure": lambda m, c: Share.objects.update(is_lead=True),
    "share_state_is_known": lambda m, c: Share.objects.update(state="lost"),
    "share_closed_has_an_outcome": lambda m, c: Share.objects.update(state="closed"),
    "an outcome only when closed": lambda m, c: Share.objects.update(outcome="done"),
    "cycle_index_once_per_measure": lambda m, c: Cycle.objects.filter(index=2).update(index=1),
    "cycle_one_current_per_measure": lambda m, c: Cycle.objects.update(is_current=True),
    "cycle_one_last_per_measure": lambda m, c: Cycle.objects.update(is_last=True),
    "cycle_ends_after_it_begins": lambda m, c: Cycle.objects.update(period_end=date(2020, 1, 1)),
    "share_once_per_cycle": lambda m, c: _copy(ShareCycle.objects.first()),
    "report_once_per_version": lambda m, c: _copy(Report.objects.first()),
    "report_decision_is_somebodys": lambda m, c: Report.objects.update(decided_by=None),
    "report_return_has_a_reason": lambda m, c: Report.objects.update(returned_at="2026-01-01T00:00Z"),
    "consolidation_once_per_version": lambda m, c: _copy(Consolidation.objects.get()),
    "consolidation_decision_is_somebodys": lambda m, c: Consolidation.objects.update(decision=""),
    "evaluation_one_open_per_measure": lambda m, c: _copy(Evaluation.objects.get(), round=2),
    "evaluation_once_per_round": lambda m, c: _copy(Evaluation.objects.get(), state="withdrawn"),
    "evaluation_submitted_has_a_result": lambda m, c: Evaluation.objects.update(state="submitted"),
    "evaluation_score_is_a_percentage": lambda m, c: Evaluation.objects.update(score=Decimal(101)),
    "closure_one_standing_per_cycle": lambda m, c: [_closure(m, c), _closure(m, c)],
    "document_number_is_unique": lambda m, c: _copy(Document.objects.get()),
    "instruction_reply_once_per_share": lambda m, c: [_reply(m, c), _reply(m, c)],
    "instruction_reply_is_whole_or_owed": lambda m, c: _reply(m, c, text="无人签名"),
    "target_position_once_per_measure": lambda m, c: [_target(m), _target(m)],
    "reading_has_a_value_or_a_reason": lambda m, c: Reading.objects.create(
        report=Report.objects.first(), target=_target(m), as_of=date(2026, 1, 1)
    ),
    "unit_one_lead_per_measure": lambda m, c: ResponsibleUnit.objects.update(is_lead=True),
    "rules_number_once_per_plan": lambda m, c: [_rules(m.plan), _rules(m.plan)],
    "rules_number_once_in_common": lambda m, c: [_rules(None), _rules(None)],
    "plan_once_per_source_and_edition": lambda m, c: PlanFactory(source_hash=m.plan.source_hash),
    "plan_code_is_unique": lambda m, c: PlanFactory(code=m.plan.code),
    "plan_ends_after_it_begins": lambda m, c: Plan.objects.update(period_end=date(2020, 1, 1)),
    "engagement_ends_after_it_begins": lambda m, c: EngagementFactory(
        plan=m.plan, agency=c.agency, until=date(2020, 1, 1)
    ),
    "run_one_open_per_measure": lambda m, c: _copy(Run.objects.get(share=None)),
    "run_one_open_per_share": lambda m, c: _copy(Run.objects.filter(share__isnull=False).first()),
    "run_one_open_per_request": lambda m, c: _copy(_asked(m, c).runs.get()),
    "run_is_about_one_thing": lambda m, c: _asked(m, c).runs.update(share=m.shares.first()),
    "request_state_is_known": lambda m, c: _change(_asked(m, c), state="lost"),
    "request_one_pending_of_a_kind": lambda m, c: _copy(_asked(m, c)),
    "request_extension_has_both_dates": lambda m, c: _change(_asked(m, c), due_before=None),
    "request_names_a_bureau": lambda m, c: _change(_asked(m, c), kind="transfer"),
    "request_decided_says_when": lambda m, c: _change(_asked(m, c), decided_at="2026-01-01T00:00Z"),
    "request_decided_was_signed": lambda m, c: _change(_asked(m, c), state="signed"),
    "item_one_open_per_run": lambda m, c: _copy(WorkItem.objects.get(finished=None)),
    "item_has_one_scope": lambda m, c: WorkItem.objects.filter(finished=None).update(plan=m.plan),
    "item_has_a_scope": lambda m, c: WorkItem.objects.filter(finished=None).update(engagement=None),
    "item_status_fits an owner": lambda m, c: WorkItem.objects.filter(finished=None).update(
        owner=c.stranger()
    ),
    "item_status_fits an end": lambda m, c: WorkItem.objects.filter(finished=None).update(status="DONE"),
    "event_once_per_number": lambda m, c: _line_again(AuditEvent.objects.first()),
    "membership_ends_after_it_begins": lambda m, c: join(
        c.stranger(), c.office, date(2026, 1, 1), date(2025, 1, 1)
    ),
    "membership_one_open_per_bureau": lambda m, c: [
        join(c.stranger(), c.office),
        join(c.stranger(), c.office),
    ],
}


def _line_again(line: AuditEvent | None) -> None:
    """The same line once more, past the guards that would number it anew or refuse it."""
    with unguarded():
        _copy(line)


def _asked(measure: Measure, cast: Cast) -> Request:
    """A pending extension of the lead's share, as rows alone."""
    share, person = measure.shares.get(is_lead=True), cast.stranger()
    asked = Request.objects.create(
        measure=measure,
        share=share,
        cycle=measure.cycles.get(index=1),
        kind="extension",
        reason="x",
        wanted_by=date(2026, 12, 10),
        due_before=date(2026, 11, 30),
        decider="supervisor",
        raised_by=person,
        raised_at="2026-01-01T00:00Z",
    )
    Run.objects.create(flow_class=RequestFlow, measure=measure, request=asked, bureau=share.bureau)
    return asked


def _change(asked: Request, **fields: object) -> int:
    return Request.objects.filter(pk=asked.pk).update(**fields)


def _closure(measure: Measure, cast: Cast) -> Closure:
    return Closure.objects.create(
        measure=measure,
        cycle=measure.cycles.get(index=1),
        decided_by=cast.stranger(),
        decided_at="2026-01-01T00:00Z",
    )


def _target(measure: Measure) -> Target:
    return Target.objects.create(measure=measure, position=1, text="x")


def _reply(measure: Measure, cast: Cast, text: str = "") -> InstructionReply:
    given = Instruction.objects.filter(measure=measure).first() or Instruction.objects.create(
        measure=measure,
        text="x",
        reply_by=date(2026, 6, 1),
        given_by=cast.stranger(),
        given_at="2026-01-01T00:00Z",
    )
    share = measure.shares.get(is_lead=True)
    return InstructionReply.objects.create(instruction=given, share=share, text=text)


def _rules(plan: Plan | None) -> RuleVersion:
    return RuleVersion.objects.create(plan=plan, number=1, holds_from=date(2026, 1, 1))


@pytest.mark.parametrize("constraint", BREACHES)
def test_the_database_refuses(measure: Measure, cast: Cast, constraint: str) -> None:
    cast.stranger(), cast.office
    with pytest.raises(IntegrityError), transaction.atomic():
        BREACHES[constraint](measure, cast)


def test_a_plan_may_have_a_second_edition(measure: Measure) -> None:
    again = PlanFactory(source_hash=measure.plan.source_hash, edition=2)
    assert again.period_end - again.period_start > timedelta(days=300)
