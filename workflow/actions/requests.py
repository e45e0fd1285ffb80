"""请示事项: raise, sign, withdraw, pass on and reject (DOMAIN.md, Requests; RULES.md, Requests)."""

from datetime import date
from typing import Any

from accounts.models import Bureau
from accounts.roles import Permission, Role, ScopeKind
from accounts.writes import insert
from workflow.actions.requests_settling import conclude, locked_request, may_decide
from workflow.actions.shares import UNREPORTED, sit
from workflow.actions.step import Step, acting, in_state, required
from workflow.clock.extension import is_late_for, latest_extension
from workflow.models import Request, Share
from workflow.queries.requests import (
    extensions_granted,
    is_pending,
    lead_bureau,
    refusal_limit,
    was_refused,
)
from workflow.queries.rules import calendar
from workflow.queries.seats import Seat, seat_of
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.rules.requests import (
    ABOVE,
    decider_of_coordination,
    decider_of_extension,
)
from workflow.states import RequestKind, RequestState, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

SHARE_STATES = (ShareState.ASSIGNED, ShareState.IN_PROGRESS)
"""Where a share stands while its bureau may still ask for something."""


def raise_extension(share: Share, *, by: Actor, wanted_by: date, reason: str) -> Request:
    """延期: a handler asks for a later due date, at most twice and up to half of the original time.

    One asked fewer than five working days ahead is late: it may be granted, but is scored on the first date.
    """
    with acting(AuditAction.REQUEST_RAISE, share, by=by) as step:
        seat = _asking_seat(step, share, RequestKind.EXTENSION)
        reason = required(reason, "reason")
        due, numbers = seat.share_cycle.due, step.rules.numbers
        granted = extensions_granted(seat.share)
        limit = numbers.extension_count
        require(granted < limit, Conflict("request.extensions_used", limit=limit))
        _is_within(step, seat, wanted_by)
        decider = decider_of_extension(
            calendar().working_days_between(due, wanted_by),
            granted=granted,
            is_past_plan=wanted_by > step.plan.period_end,
            numbers=numbers,
        )
        is_late = is_late_for(due, step.today, calendar(), numbers)
        return _raise(
            step,
            seat,
            RequestKind.EXTENSION,
            decider,
            reason=reason,
            wanted_by=wanted_by,
            due_before=due,
            is_late=is_late,
        )


def _is_within(step: Step, seat: Seat, wanted_by: date) -> None:
    part = seat.share_cycle
    require(wanted_by > part.due, Invalid("input.later", field="wanted_by", due=part.due.isoformat()))
    require(wanted_by > step.today, Invalid("input.date_ahead", field="wanted_by"))
    last = latest_extension(part.first_due or part.due, part.working_days, calendar(), step.rules.numbers)
    too_long = Invalid("request.extension_long", field="wanted_by", limit=last.isoformat())
    require(wanted_by <= last, too_long)


def raise_refusal(share: Share, *, by: Actor, reason: str, legal_basis: str, bureau: Bureau) -> Request:
    """退办: once per share, within two working days of its dispatch, with the legal basis and a suggested bureau."""
    with acting(AuditAction.REQUEST_RAISE, share, by=by) as step:
        seat = _asking_seat(step, share, RequestKind.REFUSAL)
        require(not was_refused(seat.share), Conflict("request.refused_before"))
        limit = refusal_limit(seat.share, step.today)
        require(step.today <= limit, Conflict("request.refusal_limit", limit=limit.isoformat()))
        reason = required(reason, "reason")
        legal_basis = required(legal_basis, "legal_basis", "input.legal_basis")
        has_no_share(step, bureau)
        return _raise(
            step,
            seat,
            RequestKind.REFUSAL,
            Role.SUPERVISOR,
            reason=reason,
            legal_basis=legal_basis,
            bureau=bureau,
        )


def raise_transfer(share: Share, *, by: Actor, reason: str, bureau: Bureau) -> Request:
    """转办: the share is asked to go to another bureau that has none in this measure."""
    with acting(AuditAction.REQUEST_RAISE, share, by=by) as step:
        seat = _asking_seat(step, share, RequestKind.TRANSFER)
        reason = required(reason, "reason")
        has_no_share(step, bureau)
        return _raise(step, seat, RequestKind.TRANSFER, Role.SUPERVISOR, reason=reason, bureau=bureau)


def raise_coordination(share: Share, *, by: Actor, reason: str, bureau: Bureau, wanted_by: date) -> Request:
    """协调: names the bureau that blocks the work, what is asked of it (`reason`), and by when."""
    with acting(AuditAction.REQUEST_RAISE, share, by=by) as step:
        seat = _asking_seat(step, share, RequestKind.COORDINATION)
        reason = required(reason, "reason")
        is_another = bureau.pk != seat.share.bureau_id
        require(is_another, Invalid("input.blocking_bureau", field="bureau"))
        require(wanted_by > step.today, Invalid("input.date_ahead", field="wanted_by"))
        decider = decider_of_coordination(
            is_of_lead=seat.share.is_lead, is_blocked_by_lead=bureau.pk == lead_bureau(step.measure)
        )
        return _raise(
            step,
            seat,
            RequestKind.COORDINATION,
            decider,
            reason=reason,
            bureau=bureau,
            wanted_by=wanted_by,
        )


