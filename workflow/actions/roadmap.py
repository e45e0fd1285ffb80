"""路线图: the lead files the steps of a measure, says which are reached, and its head confirms them (DOMAIN.md, begin).

The weights of the confirmed steps are the measure's progress.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Sum

from accounts.models import User
from accounts.roles import Permission, ScopeKind
from workflow.actions.shares import UNREPORTED
from workflow.actions.step import Step, acting, fitting, in_state, required
from workflow.models import Milestone, Share
from workflow.models.measure import Measure
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require
from workflow.rules.separation import is_not_the_author
from workflow.states import ShareState
from workflow.trail.actions import AuditAction

WHOLE = 100
MOST = 50
TITLE_LONGEST = 200
_ASIDE = 1000
"""Positions are moved so far out of the way while steps change places."""


@dataclass(frozen=True, slots=True)
class StepInput:
    """A step of the roadmap as the lead writes it; `share` (id) whose it is, None for the lead's own."""

    title: str
    due: date
    weight: int
    share: int | None = None


def file_roadmap(
    measure: Measure, *, by: User, steps: Sequence[StepInput], reason: str = ""
) -> list[Milestone]:
    """A handler of the lead files the steps that are still to be reached; those reached stay as they are.

    Raises Invalid, on the field `title-N` and so on of the step at fault, for weights that with those of the reached
    steps do not make 100, days that are past or beyond the measure's end; on `reason` where a filed roadmap changes
    without one.
    """
    with acting(AuditAction.ROADMAP_FILE, measure, by=by) as step:
        in_state(step.measure, *UNREPORTED)
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, _lead(step).bureau_id)
        before = list(step.measure.milestones.order_by("position"))
        reason = required(reason, "reason") if step.measure.roadmap_version else reason.strip()
        _check(step, steps, [one for one in before if one.reached_on is not None])
        milestones = _replace(step.measure, steps)
        step.measure.roadmap_version += 1
        step.measure.roadmap_filed_at = step.at
        step.measure_fields |= {"roadmap_version", "roadmap_filed_at"}
        step.note(
            step.measure,
            reason=reason,
            payload={
                "version": step.measure.roadmap_version,
                "before": [_told(one) for one in before],
                "steps": [_told(one) for one in milestones],
            },
        )
    return milestones


def _lead(step: Step) -> Share:
    return Share.objects.get(measure=step.measure, is_lead=True)


def _check(step: Step, steps: Sequence[StepInput], reached: Sequence[Milestone]) -> None:
    require(0 < len(steps) + len(reached) <= MOST, Invalid("roadmap.count", field="title-1", limit=MOST))
    ends = step.measure.due or step.plan.period_end
    open_shares = set(step.measure.shares.exclude(state=ShareState.CLOSED).values_list("pk", flat=True))
    for n, one in enumerate(steps, start=1):
        fitting(required(one.title, f"title-{n}", "input.text"), f"title-{n}", TITLE_LONGEST)
        require(step.today <= one.due <= ends, Invalid("roadmap.due", field=f"due-{n}", until=f"{ends}"))
        require(1 <= one.weight <= WHOLE, Invalid("roadmap.weight", field=f"weight-{n}"))
        is_there = one.share is None or one.share in open_shares
        require(is_there, Invalid("roadmap.share", field=f"share-{n}"))
    total = sum(one.weight for one in steps) + sum(one.weight for one in reached)
    require(total == WHOLE, Invalid("roadmap.total", field="weight-1", total=total))


def _replace(measure: Measure, steps: Sequence[StepInput]) -> list[Milestone]:
    """The steps not yet reached give way to the new ones; all stand in the order of their days."""
    measure.milestones.filter(reached_on__isnull=True).delete()
    measure.milestones.update(position=F("position") + _ASIDE)
    made = [
        Milestone(
            measure=measure, title=one.title.strip(), due=one.due, weight=one.weight, share_id=one.share
        )
        for one in steps
    ]
    milestones = sorted([*measure.milestones.order_by("position"), *made], key=lambda one: one.due)
    for position, one in enumerate(milestones, start=1):
        one.position = position
        one.save()
    return milestones


