"""核查: a supervisor without a part in the measure verifies it, or returns named shares (DOMAIN.md, Measure)."""

from collections.abc import Iterable, Mapping

from accounts.rights import grant_for
from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.rework import reopen_shares
from workflow.actions.rounds import after_verification
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Measure, Verification
from workflow.models.verification import ChecklistPoint, VerificationDecision
from workflow.queries.seats import Bench, bench_of
from workflow.queries.separation import check_verifier
from workflow.routing import Verb, follow
from workflow.rules.refusal import Forbidden, Invalid, require
from workflow.states import MeasureState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def verify_measure(
    measure: Measure, *, by: Actor, checklist: Mapping[str, bool], opinion: str = "", site_visit: bool = False
) -> Verification:
    """核查通过: every point of the checklist holds. An ongoing measure's cycle may close with it.

    `checklist`: ChecklistPoint value → whether it holds. Raises Invalid where one does not.
    """
    with acting(AuditAction.MEASURE_VERIFY, measure, by=by) as step:
        in_state(step.measure, MeasureState.REPORTED)
        bench = _may_verify(step)
        missing = [point for point in ChecklistPoint.values if not checklist.get(point)]
        require(not missing, Invalid("input.checklist", field="checklist"))
        verification = _write(step, bench, VerificationDecision.VERIFIED, checklist, opinion, site_visit)
        step.measure.verify()
        step.note(
            step.measure,
            (MeasureState.REPORTED, MeasureState.VERIFIED),
            reason=opinion.strip(),
            payload={"site_visit": site_visit},
        )
        after_verification(step, bench)
    return verification


def rework_measure(measure: Measure, *, by: Actor, shares: Iterable[int], reason: str) -> Measure:
    """退回 by a supervisor or the approver: reopens the named shares (ids) and no others."""
    with acting(AuditAction.MEASURE_REWORK, measure, by=by) as step:
        in_state(step.measure, MeasureState.REPORTED, MeasureState.VERIFIED)
        bench, is_verification = _may_return(step)
        reason = required(reason, "reason")
        if is_verification and step.measure.state == MeasureState.REPORTED:
            _write(step, bench, VerificationDecision.RETURNED, {}, reason, site_visit=False)
        named = reopen_shares(step, bench, shares, reason)
        follow(step.measure, Verb.REWORK, by=by, shares=named)
    return step.measure


def _may_verify(step: Step) -> Bench:
    """Right, rule 2, and the other office where the supervision office has a share itself."""
    step.require(Permission.VERIFY_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
    bench = check_verifier(step.measure, step.person, step.today)
    step.measure.current_cycle = bench.cycle
    return bench


def _may_return(step: Step) -> tuple[Bench, bool]:
    """The bench, and whether the return is a verification; else it is the approver's. Raises the supervisor's refusal."""
    try:
        return _may_verify(step), True
    except Forbidden:
        approves = grant_for(
            step.person, Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk, step.today
        )
        if approves is None:
            raise
        step.grant = approves
    bench = bench_of(step.measure.pk, step.person, step.today)
    step.measure.current_cycle = bench.cycle
    return bench, False


def _write(
    step: Step,
    bench: Bench,
    decision: VerificationDecision,
    checklist: Mapping[str, bool],
    opinion: str,
    site_visit: bool,  # noqa: FBT001 - passed by name where it is true
) -> Verification:
    verification = Verification(
        cycle=bench.cycle,
        decision=decision,
        checklist={point: bool(checklist.get(point)) for point in ChecklistPoint.values} if checklist else {},
        opinion=opinion.strip(),
        site_visit=site_visit,
        decided_by=step.person,
        decided_at=step.at,
    )
    insert(verification)
    return verification
