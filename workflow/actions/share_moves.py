"""A share goes to another bureau; every other share stays as it is (DOMAIN.md, Requests, transfer)."""

from accounts.models import Bureau
from accounts.writes import insert
from workflow.actions.ending import close_share
from workflow.actions.step import Step
from workflow.actions.work_in_hand import work_in_hand
from workflow.models import Share, ShareCycle
from workflow.routing import Verb, follow
from workflow.states import ShareOutcome, ShareState
from workflow.trail.actions import AuditAction


def move_share(step: Step, share: Share, to: Bureau, reason: str) -> Share:
    """End the open share as transferred; a new one of the receiving bureau starts assigned, with the dates of the old.

    Where the share led, the new one leads.
    """
    part, leads = share.share_cycles.get(cycle__is_current=True), share.is_lead
    give = work_in_hand(share)
    close_share(step, share, ShareOutcome.TRANSFERRED, reason)
    taken = Share(
        measure=step.measure,
        plan_id=share.plan_id,
        bureau=to,
        unit_id=share.unit_id,
        is_lead=leads,
        is_critical=share.is_critical,
        duty=share.duty,
        dispatched_on=step.today,
    )
    insert(taken)
    insert(ShareCycle(share=taken, cycle_id=part.cycle_id, due=part.due, working_days=part.working_days))
    give(taken)
    step.measure.shares_total += 1
    step.measure.shares_open += 1
    step.measure.shares_unaccepted += 1
    step.note(
        taken,
        ("", ShareState.ASSIGNED),
        action=AuditAction.SHARE_ASSIGN,
        reason=reason,
        payload={"from": share.pk, "leads": leads},
    )
    follow(step.measure, Verb.END_SHARE, by=step.by, shares=[share])
    follow(step.measure, Verb.ADD_SHARE, by=step.by, shares=[taken])
    return taken
