"""挂账: an approver puts a prepared plan on the ledger (DOMAIN.md, a plan is `draft` until every measure is ready)."""

from accounts.roles import Permission, ScopeKind
from workflow.actions.step import Step, acting
from workflow.models import Measure, Plan
from workflow.queries.readiness import measures_naming_the_office, measures_not_ready
from workflow.rules.refusal import Conflict, require
from workflow.rules.separation import is_not_the_preparer
from workflow.states import MeasureState, PlanState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

CODES_NAMED = 5
"""How many codes of measures a refusal names."""


def put_on_ledger(plan: Plan, *, by: Actor) -> Plan:
    """Put the plan on the ledger; returns it fresh.

    Raises Conflict unless the plan is in preparation, its offices are named and every measure is ready,
    and Forbidden for anybody but an approver who did not prepare it (rule 7).
    """
    with acting(AuditAction.PLAN_PUT_ON_LEDGER, plan, by=by) as step:
        plan = step.plan
        require(plan.state == PlanState.DRAFT, Conflict("plan.not_draft"))
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, plan.pk)
        is_not_the_preparer(step.person.pk, plan.preparers)
        _require_readiness(plan)
        plan.put_on_ledger()
        plan.put_on_ledger_by = step.person
        plan.put_on_ledger_at = step.at
        step.plan_fields |= {"put_on_ledger_by", "put_on_ledger_at"}
        step.note(plan, (PlanState.DRAFT, PlanState.ON_LEDGER))
    return plan


def _require_readiness(plan: Plan) -> None:
    require(bool(plan.issuer_id and plan.supervision_office_id), Conflict("plan.no_office"))
    require(plan.measures.filter(state=MeasureState.DRAFT).exists(), Conflict("plan.empty"))
    waiting = measures_not_ready(plan)
    if waiting:
        raise Conflict("plan.not_ready", count=len(waiting), codes=_codes(waiting))
    if plan.alternate_office_id is None:
        own = measures_naming_the_office(plan)
        require(not own, Conflict("plan.no_alternate", codes=_codes(own)))


def _codes(measures: list[Measure]) -> str:
    return ", ".join(measure.code for measure in measures[:CODES_NAMED])


def complete_plan(step: Step) -> None:
    """Let the locked plan of the step be completed: its last measure has just ended."""
    step.plan.complete()
    step.note_on_plan((PlanState.ON_LEDGER, PlanState.COMPLETED), AuditAction.PLAN_COMPLETE)


def resume_when_completed(step: Step) -> None:
    """Put the locked plan of the step back on the ledger where it was completed: one of its measures goes on."""
    if step.plan.state == PlanState.COMPLETED:
        step.plan.resume()
        step.note_on_plan((PlanState.COMPLETED, PlanState.ON_LEDGER), AuditAction.PLAN_RESUME)