def has_no_share(step: Step, bureau: Bureau) -> None:
    """Raise Invalid where the bureau has, or had, a share of the measure, or stands no longer."""
    has_one = Share.objects.filter(measure=step.measure, bureau=bureau).exists()
    stands = bureau.active and bureau.succeeded_by_id is None
    require(stands and not has_one, Invalid("input.request_bureau", field="bureau"))


def _asking_seat(step: Step, share: Share, kind: RequestKind) -> Seat:
    """The share for a handler of its bureau, while its work is open and nothing of the kind is pending."""
    seat = seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
    sit(step, seat)
    in_state(step.measure, *UNREPORTED)
    in_state(seat.share, *SHARE_STATES)
    require(not is_pending(seat.share, kind), Conflict("request.pending"))
    return seat


def _raise(step: Step, seat: Seat, kind: RequestKind, decider: Role, **particulars: Any) -> Request:
    request = Request(
        measure=step.measure,
        share=seat.share,
        cycle=seat.cycle,
        kind=kind,
        decider=decider,
        raised_by=step.person,
        raised_at=step.at,
        **particulars,
    )
    insert(request)
    step.measure.requests_open += 1
    step.measure_fields.add("requests_open")
    step.note(
        request,
        ("", RequestState.RAISED),
        reason=request.reason,
        payload={"share": request.share_id, "kind": str(kind), "late": request.is_late},
    )
    follow(request, Verb.RAISE, by=step.by)
    return request


def sign_request(request: Request, *, by: Actor) -> Request:
    """The head of the bureau signs what one of its handlers asks; it goes to who decides."""
    with acting(AuditAction.REQUEST_SIGN, request, by=by) as step:
        request = locked_request(step, request)
        in_state(request, RequestState.RAISED)
        step.require(Permission.SIGN_FOR_BUREAU, ScopeKind.BUREAU, request.share.bureau_id)
        request.sign()
        request.signed_by, request.signed_at = step.person, step.at
        request.signed_for_id = step.principal
        request.save(update_fields=["state", "signed_by", "signed_for", "signed_at"])
        step.note(request, (RequestState.RAISED, RequestState.SIGNED), payload={"share": request.share_id})
        follow(request, Verb.SIGN, by=by)
    return request


def decline_request(request: Request, *, by: Actor, reason: str) -> Request:
    """The head does not sign: the request is withdrawn, with the reason."""
    with acting(AuditAction.REQUEST_DECLINE, request, by=by) as step:
        request = locked_request(step, request)
        in_state(request, RequestState.RAISED)
        step.require(Permission.SIGN_FOR_BUREAU, ScopeKind.BUREAU, request.share.bureau_id)
        request.opinion = required(reason, "reason")
        request.withdraw()
        conclude(step, request, RequestState.RAISED, Verb.DECLINE)
    return request


def withdraw_request(request: Request, *, by: Actor) -> Request:
    """Who raised it takes it back until it is decided."""
    with acting(AuditAction.REQUEST_WITHDRAW, request, by=by) as step:
        request = locked_request(step, request)
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, request.share.bureau_id)
        require(request.raised_by_id == step.person.pk, Forbidden("request.not_raiser"))
        before = request.state
        request.withdraw()
        conclude(step, request, before, Verb.WITHDRAW)
    return request


def pass_request_on(request: Request, *, by: Actor, reason: str) -> Request:
    """Who cannot decide it passes it on: the lead's head to the supervisor, the supervisor to the approver."""
    with acting(AuditAction.REQUEST_PASS_ON, request, by=by) as step:
        request = locked_request(step, request)
        may_decide(step, request)
        require(Role(request.decider) in ABOVE, Conflict("request.top"))
        reason = required(reason, "reason")
        request.decider = ABOVE[Role(request.decider)]
        request.save(update_fields=["decider"])
        step.note(request, reason=reason, payload={"share": request.share_id, "to": str(request.decider)})
        follow(request, Verb.PASS_ON, by=by)
    return request


def reject_request(request: Request, *, by: Actor, reason: str) -> Request:
    """Who decides rejects it, with a reason; the work goes on as before."""
    with acting(AuditAction.REQUEST_REJECT, request, by=by) as step:
        request = locked_request(step, request)
        may_decide(step, request)
        request.opinion = required(reason, "reason")
        request.reject()
        conclude(step, request, RequestState.SIGNED, Verb.REJECT)
    return request
