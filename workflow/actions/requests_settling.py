"""What every decision on a request shares: reading it under the lock, who may decide, and what its end sets free."""

from accounts.roles import Permission, Role, ScopeKind
from workflow.actions.crew import settle_measure
from workflow.actions.step import Step, in_state
from workflow.models import Request, Share
from workflow.models.request import PENDING
from workflow.queries.requests import check_decider, scope_of_decider
from workflow.routing import Verb, follow
from workflow.states import RequestKind, RequestState
from workflow.trail.actions import AuditAction

RIGHT = {
    Role.HEAD: (Permission.SIGN_FOR_BUREAU, ScopeKind.BUREAU),
    Role.SUPERVISOR: (Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN),
    Role.APPROVER: (Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN),
}
"""The right that each decider needs, and where."""


def locked_request(step: Step, request: Request) -> Request:
    """The request as it stands under the measure's lock, bound to the measure."""
    found = Request.objects.select_related("share__bureau", "bureau", "cycle").get(pk=request.pk)
    found.measure = found.share.measure = step.measure
    return found


def may_decide(step: Step, request: Request) -> None:
    """Raise unless it is signed and this person's to decide: by role, by rule 5, and by rule 2 where a share may end."""
    in_state(request, RequestState.SIGNED)
    permission, kind = RIGHT[Role(request.decider)]
    step.require(permission, kind, scope_of_decider(request))
    check_decider(request, step.person, step.people, step.today)


def conclude(step: Step, request: Request, before: str, verb: Verb) -> None:
    """Store the end of a request that its transition has moved, take it off the desk, and let wait what waited for it."""
    end_request(step, request, before, verb, step.action)
    settle_measure(step)


def end_request(step: Step, request: Request, before: str, verb: Verb, action: AuditAction) -> None:
    """Store the end of a request that its transition has moved, with its line, and take it off the desk."""
    request.decided_by, request.decided_at = step.person, step.at
    request.save(update_fields=["state", "decided_by", "decided_at", "opinion", "issuer_basis"])
    step.measure.requests_open -= 1
    step.measure_fields.add("requests_open")
    step.note(
        request,
        (before, request.state),
        action=action,
        reason=request.opinion,
        basis=request.issuer_basis,
        payload={"share": request.share_id, "kind": str(request.kind)},
    )
    follow(request, verb, by=step.by)


def lapse_requests(step: Step, *, share: Share | None = None, kind: RequestKind | None = None) -> None:
    """Withdraw the pending requests of a share that ended, or of a kind whose cycle is over."""
    found = Request.objects.filter(measure=step.measure, state__in=PENDING).select_related("share")
    if share is not None:
        found = found.filter(share=share)
    if kind is not None:
        found = found.filter(kind=kind)
    for request in found.order_by("pk"):
        request.measure = request.share.measure = step.measure
        before = request.state
        request.withdraw()
        end_request(step, request, before, Verb.WITHDRAW, AuditAction.REQUEST_LAPSE)
