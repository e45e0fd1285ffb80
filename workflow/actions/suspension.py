"""暂缓 and its end by the approver (DOMAIN.md, Suspension).

While one is open `acting` refuses every other action on the measure. A suspension lapses by its date: its dates have
moved when it was recorded, so the next day finds them right, and nobody has to do anything.
"""

from datetime import date, timedelta

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.clock_moving import move_clock
from workflow.actions.step import acting, in_state, required
from workflow.clock.period import months_after
from workflow.models import Measure, Suspension
from workflow.queries.rules import calendar
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import MeasureState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

RUNNING = (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED, MeasureState.VERIFIED)
"""States in which a measure can be suspended: it was dispatched and has not ended."""


def last_day(since: date, months: int) -> date:
    """The last day of a suspension that begins on `since` and takes as long as it may."""
    return months_after(since, months) - timedelta(days=1)


def suspend_measure(measure: Measure, *, by: Actor, until: date | None, reason: str) -> Suspension:
    """暂缓 from today to `until`, both included; raises Invalid for a day that is past or beyond the longest time."""
    with acting(AuditAction.MEASURE_SUSPEND, measure, by=by) as step:
        in_state(step.measure, *RUNNING)
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        reason = required(reason, "reason")
        limit = last_day(step.today, step.rules.numbers.suspend_months)
        if until is None or not step.today <= until <= limit:
            raise Invalid("input.suspended_until", field="until", limit=limit.isoformat())
        suspension = Suspension(
            measure=step.measure,
            since=step.today,
            until=until,
            working_days=calendar().working_days_in(step.today, until),
            reason=reason,
            decided_by=step.person,
            decided_at=step.at,
        )
        insert(suspension)
        step.measure.suspended_until = until
        step.measure_fields |= {"suspended_until", "due"}
        move_clock(step.measure, suspension.working_days, step.today)
        follow(step.measure, Verb.SUSPEND, by=by)
        step.note(step.measure, reason=reason, payload={"until": until.isoformat()})
    return suspension


def resume_measure(measure: Measure, *, by: Actor, reason: str = "") -> Suspension:
    """End the suspension before its last day: work goes on today, and the dates come back by what it did not take."""
    with acting(AuditAction.MEASURE_RESUME, measure, by=by) as step:
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        require(step.measure.is_suspended(step.today), Conflict("measure.not_suspended"))
        suspension = Suspension.objects.filter(measure=step.measure, resumed_at=None).latest("pk")
        yesterday = step.today - timedelta(days=1)
        taken = calendar().working_days_in(suspension.since, yesterday)
        spared = taken - suspension.working_days
        suspension.working_days = taken
        suspension.resumed_by, suspension.resumed_at = step.person, step.at
        suspension.save(update_fields=["working_days", "resumed_by", "resumed_at"])
        step.measure.suspended_until = None
        step.measure_fields |= {"suspended_until", "due"}
        move_clock(step.measure, spared, suspension.since)
        follow(step.measure, Verb.RESUME, by=by)
        step.note(step.measure, reason=reason.strip(), payload={"working_days": taken})
    return suspension
