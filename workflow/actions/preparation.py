"""Decisions on a plan in preparation: units, schedule, targets, evaluation.

Each is taken under the plan's lock, so that none slips in behind an approver who puts the plan on the ledger, and
makes the person one of its preparers (DOMAIN.md, Separation of duties, 7).
"""

from datetime import date

from accounts.models import Bureau, BureauKind
from accounts.roles import Permission, ScopeKind
from workflow.actions.step import Step, acting, required, wrong_state
from workflow.models import Measure, Plan, ResponsibleUnit, Target
from workflow.models.measure import CycleLength, EvaluationDue, MeasureKind
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import MeasureState, PlanState, TargetState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def in_preparation(step: Step) -> None:
    """Raise the refusal unless plan or measure is in preparation; a later edition brings measures that are alone."""
    measure = step.measure_or_none
    if measure is not None and measure.state == MeasureState.CANCELLED:
        raise wrong_state(measure)
    is_alone = measure is not None and measure.state == MeasureState.DRAFT and measure.awaits_admission
    require(is_alone or step.plan.state == PlanState.DRAFT, Conflict("plan.not_draft"))
    _prepares(step)


def _prepares(step: Step) -> None:
    """Raise Forbidden for whoever may not prepare; the person is one of the plan's preparers from now on."""
    step.require(Permission.PREPARE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
    if step.person.pk not in step.plan.preparers:
        step.plan.preparers = sorted({*step.plan.preparers, step.person.pk})
        step.plan_fields.add("preparers")


def name_offices(
    plan: Plan,
    *,
    by: Actor,
    issuer: Bureau,
    supervision_office: Bureau,
    alternate_office: Bureau | None = None,
) -> Plan:
    """Name who issued the plan, which office supervises it, and which verifies where that one has a share itself."""
    with acting(AuditAction.PLAN_PREPARE, plan, by=by) as step:
        in_preparation(step)
        require(alternate_office != supervision_office, Invalid("input.offices", field="alternate_office"))
        plan = step.plan
        plan.issuer, plan.supervision_office, plan.alternate_office = (
            issuer,
            supervision_office,
            alternate_office,
        )
        plan.prepared_by, plan.prepared_at = step.person, step.at
        step.plan_fields |= {"issuer", "supervision_office", "alternate_office", "prepared_by", "prepared_at"}
        step.note(
            plan,
            payload={
                "issuer": issuer.name,
                "supervision_office": supervision_office.name,
                "alternate_office": alternate_office.name if alternate_office else "",
            },
        )
    return plan


def decide_unit(
    unit: ResponsibleUnit,
    *,
    by: Actor,
    bureau: Bureau | None = None,
    collective_kind: str = "",
    resolve_by: date | None = None,
    reason: str = "",
) -> ResponsibleUnit:
    """Say who stands behind a unit as written: a bureau, every bureau of a kind, or the date it will be resolved by."""
    with acting(AuditAction.UNIT_DECIDE, unit, by=by, with_plan=True) as step:
        in_preparation(step)
        given = [bool(bureau), bool(collective_kind), bool(resolve_by)]
        require(sum(given) == 1, Invalid("input.unit", field="bureau"))
        is_kind = collective_kind in {"", *BureauKind.values}
        require(is_kind, Invalid("input.unit", field="collective_kind"))
        unit = ResponsibleUnit.objects.get(pk=unit.pk)
        unit.bureau, unit.collective_kind, unit.resolve_by = bureau, collective_kind, resolve_by
        unit.decision_reason = reason.strip()
        unit.save(update_fields=["bureau", "collective_kind", "resolve_by", "decision_reason"])
        step.note(
            unit,
            reason=unit.decision_reason,
            payload={
                "unit": unit.text,
                "bureau": bureau.name if bureau else "",
                "collective_kind": collective_kind,
                "resolve_by": resolve_by.isoformat() if resolve_by else "",
            },
        )
    return unit


def decide_schedule(
    measure: Measure, *, by: Actor, due: date | None = None, cycle_length: str = "", basis: str = ""
) -> Measure:
    """Give the measure a due date in the plan's period (dated) or a cycle length (ongoing)."""
    with acting(AuditAction.SCHEDULE_DECIDE, measure, by=by, with_plan=True) as step:
        in_preparation(step)
        measure = step.measure
        require((due is None) != (cycle_length == ""), Invalid("input.due_or_cycle", field="due"))
        require(cycle_length in CycleLength.values, Invalid("input.due_or_cycle", field="cycle_length"))
        if due is not None:
            in_period = step.plan.period_start <= due <= step.plan.period_end
            require(in_period, Invalid("input.date", field="due"))
        measure.kind = MeasureKind.DATED if due else MeasureKind.ONGOING
        measure.due, measure.cycle_length, measure.schedule_basis = due, cycle_length, basis.strip()
        step.measure_fields |= {"kind", "due", "cycle_length", "schedule_basis"}
        step.note(
            measure,
            basis=measure.schedule_basis,
            payload={"due": due.isoformat() if due else "", "cycle_length": cycle_length},
        )
    return measure


def require_evaluation(measure: Measure, *, by: Actor, due: str) -> Measure:
    """Decide when a third-party evaluation stands between verification and closure."""
    with acting(AuditAction.EVALUATION_REQUIRE, measure, by=by, with_plan=True) as step:
        in_preparation(step)
        require(due in EvaluationDue.values, Invalid("input.evaluation_due", field="due"))
        step.measure.evaluation_due = due
        step.measure_fields.add("evaluation_due")
        step.note(step.measure, payload={"evaluation_due": due})
    return step.measure


def confirm_target(target: Target, *, by: Actor, every_share: bool = False) -> Target:
    """Hold the target as read; `every_share`: every share gives a reading of it, not the lead alone.

    While its measure is in preparation, or where a later edition proposed it for a measure under way.
    """
    with acting(AuditAction.TARGET_CONFIRM, target, by=by, with_plan=True) as step:
        target = Target.objects.get(pk=target.pk)
        if _is_under_way(step.measure) and target.state == TargetState.PROPOSED:
            _prepares(step)
        else:
            in_preparation(step)
        before = target.state
        target.confirm()
        target.decided_by, target.every_share = step.person, every_share
        target.save(update_fields=["state", "decided_by", "every_share"])
        step.note(target, (before, target.state), payload={"every_share": every_share})
    return target


def _is_under_way(measure: Measure) -> bool:
    return measure.state not in (MeasureState.DRAFT, MeasureState.CLOSED, MeasureState.CANCELLED)


def waive_target(target: Target, *, by: Actor, reason: str) -> Target:
    """Give a target up while its measure is not over; only the approver waives, with a reason (DOMAIN.md).

    Waiving is the approver's own right and prepares nothing: it does not keep them from putting the plan on the ledger.
    """
    with acting(AuditAction.TARGET_WAIVE, target, by=by) as step:
        if step.measure.state in (MeasureState.CLOSED, MeasureState.CANCELLED):
            raise wrong_state(step.measure)
        step.require(Permission.WAIVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        reason = required(reason, "reason")
        target = Target.objects.get(pk=target.pk)
        before = target.state
        target.waive()
        target.decided_by, target.reason = step.person, reason
        target.save(update_fields=["state", "decided_by", "reason"])
        step.note(target, (before, target.state), reason=reason)
    return target
