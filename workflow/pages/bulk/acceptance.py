"""强制签收 of several shares of a plan that their bureaus have left lying."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission, ScopeKind
from workflow.actions.shares import force_accept
from workflow.clock.now import today
from workflow.models import Plan, Share
from workflow.pages.bulk.bulk import MOST, BulkPage, Candidate, Told
from workflow.pages.form import LedgerForm
from workflow.pages.steps.reasons import ReasonForm
from workflow.queries.deadlines import acceptance_limit, days_left
from workflow.queries.shares import unaccepted_shares
from workflow.queries.visibility import plan_visible_to, shares_visible_to
from workflow.rules.refusal import Conflict, Forbidden, NotFound, Refused, require


class ForceAcceptanceOfMany(BulkPage):
    """The plan's shares that wait to be accepted; those whose time is not over would be refused."""

    tab = "ledger:plans"
    label = _("Force acceptance of several")
    effect = _(
        "The shares count as accepted and their dates run. Nobody holds them yet: a handler of each bureau claims its own."
    )
    form_class = ReasonForm
    plan: Plan

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """What can be chosen, for a supervisor of the plan."""
        self.plan = plan_visible_to(self.person, code, self.held)
        return self.choose(self.form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Act on each."""
        self.plan = plan_visible_to(self.person, code, self.held)
        return self.decide(request)

    def choose(self, form: LedgerForm, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
        """The page, for a supervisor of the plan alone."""
        may = self.held.holds(Permission.SUPERVISE_FOR_PLAN, ScopeKind.PLAN, self.plan.pk)
        require(may, Forbidden("right.missing"))
        return super().choose(form, refusal=refusal, status=status)

    def candidates(self) -> list[Candidate]:
        """The shares, first dispatched first."""
        on, found = today(), []
        for share in unaccepted_shares(self.plan.pk)[:MOST]:
            limit = acceptance_limit(share, self.plan.pk, on)
            early = Conflict("share.unaccepted_limit", limit=limit.isoformat())
            refusal = "" if on > limit else str(early)
            left = days_left(limit, on)
            code, title = share.measure.code, share.measure.title
            found.append(Candidate(str(share.pk), code, title, share.bureau.name, limit, left, refusal))
        return found

    def find(self, key: str) -> Share:
        """The share of that number in the plan."""
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
        seen = shares_visible_to(self.person, self.held).filter(plan=self.plan, pk=number)
        share = seen.select_related("measure", "bureau").first()
        if share is None:
            raise NotFound("thing.unknown")
        return share

    def act(self, thing: Share, particulars: Mapping[str, Any]) -> None:
        """Force acceptance."""
        force_accept(thing, by=self.person, **particulars)

    def named(self, thing: Share) -> Told:
        """By code and bureau."""
        return Told(thing.measure.code, thing.bureau.name)

    def back(self) -> str:
        """To the plan."""
        return reverse("ledger:plan-detail", args=[self.plan.code])
