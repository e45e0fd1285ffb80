"""异议: a bureau's head challenges a conclusion in time; another than its author decides (DOMAIN.md, rule 5).

Neither moves anything on the measure: who upholds an objection says in words what is to be done, and by whom it is
done it is an action of its own. A suspension therefore stops neither.
"""

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.step import Step, acting, required
from workflow.models import Objection, Share
from workflow.models.objection import ObjectionDecision
from workflow.queries.objections import Conclusion, conclusions_of
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.rules.separation import may_decide_objection
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def raise_objection(share: Share, *, by: Actor, conclusion: str, grounds: str) -> Objection:
    """A head of the share's bureau objects to a conclusion on its measure (`Conclusion.key`), once and in time."""
    with acting(AuditAction.OBJECTION_RAISE, share, by=by) as step:
        step.require(Permission.SIGN_FOR_BUREAU, ScopeKind.BUREAU, share.bureau_id)
        found = _conclusion(step, conclusion)
        grounds = required(grounds, "grounds", "input.grounds")
        require(step.today <= found.limit, Conflict("objection.late", limit=found.limit.isoformat()))
        raised = Objection.objects.filter(share=share, **{found.field: found.thing.pk})
        require(not raised.exists(), Conflict("objection.again"))
        objection = Objection(
            measure=step.measure,
            share=share,
            author_id=found.author,
            grounds=grounds,
            raised_by=step.person,
            raised_for_id=step.principal,
            raised_at=step.at,
            **{f"{found.field}_id": found.thing.pk},
        )
        insert(objection)
        step.note(share, reason=grounds, payload={"objection": objection.pk, "conclusion": found.key})
    return objection


def _conclusion(step: Step, key: str) -> Conclusion:
    found = {one.key: one for one in conclusions_of(step.measure, step.today)}
    require(key in found, Invalid("input.conclusion", field="conclusion"))
    return found[key]


def uphold_objection(objection: Objection, *, by: Actor, reason: str, remedy: str) -> Objection:
    """The conclusion does not hold; `remedy` says what is to be done about it."""
    with acting(AuditAction.OBJECTION_UPHOLD, objection, by=by) as step:
        row = _to_decide(step, objection)
        reason, remedy = required(reason, "reason"), required(remedy, "remedy", "input.remedy")
        _decide(step, row, ObjectionDecision.UPHELD, reason, remedy)
    return row


def reject_objection(objection: Objection, *, by: Actor, reason: str) -> Objection:
    """The conclusion holds."""
    with acting(AuditAction.OBJECTION_REJECT, objection, by=by) as step:
        row = _to_decide(step, objection)
        _decide(step, row, ObjectionDecision.REJECTED, required(reason, "reason"))
    return row


def _to_decide(step: Step, objection: Objection) -> Objection:
    """The objection under the measure's lock; refuses whom rule 5 excludes, and what is decided already."""
    try:
        step.require(Permission.VERIFY_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
    except Forbidden:
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
    row = Objection.objects.select_related("share").get(pk=objection.pk)
    may_decide_objection(step.person.pk, author=row.author_id, raised_by=row.raisers)
    require(row.is_pending, Conflict("objection.decided"))
    return row


def _decide(step: Step, row: Objection, decision: ObjectionDecision, reason: str, remedy: str = "") -> None:
    row.decision, row.decision_reason, row.remedy = decision, reason, remedy
    row.decided_by, row.decided_at = step.person, step.at
    row.save(update_fields=["decision", "decision_reason", "remedy", "decided_by", "decided_at"])
    told = f"{reason}\n{remedy}" if remedy else reason
    step.note(row.share, reason=told, payload={"objection": row.pk, "remedy": remedy})
