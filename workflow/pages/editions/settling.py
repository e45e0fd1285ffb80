"""落实: a supervisor or an approver says what became of an open amendment."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.rights import Standing
from accounts.roles import Permission, ScopeKind
from workflow.actions.admission import settle_amendment
from workflow.models import Amendment
from workflow.pages.editions.words import change_of
from workflow.pages.form import LedgerForm, long_text
from workflow.pages.page import Page
from workflow.queries.visibility import measure_visible_to
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require

P = Permission


def may_settle(held: Standing, plan: int) -> bool:
    """Whether the person may say what became of an amendment of that plan."""
    return any(held.holds(one, ScopeKind.PLAN, plan) for one in (P.PREPARE_FOR_PLAN, P.APPROVE_FOR_PLAN))


def check_settlement(held: Standing, amendment: Amendment) -> None:
    """Raise the refusal that keeps who has these rights from settling the amendment now."""
    require(may_settle(held, amendment.measure.plan_id), Forbidden("right.missing"))
    require(amendment.is_open, Conflict("amendment.not_open"))


class SettlementForm(LedgerForm):
    """What became of it."""

    settlement = long_text(
        gettext_lazy("How it was settled"),
        rows=2,
        required=True,
        hint=gettext_lazy("What was done, and on what ground; or why it is not carried out."),
    )


class SettleAmendment(Page):
    """GET asks how; POST settles it."""

    tab = "ledger:measures"

    def get(self, request: HttpRequest, code: str, amendment: int) -> HttpResponse:
        """The change, and the question."""
        found = self.find(code, amendment)
        return self.page(found, SettlementForm(auto_id="settle-%s"))

    def post(self, request: HttpRequest, code: str, amendment: int) -> HttpResponse:
        """Settle it."""
        found = self.find(code, amendment)
        form = SettlementForm(request.POST, auto_id="settle-%s")
        if not form.is_valid():
            return self.page(found, form, status=422)
        try:
            settle_amendment(found, by=self.person, settlement=form.cleaned_data["settlement"])
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(found, form, status=422)
        messages.success(request, _("The amendment is settled."))
        return redirect("ledger:measure-detail", code=code)

    def find(self, code: str, amendment: int) -> Amendment:
        """The amendment as far as the person may know of it."""
        measure = measure_visible_to(self.person, code, self.held)
        found = measure.amendments.select_related("plan_import", "decided_by").filter(pk=amendment).first()
        if found is None:
            raise NotFound("thing.unknown")
        found.measure = measure
        return found

    def page(self, amendment: Amendment, form: LedgerForm, *, status: int = 200) -> HttpResponse:
        """The page, for who may settle it while it is open."""
        check_settlement(self.held, amendment)
        change = change_of(amendment.field, amendment.before, amendment.after)
        context = {"amendment": amendment, "measure": amendment.measure, "changes": [change], "form": form}
        return self.show("workflow/editions/settle.html", context, status=status)
