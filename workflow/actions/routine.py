"""转常态化: the approver lets an ongoing measure go over into routine work (DOMAIN.md, Ongoing measures, Exits).

It ends as closed, by a closure of its own kind and without the last cycle, at the turn of a cycle: one at least was
closed, and nothing of the current one is reported yet. What a full closure asks for holds here too: rule 3, every
target met or waived, and no evaluation that stands before the full closure.
"""

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.cancellation import end_shares
from workflow.actions.ledger import complete_plan
from workflow.actions.requests_settling import lapse_requests
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Closure, Measure
from workflow.models.measure import EvaluationDue, MeasureKind
from workflow.queries.closing import ClosingFacts, closing_facts
from workflow.queries.seats import bench_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, require
from workflow.rules.separation import may_close
from workflow.states import MeasureState, ShareOutcome
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def transfer_to_routine(measure: Measure, *, by: Actor, reason: str) -> Closure:
    """转常态化 with a reason; the current cycle ends with the measure, open shares end as done."""
    with acting(AuditAction.MEASURE_TRANSFER_TO_ROUTINE, measure, by=by, with_plan=True) as step:
        in_state(step.measure, MeasureState.IN_PROGRESS)
        facts = closing_facts(measure.pk, step.person, Permission.APPROVE_FOR_PLAN, step.today)
        step.granted(facts.role, ScopeKind.PLAN, step.plan.pk)
        reason = required(reason, "reason")
        bench = bench_of(measure.pk, step.person, step.today)
        step.measure.current_cycle = bench.cycle
        may_close(step.person.pk, bench.is_own_bureau, [step.person.pk] if facts.has_verified else [])
        may_go_over(step.measure)
        _targets_hold(facts)
        closure = Closure(
            measure=step.measure,
            cycle=bench.cycle,
            to_routine=True,
            opinion=reason,
            decided_by=step.person,
            decided_at=step.at,
        )
        insert(closure)
        _end(step, reason)
        if not facts.plan_goes_on:
            complete_plan(step)
    return closure


def may_go_over(measure: Measure) -> None:
    """Raise Conflict unless the measure in progress is an ongoing one at the turn of a cycle, neither its first nor its last."""
    require(measure.kind == MeasureKind.ONGOING, Conflict("measure.not_ongoing"))
    require(not measure.current_cycle.is_last, Conflict("measure.last_cycle"))
    require(measure.evaluation_due != EvaluationDue.LAST, Conflict("measure.evaluation_open"))
    untouched = measure.shares_reported == measure.shares_verified == 0
    require(untouched, Conflict("measure.cycle_reported"))
    closed = Closure.objects.filter(measure=measure, phased=True, reopened_at=None)
    require(closed.exists(), Conflict("measure.no_cycle_closed"))


def _targets_hold(facts: ClosingFacts) -> None:
    for target in facts.unmet:
        raise Conflict("measure.targets_open", target=target)


def _end(step: Step, reason: str) -> None:
    measure = step.measure
    measure.transfer_to_routine()
    step.note(measure, (MeasureState.IN_PROGRESS, MeasureState.CLOSED), reason=reason)
    end_shares(step, ShareOutcome.DONE, reason)
    lapse_requests(step)
    follow(measure, Verb.TRANSFER_TO_ROUTINE, by=step.by)
