"""A share ends before its measure by a supervisor's decision: waived 豁免 or dropped 取消 (DOMAIN.md, Share, end)."""

from accounts.roles import Permission, ScopeKind
from workflow.actions.crew import lapse, open_share_of, settle_measure, shares_may_change, uncount
from workflow.actions.leading import hand_lead
from workflow.actions.requests_settling import lapse_requests
from workflow.actions.step import Step, acting, required
from workflow.actions.work_in_hand import release_work
from workflow.models import Share
from workflow.queries.seats import Bench, bench_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.rules.separation import may_end_share
from workflow.states import ShareOutcome, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

BY_DECISION = (ShareOutcome.WAIVED, ShareOutcome.DROPPED)
"""How a supervisor may let a share end."""


def end_share(share: Share, *, by: Actor, outcome: str, reason: str, lead: int | None = None) -> Share:
    """Waive or drop an open share, by a supervisor without a part in the measure (rule 2); returns it.

    `lead`: the open share (id) that leads from now on, where the lead's own ends. The last open share never ends alone:
    the measure is cancelled instead.
    """
    with acting(AuditAction.SHARE_END, share, by=by) as step:
        step.require(Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        bench = bench_of(step.measure.pk, step.person, step.today)
        may_end_share(step.person.pk, bench.is_own_bureau, bench.touched_by)
        shares_may_change(step)
        share = open_share_of(step, bench, share.pk)
        require(step.measure.shares_open > 1, Conflict("share.last_open"))
        require(outcome in BY_DECISION, Invalid("input.outcome", field="outcome"))
        reason = required(reason, "reason")
        lapse(step, bench.cycle, reason)
        if share.is_lead or lead is not None:
            hand_lead(step, _next_lead(step, bench, share, lead), reason)
        close_share(step, share, ShareOutcome(outcome), reason)
        follow(step.measure, Verb.END_SHARE, by=by, shares=[share])
        settle_measure(step)
    return share


def _next_lead(step: Step, bench: Bench, ending: Share, lead: int | None) -> Share:
    """The open share that leads when the lead's own ends; raises Invalid for any other."""
    others = [share.pk for share in bench.shares if share.is_open and share.pk != ending.pk]
    if not ending.is_lead or lead not in others:
        raise Invalid("input.next_lead", field="lead")
    return open_share_of(step, bench, lead)


def close_share(step: Step, share: Share, outcome: ShareOutcome, reason: str) -> None:
    """The move of one open share to its end before its measure's, its line, and the measure's counts.

    What its bureau asked for lapses with it.
    """
    before = share.state
    uncount(step, share)
    share.end()
    share.outcome, share.outcome_reason, share.is_lead = outcome, reason, False
    Share.objects.filter(pk=share.pk).update(
        state=ShareState.CLOSED, outcome=outcome, outcome_reason=reason, is_lead=False
    )
    step.note(
        share,
        (before, ShareState.CLOSED),
        action=AuditAction.SHARE_END,
        reason=reason,
        payload={"outcome": str(outcome)},
    )
    release_work(share)
    lapse_requests(step, share=share)
