"""销号 and 重新挂账: the approver strikes a measure off, or puts it back on the ledger (DOMAIN.md, close, reopen)."""

from collections.abc import Iterable

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.ledger import complete_plan, resume_when_completed
from workflow.actions.rework import named_shares, return_reports
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Closure, Measure, Share
from workflow.queries.closing import SETTLED, ClosingFacts, closing_facts, evaluation_is_due
from workflow.queries.seats import Bench, bench_of, verifiers_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.rules.separation import may_close
from workflow.states import MeasureState, ShareOutcome, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def close_measure(measure: Measure, *, by: Actor, opinion: str = "") -> Closure:
    """销号 in the last cycle, by an approver who did not verify it and whose bureau has no share (rule 3).

    The plan is completed with the last of its measures: its row is locked first, so that of two last
    closures the later one sees the other.
    """
    with acting(AuditAction.MEASURE_CLOSE, measure, by=by, with_plan=True) as step:
        in_state(step.measure, MeasureState.VERIFIED)
        facts = closing_facts(measure.pk, step.person, Permission.APPROVE_FOR_PLAN, step.today)
        step.granted(facts.role, ScopeKind.PLAN, step.plan.pk)
        bench = bench_of(measure.pk, step.person, step.today)
        may_close(step.person.pk, bench.is_own_bureau, [step.person.pk] if facts.has_verified else [])
        _may_end(step, bench, facts)
        closure = Closure(
            measure=step.measure,
            cycle=bench.cycle,
            opinion=opinion.strip(),
            decided_by=step.person,
            decided_at=step.at,
        )
        insert(closure)
        step.measure.close()
        step.note(step.measure, (MeasureState.VERIFIED, MeasureState.CLOSED), reason=opinion.strip())
        _end_shares(step, bench)
        follow(step.measure, Verb.CLOSE, by=by)
        if not facts.plan_goes_on:
            complete_plan(step)
    return closure


def _may_end(step: Step, bench: Bench, facts: ClosingFacts) -> None:
    require(bench.cycle.is_last, Conflict("measure.not_last_cycle"))
    for target in facts.unmet:
        raise Conflict("measure.targets_open", target=target)
    if evaluation_is_due(step.measure, bench.cycle):
        require(facts.result in SETTLED, Conflict("measure.evaluation_open"))


def _end_shares(step: Step, bench: Bench) -> None:
    """Every open share ends with its measure as done."""
    ending = [share for share in bench.shares if share.is_open]
    for share in ending:
        before = share.state
        share.end()
        step.note(
            share, (before, ShareState.CLOSED), action=AuditAction.SHARE_END, payload={"outcome": "done"}
        )
    Share.objects.filter(pk__in=[share.pk for share in ending]).update(
        state=ShareState.CLOSED, outcome=ShareOutcome.DONE
    )
    step.measure.shares_open = step.measure.shares_verified = 0


def reopen_measure(measure: Measure, *, by: Actor, shares: Iterable[int], reason: str, basis: str) -> Measure:
    """重新挂账 after an audit or look-back finding (`basis`): the named shares (ids) go on in the last cycle."""
    with acting(AuditAction.MEASURE_REOPEN, measure, by=by, with_plan=True) as step:
        in_state(step.measure, MeasureState.CLOSED)
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        reason, basis = required(reason, "reason"), required(basis, "basis")
        bench = bench_of(measure.pk, step.person, step.today)
        named = named_shares(bench, shares, ShareState.CLOSED)
        may_go_on = all(share.outcome != ShareOutcome.TRANSFERRED for share in named)
        require(may_go_on, Invalid("input.shares", field="shares"))
        Closure.objects.filter(cycle=bench.cycle, reopened_at=None).update(reopened_at=step.at)
        _reopen(step, named, reason, basis)
        return_reports(step, [bench.share_cycles[share.pk].pk for share in named], reason)
        follow(step.measure, Verb.REOPEN, by=by, shares=named)
        resume_when_completed(step)
    return step.measure


def _reopen(step: Step, named: list[Share], reason: str, basis: str) -> None:
    measure = step.measure
    measure.reopen()
    measure.reported_at = None
    measure.shares_open = len(named)
    measure.shares_unaccepted = measure.shares_reported = measure.shares_verified = 0
    step.note(
        measure,
        (MeasureState.CLOSED, MeasureState.IN_PROGRESS),
        reason=reason,
        basis=basis,
        payload={"shares": [share.pk for share in named], "verifiers": sorted(verifiers_of(measure.pk))},
    )
    for share in named:
        share.measure = measure
        share.reopen()
        step.note(
            share, (ShareState.CLOSED, ShareState.IN_PROGRESS), action=AuditAction.SHARE_REOPEN, reason=reason
        )
    Share.objects.filter(pk__in=[share.pk for share in named]).update(
        state=ShareState.IN_PROGRESS, outcome=ShareOutcome.OPEN
    )
