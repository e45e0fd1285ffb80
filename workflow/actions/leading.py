"""牵头: another open share of a measure leads from now on (DOMAIN.md, Share: exactly one share leads)."""

from accounts.models import Bureau
from accounts.roles import Permission, ScopeKind
from workflow.actions.crew import lapse, open_share_of, shares_may_change
from workflow.actions.drafts import discard_draft
from workflow.actions.step import Step, acting, required
from workflow.models import Measure, Share
from workflow.queries.seats import bench_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, require
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def change_lead(share: Share, *, by: Actor, reason: str) -> Measure:
    """A supervisor makes an open supporting share the lead; the lead until now supports.

    The consolidation under way lapses, and what the lead's people had on their desks lies with the new lead's.
    Every share keeps its state, its dates and what it has reported.
    """
    with acting(AuditAction.MEASURE_CHANGE_LEAD, share, by=by) as step:
        step.require(Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        shares_may_change(step)
        bench = bench_of(step.measure.pk, step.person, step.today)
        share = open_share_of(step, bench, share.pk)
        require(not share.is_lead, Conflict("share.leads_already"))
        reason = required(reason, "reason")
        lapse(step, bench.cycle, reason)
        hand_lead(step, share, reason)
        follow(step.measure, Verb.CHANGE_LEAD, by=by)
    return step.measure


def hand_lead(step: Step, share: Share, reason: str) -> None:
    """Let `share` lead instead of the one that does; what was typed into the consolidation was the other's."""
    led = Share.objects.filter(measure=step.measure, is_lead=True)
    before = led.values_list("bureau__name", flat=True).get()
    led.update(is_lead=False)
    Share.objects.filter(pk=share.pk).update(is_lead=True)
    share.is_lead = True
    discard_draft("measure.draft", step.measure.pk)
    names = {"from": before, "to": Bureau.objects.get(pk=share.bureau_id).name}
    step.note(step.measure, action=AuditAction.MEASURE_CHANGE_LEAD, reason=reason, payload=names)
