"""终止: the approver gives a measure up (DOMAIN.md, Measure, cancel)."""

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.ledger import complete_plan
from workflow.actions.requests_settling import lapse_requests
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Cancellation, Consolidation, Evaluation, Measure, Share
from workflow.models.consolidation import ConsolidationDecision
from workflow.queries.closing import plan_goes_on_without
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, require
from workflow.states import EvaluationState, MeasureState, PlanState, ShareOutcome, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

STANDING = tuple(set(MeasureState) - {MeasureState.CLOSED, MeasureState.CANCELLED})
"""The states from which a measure can be cancelled."""


def cancel_measure(measure: Measure, *, by: Actor, reason: str, basis: str) -> Cancellation:
    """终止, with reason and basis, a suspended measure too; open shares end as cancelled, open work is taken off the desks.

    The plan is completed when it was the last of its measures; its row is locked first, as for a closure.
    """
    with acting(AuditAction.MEASURE_CANCEL, measure, by=by, with_plan=True) as step:
        measure, before = step.measure, step.measure.state
        in_state(measure, *STANDING)
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        require(step.plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
        reason, basis = required(reason, "reason"), required(basis, "basis", "input.basis")
        cancellation = Cancellation(
            measure=measure, reason=reason, basis=basis, decided_by=step.person, decided_at=step.at
        )
        insert(cancellation)
        measure.cancel()
        measure.reported_at = measure.suspended_until = None
        step.measure_fields.add("suspended_until")
        step.note(measure, (before, MeasureState.CANCELLED), reason=reason, basis=basis)
        end_shares(step, ShareOutcome.CANCELLED, reason)
        lapse_requests(step)
        _end_what_waits(step, reason)
        follow(measure, Verb.CANCEL, by=by)
        if not plan_goes_on_without(measure):
            complete_plan(step)
    return cancellation


def end_shares(step: Step, outcome: ShareOutcome, reason: str) -> None:
    """Every open share of the locked measure ends with it, by that outcome and for that reason."""
    measure = step.measure
    ending = list(Share.objects.filter(measure=measure).exclude(state=ShareState.CLOSED).order_by("pk"))
    for share in ending:
        before = share.state
        share.end()
        step.note(
            share,
            (before, ShareState.CLOSED),
            action=AuditAction.SHARE_END,
            reason=reason,
            payload={"outcome": outcome.value},
        )
    Share.objects.filter(pk__in=[share.pk for share in ending]).update(
        state=ShareState.CLOSED, outcome=outcome, outcome_reason=reason
    )
    measure.shares_open = measure.shares_unaccepted = 0
    measure.shares_reported = measure.shares_verified = 0


def _end_what_waits(step: Step, reason: str) -> None:
    """Nobody signs the draft or scores the round that was open."""
    Consolidation.objects.filter(cycle__measure=step.measure, decision=ConsolidationDecision.NONE).update(
        decision=ConsolidationDecision.RETURNED,
        decision_reason=reason,
        decided_by=step.person,
        decided_at=step.at,
    )
    for evaluation in Evaluation.objects.filter(measure=step.measure, state=EvaluationState.ENGAGED):
        evaluation.withdraw()
        evaluation.save(update_fields=["state"])
        step.note(
            evaluation,
            (EvaluationState.ENGAGED, EvaluationState.WITHDRAWN),
            action=AuditAction.EVALUATION_WITHDRAW,
        )