def _told(one: Milestone) -> dict[str, Any]:
    return {"title": one.title, "due": one.due.isoformat(), "weight": one.weight, "share": one.share_id}


def reach_milestone(milestone: Milestone, *, by: User, on: date, note: str = "") -> Milestone:
    """A handler of the bureau whose step it is, or of the lead, says that it is reached. Raises Invalid for a day to come."""
    with acting(AuditAction.MILESTONE_REACH, milestone, by=by) as step:
        milestone = _fresh(step, milestone)
        _require_there(step, milestone, Permission.SUBMIT_FOR_BUREAU)
        require(step.measure.roadmap_version > 0, Conflict("roadmap.not_filed"))
        require(milestone.reached_on is None, Conflict("milestone.reached"))
        require(on <= step.today, Invalid("roadmap.reached_day", field="on"))
        milestone.reached_on, milestone.reached_by, milestone.note = on, step.person, note.strip()
        milestone.save(update_fields=["reached_on", "reached_by", "note"])
        step.note(milestone, payload={"title": milestone.title, "on": on.isoformat()})
    return milestone


def confirm_milestone(milestone: Milestone, *, by: User) -> Milestone:
    """The head of that bureau, or of the lead, who did not say it themselves (rule 1), confirms; from now on it counts."""
    with acting(AuditAction.MILESTONE_CONFIRM, milestone, by=by) as step:
        milestone = _fresh(step, milestone)
        _require_there(step, milestone, Permission.REVIEW_FOR_BUREAU)
        require(milestone.reached_on is not None, Conflict("milestone.not_reached"))
        require(not milestone.counts, Conflict("milestone.confirmed"))
        is_not_the_author(step.people, [milestone.reached_by_id or 0])
        milestone.confirmed_by, milestone.confirmed_at = step.person, step.at
        milestone.save(update_fields=["confirmed_by", "confirmed_at"])
        _count(step, milestone)
    return milestone


def return_milestone(milestone: Milestone, *, by: User, reason: str) -> Milestone:
    """Not reached after all: by a head as above before the confirmation, by a supervisor also after it, with a reason."""
    with acting(AuditAction.MILESTONE_RETURN, milestone, by=by) as step:
        milestone = _fresh(step, milestone)
        if milestone.counts:
            step.require(Permission.VERIFY_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        else:
            _require_there(step, milestone, Permission.REVIEW_FOR_BUREAU)
        require(milestone.reached_on is not None, Conflict("milestone.not_reached"))
        reason = required(reason, "reason")
        milestone.reached_on = milestone.reached_by = milestone.confirmed_by = milestone.confirmed_at = None
        milestone.save(update_fields=["reached_on", "reached_by", "confirmed_by", "confirmed_at"])
        _count(step, milestone, reason)
    return milestone


def _fresh(step: Step, milestone: Milestone) -> Milestone:
    """The milestone under the measure's lock; raises NotFound where the roadmap was filed anew meanwhile."""
    in_state(step.measure, *UNREPORTED)
    found = Milestone.objects.select_related("share").filter(pk=milestone.pk, measure=step.measure).first()
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = step.measure
    return found


def _require_there(step: Step, milestone: Milestone, permission: Permission) -> None:
    """The right in the bureau whose step it is, else in the lead's."""
    bureaus = [share.bureau_id for share in (milestone.share, _lead(step)) if share is not None]
    for bureau in bureaus[:-1]:
        try:
            step.require(permission, ScopeKind.BUREAU, bureau)
        except Forbidden:
            continue
        return
    step.require(permission, ScopeKind.BUREAU, bureaus[-1])


def _count(step: Step, milestone: Milestone, reason: str = "") -> None:
    """Keep the measure's progress, and write the line."""
    confirmed = step.measure.milestones.filter(confirmed_at__isnull=False)
    step.measure.progress = confirmed.aggregate(total=Sum("weight"))["total"] or 0
    step.measure_fields.add("progress")
    payload = {"title": milestone.title, "progress": step.measure.progress}
    step.note(milestone, reason=reason, payload=payload)
