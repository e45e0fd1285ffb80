"""The page of one request, its withdrawal, and what a measure's page says of requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import Standing
from accounts.roles import Permission
from workflow.actions.requests import withdraw_request
from workflow.models import Measure, Request
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.decisions.withdraw import ConfirmForm
from workflow.pages.page import Page, standing_of
from workflow.queries.cases import cycle_of
from workflow.queries.measure_detail import Detail
from workflow.queries.requests import request_of, requests_of
from workflow.queries.visibility import measure_visible_to, reading_scope
from workflow.rules.refusal import Conflict, Forbidden, NotFound, require


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request on its measure's page; `is_readable`: whether the reader may open it."""

    row: Request
    is_readable: bool


def requests_panel(measure: Measure, detail: Detail) -> list[RequestSeen]:
    """The measure's requests, the newest first; what they say is read like the bureau's reports. One statement."""
    return [
        RequestSeen(row, detail.reads_all or row.share.bureau_id in detail.own)
        for row in requests_of(measure)
    ]


def readable_request(person: User, held: Standing, code: str, request_id: int) -> Request:
    """The request, as readable as the reports of the bureau that asks; raises NotFound."""
    measure = measure_visible_to(person, code, held)
    found = request_of(measure, request_id)
    scope = reading_scope(person, measure, held)
    require(scope.reads_all or found.share.bureau_id in scope.bureaus, NotFound("thing.unknown"))
    return found


class RequestDetail(Page):
    """What is asked, by whom, and what was decided."""

    tab = "ledger:measures"

    def get(self, request: HttpRequest, code: str, asked: int) -> HttpResponse:
        """The page; 404 for who may not read what the bureau writes."""
        held = standing_of(request)
        found = readable_request(self.person, held, code, asked)
        case = Case.of(self.person, held, found.measure, None).about_request(found)
        context = {
            "raised": found,
            "measure": found.measure,
            "may_withdraw": WithdrawRequest.is_offered(case),
        }
        return self.show("workflow/requests/request.html", context)


class WithdrawRequest(MeasureDecision):
    """Take one's own request back."""

    name = "withdraw-request"
    label = _("Withdraw the request")
    effect = _("Nobody decides the request any more; the work goes on with the dates that hold.")
    form_class = ConfirmForm

    def case(self, code: str, asked: int = 0, **which: int) -> Case:  # type: ignore[override]
        """The request that the address names; raises NotFound where the person may not read it."""
        held = standing_of(self.request)
        found = readable_request(self.person, held, code, asked)
        return Case.of(self.person, held, found.measure, cycle_of(found.measure)).about_request(found)

    @classmethod
    def check(cls, case: Case) -> None:
        """Who raised it, as a handler of the bureau, until it is decided."""
        asked = case.its_request
        right = case.holds_for_bureau(Permission.SUBMIT_FOR_BUREAU, asked.share.bureau_id)
        require(right, Forbidden("right.missing"))
        require(asked.raised_by_id == case.person.pk, Forbidden("request.not_raiser"))
        wrong = Conflict("state.wrong", state=str(asked.get_state_display()))
        require(asked.is_pending, wrong)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Withdraw it."""
        withdraw_request(case.its_request, by=case.person)
