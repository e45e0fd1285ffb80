"""Ongoing measures: a cycle closes (阶段销号) or is missed (漏报), and the next becomes current."""

from accounts.roles import Permission, ScopeKind
from workflow.actions.dispatch import open_cycle
from workflow.actions.lapsing import lapse_consolidation
from workflow.actions.requests_settling import lapse_requests
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Closure, Cycle, Measure, Share
from workflow.models.measure import MeasureKind
from workflow.queries.seats import Bench, bench_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState, RequestKind, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def close_cycle(step: Step, bench: Bench) -> None:
    """阶段销号: close the verified current cycle and open the next one, in a constant number of statements."""
    Closure.objects.create(
        measure=step.measure, cycle=bench.cycle, phased=True, decided_by=step.person, decided_at=step.at
    )
    step.measure.close_cycle()
    step.note(
        step.measure,
        (MeasureState.VERIFIED, MeasureState.IN_PROGRESS),
        action=AuditAction.MEASURE_CLOSE_CYCLE,
        payload={"cycle": bench.cycle.index},
    )
    _renew(step, bench)


def miss_cycle(measure: Measure, *, by: Actor, reason: str) -> Measure:
    """漏报: a supervisor records the current cycle of an ongoing measure as missed; the next becomes current."""
    with acting(AuditAction.MEASURE_MISS_CYCLE, measure, by=by) as step:
        in_state(step.measure, MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED)
        step.require(Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        reason = required(reason, "reason")
        require(step.measure.kind == MeasureKind.ONGOING, Conflict("measure.not_ongoing"))
        bench = bench_of(step.measure.pk, step.person, step.today)
        require(not bench.cycle.is_last, Conflict("measure.last_cycle"))
        before = step.measure.state
        lapse_consolidation(step, bench.cycle, reason)
        lapse_requests(step, kind=RequestKind.EXTENSION)
        bench.cycle.missed_at, bench.cycle.missed_by = step.at, step.person
        step.measure.miss_cycle()
        step.note(
            step.measure,
            (before, MeasureState.IN_PROGRESS),
            reason=reason,
            payload={"cycle": bench.cycle.index},
        )
        _renew(step, bench)
    return step.measure


def _renew(step: Step, bench: Bench) -> None:
    """Make the next cycle current; open shares go on without accepting again, unaccepted ones stay so."""
    measure = step.measure
    following = Cycle.objects.get(measure=measure, index=bench.cycle.index + 1)
    bench.cycle.is_current, following.is_current = False, True
    bench.cycle.save(update_fields=["is_current", "missed_at", "missed_by"])
    following.save(update_fields=["is_current"])
    remaining = [share for share in bench.shares if share.is_open]
    renewed = [share for share in remaining if share.state != ShareState.ASSIGNED]
    for share in renewed:
        share.measure = measure
        before = share.state
        share.renew()
        step.note(share, (before, ShareState.IN_PROGRESS), action=AuditAction.SHARE_RENEW)
    Share.objects.filter(pk__in=[share.pk for share in renewed]).update(state=ShareState.IN_PROGRESS)
    open_cycle(remaining, following)
    measure.shares_reported = measure.shares_verified = 0
    measure.reported_at = None
    measure.current_cycle = following
    follow(measure, Verb.RENEW, by=step.by, shares=renewed)
