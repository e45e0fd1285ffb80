"""What a later edition changes of a measure on the ledger: carried out at once where that harms nothing, else left open.

Nothing is overwritten silently: each change is an amendment with its reason, and a line of the measure's trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow.actions.edition_differences import (
    Difference,
    given_schedule_data,
    schedule_data,
    unmatched_targets,
)
from workflow.actions.edition_preparing import add_targets, take_words
from workflow.actions.plan_input import MeasureInput
from workflow.actions.step import Step
from workflow.clock.cycles import single
from workflow.models import Amendment, Cycle, Measure, PlanImport, Section, ShareCycle, Target
from workflow.models.amendment import AmendedField
from workflow.models.measure import MeasureKind
from workflow.queries.rules import calendar
from workflow.routing import Verb, follow
from workflow.states import AmendmentState, MeasureState, ShareState, TargetState
from workflow.trail.actions import AuditAction

A, F = AmendmentState, AmendedField
ENDED = (MeasureState.CLOSED, MeasureState.CANCELLED)
AT_ONCE = frozenset({F.TITLE, F.NUMBER, F.SECTION, F.TEXT})
"""Words and places: changing them harms nobody's work."""


@dataclass(frozen=True, slots=True)
class Renewing:
    """The edition that is being brought in, and why."""

    row: PlanImport
    number: int
    reason: str


def amend(
    part: Step, found: Sequence[Difference], given: MeasureInput, section: Section, new: Renewing
) -> list[Amendment]:
    """Record every difference of the locked measure, and carry out what can be."""
    has_ended = part.measure.state in ENDED
    states = [A.ENDED if has_ended else _carried_out(part, one, given, section, new) for one in found]
    return [_record(part, one, state, new) for one, state in zip(found, states, strict=True)]


def drop(part: Step, new: Renewing) -> Amendment:
    """Record that the edition no longer has the measure; what becomes of it is for its approver to decide."""
    state = A.ENDED if part.measure.state in ENDED else A.OPEN
    return _record(part, Difference(F.DROPPED, {"title": part.measure.title}, None), state, new)


def _record(part: Step, one: Difference, state: str, new: Renewing) -> Amendment:
    part.note(
        part.measure,
        action=AuditAction.MEASURE_AMEND,
        reason=new.reason,
        payload={
            "edition": new.number,
            "field": str(one.field),
            "before": one.before,
            "after": one.after,
            "state": str(state),
        },
    )
    return Amendment(
        measure=part.measure,
        plan_import=new.row,
        field=one.field,
        before=one.before,
        after=one.after,
        reason=new.reason,
        decided_by=part.person,
        at=part.at,
        state=state,
    )


def _carried_out(part: Step, one: Difference, given: MeasureInput, section: Section, new: Renewing) -> str:
    """Carry the change out where it harms nothing, and say whether it was."""
    if one.field in AT_ONCE:
        take_words(part, given, section, [one.field])
        return A.CARRIED_OUT
    if one.field == F.SCHEDULE:
        return A.CARRIED_OUT if _move_date(part, given, new.reason) else A.OPEN
    if one.field == F.TARGETS:
        return _take_targets(part.measure, given)
    return A.OPEN


def _take_targets(measure: Measure, given: MeasureInput) -> str:
    """New targets are proposed, and proposals that the edition drops go; a target that holds is not given up here."""
    new, gone = unmatched_targets(list(measure.targets.all()), given.targets)
    add_targets(measure, new)
    proposed = [one.pk for one in gone if one.state == TargetState.PROPOSED]
    Target.objects.filter(pk__in=proposed).delete()
    return A.CARRIED_OUT if len(proposed) == len(gone) else A.OPEN


def _move_date(part: Step, given: MeasureInput, basis: str) -> bool:
    """Let a dated measure be due on another day on that basis, its cycle and the open shares' parts with it.

    Returns False, and changes nothing, where that would do harm: for another kind of schedule, a day that is over or
    out of the plan's period, or a measure that is reported already or suspended: the end of a suspension moves its dates.
    """
    measure, data = part.measure, given_schedule_data(given)
    stood = schedule_data(measure)
    if all(stood[name] == data[name] for name in ("kind", "due", "cycle")):
        measure.schedule = given.schedule
        part.measure_fields.add("schedule")
        return True
    due = given.due
    if measure.is_suspended(part.today):
        return False
    if due is None or not (measure.kind == data["kind"] == MeasureKind.DATED):
        return False
    in_period = part.plan.period_start <= due <= part.plan.period_end
    if not in_period or due < part.today:
        return False
    if measure.state != MeasureState.DRAFT and not _move_cycle(part, due):
        return False
    measure.schedule, measure.due, measure.schedule_basis = given.schedule, due, basis
    part.measure_fields |= {"schedule", "due", "schedule_basis"}
    return True


def _move_cycle(part: Step, due: date) -> bool:
    """The last cycle ends on the new day, its working days counted as at the dispatch; work on desks is due with it."""
    measure = part.measure
    if measure.state not in (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS):
        return False
    cycle = Cycle.objects.get(measure=measure, is_current=True)
    moved = single(cycle.period_start, due, calendar())
    if not cycle.is_last or moved.due < part.today:
        return False
    cycle.period_end, cycle.share_due, cycle.due = moved.end, moved.share_due, moved.due
    cycle.working_days = moved.working_days
    cycle.save(update_fields=["period_end", "share_due", "due", "working_days"])
    parts = ShareCycle.objects.filter(cycle=cycle).exclude(share__state=ShareState.CLOSED)
    parts.update(due=moved.share_due, first_due=None, working_days=moved.working_days)
    follow(measure, Verb.AMEND, by=part.by)
    return True
