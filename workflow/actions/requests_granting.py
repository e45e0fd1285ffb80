"""同意: a granted request does what it asks, in the same action (DOMAIN.md, Requests)."""

from accounts.models import Bureau
from workflow.actions.crew import settle_measure
from workflow.actions.ending import close_share
from workflow.actions.requests import SHARE_STATES, has_no_share
from workflow.actions.requests_settling import end_request, locked_request, may_decide
from workflow.actions.share_moves import move_share
from workflow.actions.shares import UNREPORTED
from workflow.actions.step import Step, acting, in_state, required
from workflow.models import Request, ShareCycle
from workflow.queries.requests import must_be_taken_over
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.rules.requests import ENDS_A_SHARE
from workflow.states import RequestKind, RequestState, ShareOutcome
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def grant_request(
    request: Request, *, by: Actor, opinion: str = "", bureau: Bureau | None = None, issuer_basis: str = ""
) -> Request:
    """Who decides grants it.

    `bureau`: who takes the share over, where a refusal is not simply granted, or a transfer goes elsewhere than asked.
    `issuer_basis`: the decision of the plan's issuer, for an extension past the plan's end.
    """
    with acting(AuditAction.REQUEST_GRANT, request, by=by) as step:
        request = locked_request(step, request)
        may_decide(step, request)
        in_state(step.measure, *UNREPORTED)
        request.opinion = opinion.strip()
        if request.kind == RequestKind.EXTENSION:
            _extend(step, request, issuer_basis)
        request.grant()
        end_request(step, request, RequestState.SIGNED, Verb.GRANT, step.action)
        if request.kind in ENDS_A_SHARE:
            _hand_on(step, request, bureau)
        settle_measure(step)
    return request


def _extend(step: Step, request: Request, issuer_basis: str) -> None:
    """Let the share be due on the date asked for; its first date is kept, and the lead's date follows its own share."""
    share, cycle = request.share, request.cycle
    require(cycle.is_current, Conflict("request.cycle_over"))
    in_state(share, *SHARE_STATES)
    wanted = request.wanted_by
    assert wanted is not None  # noqa: S101 - a constraint of the table
    if wanted > step.plan.period_end:
        request.issuer_basis = required(issuer_basis, "issuer_basis", "input.issuer_basis")
    part = ShareCycle.objects.get(share=share, cycle=cycle)
    require(wanted > part.due, Conflict("input.later", due=part.due.isoformat()))
    before = part.due
    part.first_due, part.due = part.first_due or part.due, wanted
    part.save(update_fields=["first_due", "due"])
    if share.is_lead and cycle.due < wanted:
        cycle.due = wanted
        cycle.save(update_fields=["due"])
    step.note(
        share,
        action=AuditAction.SHARE_EXTEND,
        reason=request.reason,
        payload={"before": before.isoformat(), "after": wanted.isoformat(), "late": request.is_late},
    )
    follow(step.measure, Verb.AMEND, by=step.by)


def _hand_on(step: Step, request: Request, bureau: Bureau | None) -> None:
    """The share goes to another bureau, or, after a refusal, is dropped where others remain to do the work."""
    share, reason = request.share, request.reason
    in_state(share, *SHARE_STATES)
    taker = bureau or (request.bureau if request.kind == RequestKind.TRANSFER else None)
    if taker is None:
        must = must_be_taken_over(share, step.measure)
        require(not must, Invalid("request.only_share", field="bureau"))
        close_share(step, share, ShareOutcome.DROPPED, reason)
        follow(step.measure, Verb.END_SHARE, by=step.by, shares=[share])
        return
    has_no_share(step, taker)
    move_share(step, share, taker, reason)
