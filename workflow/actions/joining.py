"""A bureau joins a measure under way: it gets a share, and every other share stays as it is (DOMAIN.md, Requests)."""

from datetime import date

from accounts.models import Bureau, BureauKind
from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.crew import lapse, shares_may_change
from workflow.actions.step import Step, acting, required
from workflow.models import Cycle, Measure, ResponsibleUnit, Share, ShareCycle
from workflow.queries.rules import calendar
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def add_bureau_to(measure: Measure, *, by: Actor, bureau: Bureau, reason: str, duty: str = "") -> Share:
    """A supervisor gives a supporting bureau a share of a measure that is assigned or in progress; returns the share.

    It is dispatched today, under the measure's own order; raises Invalid for a bureau that does not stand, and Conflict
    for one that has, or had, a share in the measure.
    """
    with acting(AuditAction.SHARE_ADD, measure, by=by) as step:
        step.require(Permission.DISPATCH_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        shares_may_change(step)
        reason = required(reason, "reason")
        (share,) = join(step, [bureau], reason, duty=duty.strip())
    return share


def join(
    step: Step, bureaus: list[Bureau], reason: str, *, duty: str = "", unit: ResponsibleUnit | None = None
) -> list[Share]:
    """One new supporting share for each bureau, with its part of the current cycle, its run and its line."""
    measure = step.measure
    for bureau in bureaus:
        stands = bureau.active and bureau.succeeded_by_id is None and bureau.kind != BureauKind.AGENCY
        require(stands, Invalid("input.bureau", field="bureau"))
    held = measure.shares.filter(bureau__in=bureaus).values_list("bureau__name", flat=True)
    for name in held:
        raise Conflict("share.bureau_has_one", bureau=name)
    shares = [
        Share(
            measure=measure,
            plan=step.plan,
            bureau=bureau,
            unit=unit,
            duty=duty,
            dispatched_on=step.today,
        )
        for bureau in bureaus
    ]
    insert(*shares)
    _enter_cycle(step, shares, reason)
    measure.shares_total += len(shares)
    measure.shares_open += len(shares)
    measure.shares_unaccepted += len(shares)
    for share in shares:
        _note(step, share, reason)
    follow(measure, Verb.ADD_SHARE, by=step.by, shares=shares)
    return shares


def _enter_cycle(step: Step, shares: list[Share], reason: str) -> None:
    cycle = step.measure.current_cycle
    due = _due(step, cycle)
    working_days = calendar().working_days_in(step.today, due)
    lapse(step, cycle, reason)
    insert(*(ShareCycle(share=share, cycle=cycle, due=due, working_days=working_days) for share in shares))


def _due(step: Step, cycle: Cycle) -> date:
    """The shares' date of the cycle, else the lead's; where both are over, the time for acceptance from today."""
    ahead = (day for day in (cycle.share_due, cycle.due) if day >= step.today)
    later = calendar().add_working_days(step.today, step.rules.numbers.accept_within)
    return next(ahead, later)


def _note(step: Step, share: Share, reason: str) -> None:
    order = step.measure.dispatch_order
    payload = {"order": order.number if order is not None else "", "bureau": share.bureau.name}
    step.note(share, ("", ShareState.ASSIGNED), action=AuditAction.SHARE_ADD, reason=reason, payload=payload)
