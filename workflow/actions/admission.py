"""What a later edition brought to a plan on the ledger: its measures are admitted, its open amendments settled."""

from collections.abc import Iterable

from accounts.roles import Permission, ScopeKind
from workflow.actions.step import Step, acting, required, within
from workflow.models import Amendment, Measure, Plan
from workflow.queries.editions import awaiting_admission
from workflow.queries.readiness import gaps_of, with_readiness
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require
from workflow.rules.separation import is_not_the_preparer
from workflow.states import AmendmentState, PlanState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

CODES_NAMED = 5
"""How many codes of measures a refusal names."""
SETTLEMENT_LONGEST = 500


def admit_measures(plan: Plan, *, by: Actor, measures: Iterable[int]) -> list[Measure]:
    """Put measures (by key) that a later edition added on the ledger beside the others; they can be dispatched then.

    Raises Conflict for one that does not wait for it or is not ready, and Forbidden for anybody but an approver who did
    not prepare the plan or its editions (rule 7).
    """
    with acting(AuditAction.MEASURE_ADMIT, plan, by=by) as step:
        require(step.plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        is_not_the_preparer(step.person.pk, step.plan.preparers)
        chosen = _chosen(step.plan, set(measures))
        for measure in chosen:
            with within(step, measure, AuditAction.MEASURE_ADMIT) as part:
                _admit(part)
    return chosen


def _chosen(plan: Plan, keys: set[int]) -> list[Measure]:
    """The measures of these keys; each waits to be admitted, and is ready."""
    require(bool(keys), Invalid("measure.choose", field="measures"))
    found = list(with_readiness(awaiting_admission(plan).filter(pk__in=keys)))
    missing = keys - {measure.pk for measure in found}
    for code in plan.measures.filter(pk__in=missing).values_list("code", flat=True):
        raise Conflict("measure.admitted", measure_code=code)
    require(not missing, NotFound("thing.unknown"))
    waiting = [measure.code for measure in found if gaps_of(measure)]
    if waiting:
        raise Conflict("plan.not_ready", count=len(waiting), codes=", ".join(waiting[:CODES_NAMED]))
    return found


def _admit(part: Step) -> None:
    measure = part.measure
    require(measure.awaits_admission, Conflict("measure.admitted", measure_code=measure.code))
    measure.admitted_by, measure.admitted_at = part.person, part.at
    part.measure_fields |= {"admitted_by", "admitted_at"}
    part.note(measure, payload={"edition": measure.added_in})


def _require_settler(step: Step) -> None:
    """A supervisor records what became of it, and an approver, for some of it is theirs to decide."""
    try:
        step.require(Permission.PREPARE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
    except Forbidden:
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)


def settle_amendment(amendment: Amendment, *, by: Actor, settlement: str) -> Amendment:
    """Say what became of an open amendment: how it was carried out, or why it is not."""
    with acting(AuditAction.AMENDMENT_SETTLE, amendment, by=by) as step:
        _require_settler(step)
        settlement = required(settlement, "settlement", limit=SETTLEMENT_LONGEST)
        row = Amendment.objects.select_for_update().get(pk=amendment.pk)
        require(row.state == AmendmentState.OPEN, Conflict("amendment.not_open"))
        row.state, row.settlement = AmendmentState.SETTLED, settlement
        row.settled_by, row.settled_at = step.person, step.at
        row.save(update_fields=["state", "settlement", "settled_by", "settled_at"])
        move = (AmendmentState.OPEN, AmendmentState.SETTLED)
        step.note(row, move, reason=settlement, payload={"field": row.field})
    return row
