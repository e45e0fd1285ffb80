"""The port through which an action tells the flows what happened. `flows` registers the other side."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from django.core.checks import CheckMessage, Error, register

from accounts.models import User
from accounts.roles import Role, ScopeKind
from workflow.models import Measure, Request, Share
from workflow.trail.actor import Actor


class Verb(StrEnum):
    """What happened to a measure, a share or a request, as far as it moves work on."""

    DISPATCH = "dispatch"
    ACCEPT = "accept"
    FORCE_ACCEPT = "force_accept"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    DRAFT = "draft"
    RETURN_DRAFT = "return_draft"
    REPORT = "report"
    VERIFY = "verify"
    REWORK = "rework"
    ENGAGE = "engage"
    SCORE = "score"
    WAIVE = "waive"
    RENEW = "renew"
    CLOSE = "close"
    REOPEN = "reopen"
    AMEND = "amend"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    TRANSFER_TO_ROUTINE = "transfer_to_routine"
    END_SHARE = "end_share"
    ADD_SHARE = "add_share"
    CHANGE_LEAD = "change_lead"
    HAND_OVER = "hand_over"
    RAISE = "raise"
    SIGN = "sign"
    DECLINE = "decline"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    GRANT = "grant"
    REJECT = "reject"
    GATHER = "gather"


class Router(Protocol):
    """The flows' side of the port."""

    def __call__(
        self, thing: Measure | Share | Request, verb: Verb, *, by: Actor, shares: Iterable[Share]
    ) -> None:
        """Close, open or start the work items that follow; raise a refusal when an item is another's."""


class Releaser(Protocol):
    """Puts a person's open work back on the desk of the post."""

    def __call__(self, person: User, scope: tuple[ScopeKind, int] | None, role: Role | None) -> list[int]:
        """Release what the person holds in the scope, or (None) everywhere; returns the items' ids."""


class Desk(Protocol):
    """Knows on whose desk the work lies."""

    def __call__(self, thing: Measure | Share, verb: Verb, *, by: Actor) -> None:
        """Raise a refusal unless `by` may work now on the open item of `thing` that answers to `verb`."""


_routers: list[Router] = []
_releasers: list[Releaser] = []
_desks: list[Desk] = []


def register_router(router: Router, releaser: Releaser, desk: Desk) -> None:
    """Make `router` the one that follows actions, `releaser` the one that frees a leaver's work, `desk` the one that
    says whose the work is.
    """
    _routers[:] = [router]
    _releasers[:] = [releaser]
    _desks[:] = [desk]


def check_desk(thing: Measure | Share, verb: Verb, *, by: Actor) -> None:
    """For what belongs to a step and does not end it: raise Conflict where the step is not open, is another's, or has
    to be claimed first.
    """
    _desks[0](thing, verb, by=by)


def release(person: User, scope: tuple[ScopeKind, int] | None = None, role: Role | None = None) -> list[int]:
    """Work belongs to the post: tell the flows that `person` leaves a scope, or (None) altogether; `role`: only that
    post in the scope.

    Returns the ids of the work items that were put back.
    """
    return _releasers[0](person, scope, role)


def follow(thing: Measure | Share | Request, verb: Verb, *, by: Actor, shares: Iterable[Share] = ()) -> None:
    """Tell the flows that `verb` happened to `thing`, in the transaction of the action.

    `shares` are the shares it opens anew (rework, renewal, reopening), starts (dispatch, joining), hands over or ends.
    """
    _routers[0](thing, verb, by=by, shares=shares)


@register()
def check_router(**_: object) -> list[CheckMessage]:
    """An action without anybody to follow it would leave work behind: refuse to start."""
    if _routers:
        return []
    return [Error("No router is registered: install the application `flows`.", id="workflow.E001")]
