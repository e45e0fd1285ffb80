"""批示: an approver instructs on a measure, and each of its bureaus replies (DOMAIN.md, Roles, approver)."""

from datetime import date

from accounts.rights import grant_for
from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Instruction, InstructionReply, Measure, Share
from workflow.rules.refusal import Conflict, Invalid, NotFound, require
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

LONGEST = 4000
"""Characters of an instruction and of a reply."""
RUNNING = (MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED, MeasureState.VERIFIED)


def instruct(measure: Measure, *, by: Actor, text: str, reply_by: date | None) -> Instruction:
    """批示 by an approver of the plan: every bureau with an open share owes a reply by `reply_by`.

    Raises Conflict for a measure that is not under way, Forbidden for other roles, Invalid for a missing text or a day
    that has passed. No state moves.
    """
    with acting(AuditAction.MEASURE_INSTRUCT, measure, by=by) as step:
        in_state(step.measure, *RUNNING)
        step.require(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        text = required(text, "text", "input.instruction", LONGEST)
        if reply_by is None or reply_by < step.today:
            raise Invalid("input.reply_by", field="reply_by")
        given = Instruction(
            measure=step.measure, text=text, reply_by=reply_by, given_by=step.person, given_at=step.at
        )
        shares = list(Share.objects.filter(measure=step.measure).exclude(state=ShareState.CLOSED))
        insert(given)
        insert(*(InstructionReply(instruction=given, share=share) for share in shares))
        payload = {"reply_by": reply_by.isoformat(), "shares": len(shares)}
        step.note(step.measure, reason=text, payload=payload)
    return given


def reply_to_instruction(reply: InstructionReply, *, by: Actor, text: str) -> InstructionReply:
    """The bureau's answer, once, by a handler or a head; after the day named it is taken all the same.

    Raises Forbidden for whoever has no role in the bureau, Conflict for a second answer, Invalid without a text.
    """
    with acting(AuditAction.SHARE_REPLY, reply.share, by=by) as step:
        reply = _reread(step, reply)
        _may_reply(step, reply.share.bureau_id)
        require(reply.replied_at is None, Conflict("instruction.replied"))
        reply.text = required(text, "text", "input.reply", LONGEST)
        reply.replied_by, reply.replied_at = step.person, step.at
        step.store(reply, "text", "replied_by", "replied_at")
        step.note(reply.share, reason=reply.text, payload={"instruction": reply.instruction_id})
    return reply


def _reread(step: Step, reply: InstructionReply) -> InstructionReply:
    """The reply as it stands under the measure's lock."""
    rows = InstructionReply.objects.select_related("share", "instruction")
    fresh = rows.filter(pk=reply.pk, instruction__measure=step.measure).first()
    if fresh is None:
        raise NotFound("thing.unknown")
    return fresh


def _may_reply(step: Step, bureau: int) -> None:
    """Either post of the bureau answers for it."""
    for right in (Permission.SUBMIT_FOR_BUREAU, Permission.REVIEW_FOR_BUREAU):
        grant = grant_for(step.person, right, ScopeKind.BUREAU, bureau, step.today)
        if grant is not None:
            step.grant = grant
            return
    raise step.lacks_the_right()
