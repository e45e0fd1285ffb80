"""RequestFlow: what a bureau asks, from its head's signature to the decision (DOMAIN.md, Requests)."""

from viewflow import this

from accounts.roles import Permission, Role, ScopeKind
from flows.deadlines import decide_request_by, sign_request_by
from flows.nodes import Begin, Finish, Gate, Work
from flows.route import Route
from workflow.actions.requests import decline_request, pass_request_on, reject_request, sign_request
from workflow.actions.requests_granting import grant_request
from workflow.models import Request
from workflow.routing import Verb
from workflow.states import RequestState


def stands_signed(request: Request) -> bool:
    """Whether the head signed it and nobody has decided it yet."""
    return bool(request.state == RequestState.SIGNED)


def lies_with_head(request: Request) -> bool:
    """Whether the lead's head decides it."""
    return request.decider == Role.HEAD


def lies_with_supervisor(request: Request) -> bool:
    """Whether a supervisor decides it."""
    return request.decider == Role.SUPERVISOR


class RequestFlow(Route):
    """Request of a bureau"""

    begin = Begin().Next(this.sign_request)

    # 负责人 of the bureau that asks
    sign_request = (
        Work(
            by=Role.HEAD,
            scope=ScopeKind.BUREAU,
            needs=Permission.SIGN_FOR_BUREAU,
            verbs={Verb.SIGN: sign_request, Verb.DECLINE: decline_request},
            due=sign_request_by,
        )
        .Next(this.is_signed)
        .Cut(Verb.WITHDRAW, to=this.ended)
    )

    is_signed = Gate(stands_signed).Then(this.is_for_lead).Else(this.ended)

    is_for_lead = Gate(lies_with_head).Then(this.decide_for_lead).Else(this.is_for_supervisor)

    is_for_supervisor = Gate(lies_with_supervisor).Then(this.decide_request).Else(this.decide_above)

    # 负责人 of the lead, on coordination
    decide_for_lead = (
        Work(
            by=Role.HEAD,
            scope=ScopeKind.BUREAU,
            needs=Permission.SIGN_FOR_BUREAU,
            verbs={Verb.GRANT: grant_request, Verb.REJECT: reject_request, Verb.PASS_ON: pass_request_on},
            due=decide_request_by,
        )
        .Next(this.is_signed)
        .Cut(Verb.WITHDRAW, to=this.ended)
    )

    # 督查员, within the limit
    decide_request = (
        Work(
            by=Role.SUPERVISOR,
            scope=ScopeKind.PLAN,
            needs=Permission.SUPERVISE_FOR_PLAN,
            verbs={Verb.GRANT: grant_request, Verb.REJECT: reject_request, Verb.PASS_ON: pass_request_on},
            due=decide_request_by,
        )
        .Next(this.is_signed)
        .Cut(Verb.WITHDRAW, to=this.ended)
    )

    # 分管领导
    decide_above = (
        Work(
            by=Role.APPROVER,
            scope=ScopeKind.PLAN,
            needs=Permission.APPROVE_FOR_PLAN,
            verbs={Verb.GRANT: grant_request, Verb.REJECT: reject_request},
            due=decide_request_by,
        )
        .Next(this.is_signed)
        .Cut(Verb.WITHDRAW, to=this.ended)
    )

    ended = Finish()
