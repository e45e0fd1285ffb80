"""What limits a request and who decides it (RULES.md, Requests); plain values, no database."""

from accounts.roles import Role
from workflow.rules.numbers import Numbers
from workflow.states import RequestKind

ABOVE = {Role.HEAD: Role.SUPERVISOR, Role.SUPERVISOR: Role.APPROVER}
"""To whom each decider passes a request on."""

ENDS_A_SHARE = (RequestKind.REFUSAL, RequestKind.TRANSFER)
"""The kinds that end the share when they are granted."""


def decider_of_extension(asked: int, *, granted: int, is_past_plan: bool, numbers: Numbers) -> Role:
    """The supervisor for a first one of at most 15 working days; the approver for a longer or a second one, and for
    one past the plan's end, which rests on the issuer's decision.
    """
    is_short = asked <= numbers.extension_by_supervisor and granted == 0
    return Role.SUPERVISOR if is_short and not is_past_plan else Role.APPROVER


def decider_of_coordination(*, is_of_lead: bool, is_blocked_by_lead: bool) -> Role:
    """The lead's head first, unless the lead asks itself or is what blocks the work."""
    return Role.SUPERVISOR if is_of_lead or is_blocked_by_lead else Role.HEAD


def days_to_decide(kind: str, decider: str, numbers: Numbers) -> int:
    """How many working days the decider has."""
    if kind != RequestKind.COORDINATION:
        return numbers.request_decide_within
    return {
        Role.HEAD: numbers.coordination_lead_within,
        Role.SUPERVISOR: numbers.coordination_supervisor_within,
        Role.APPROVER: numbers.coordination_approver_within,
    }[Role(decider)]
