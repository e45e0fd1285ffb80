"""Requests raised, signed and decided by the people of a cast."""

from datetime import date
from typing import Any

from accounts.roles import Role
from tests.factories.cast import Cast
from workflow.actions.requests import (
    raise_coordination,
    raise_extension,
    raise_refusal,
    raise_transfer,
    sign_request,
)
from workflow.actions.requests_granting import grant_request
from workflow.models import Request, Share
from workflow.states import RequestKind

RAISING = {
    RequestKind.EXTENSION: raise_extension,
    RequestKind.REFUSAL: raise_refusal,
    RequestKind.TRANSFER: raise_transfer,
    RequestKind.COORDINATION: raise_coordination,
}


class Asking:
    """Carries requests on with the right people."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def raise_(self, share: Share, kind: RequestKind = RequestKind.EXTENSION, **particulars: Any) -> Request:
        """The bureau's handler asks."""
        given: dict[str, Any] = {"reason": "资料未到"}
        if kind in {RequestKind.EXTENSION, RequestKind.COORDINATION}:
            given["wanted_by"] = date(2026, 12, 10)
        if kind != RequestKind.EXTENSION:
            given["bureau"] = self.cast.bureau("水务局")
        if kind == RequestKind.REFUSAL:
            given["legal_basis"] = "三定规定"
        return RAISING[kind](share, by=self.cast.handler(share.bureau), **{**given, **particulars})  # type: ignore[operator]

    def signed(self, share: Share, kind: RequestKind = RequestKind.EXTENSION, **particulars: Any) -> Request:
        """The head signs what the handler asks."""
        request = self.raise_(share, kind, **particulars)
        return sign_request(request, by=self.cast.head(share.bureau))

    def granted(self, share: Share, kind: RequestKind = RequestKind.EXTENSION, **particulars: Any) -> Request:
        """Whoever it lies with grants it."""
        request = self.signed(share, kind, **particulars)
        return self.grant(request)

    def grant(self, request: Request, **particulars: Any) -> Request:
        """Whoever it lies with grants it."""
        plan = request.measure.plan
        person = {
            Role.HEAD: lambda: self.cast.head(request.measure.shares.get(is_lead=True).bureau),
            Role.SUPERVISOR: lambda: self.cast.supervisor(plan),
            Role.APPROVER: lambda: self.cast.approver(plan),
        }[Role(request.decider)]()
        return grant_request(request, by=person, **particulars)
