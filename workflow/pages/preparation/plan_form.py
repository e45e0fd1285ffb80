"""The shape of a page with one form about a plan: shown to who holds the right, carried out by an action."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts.roles import Permission, ScopeKind
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.page import Page
from workflow.queries.visibility import plan_visible_to
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.states import PlanState


class PlanPage(Page):
    """A page about a plan for those who hold `needs` in it; 404 for who may not see the plan, 403 for other roles."""

    tab = "ledger:plans"
    needs: ClassVar[Permission]

    def find(self, code: str) -> Plan:
        """The plan as far as the person may know of it."""
        return plan_visible_to(self.person, code, self.held)

    def may(self, permission: Permission, plan: Plan) -> bool:
        """Whether the person holds the right in the plan."""
        return self.held.holds(permission, ScopeKind.PLAN, plan.pk)

    def require(self, plan: Plan) -> None:
        """Raise Forbidden for who may see the plan but not do this."""
        require(self.may(self.needs, plan), Forbidden("right.missing"))


def in_preparation(plan: Plan) -> None:
    """Raise Conflict for a plan that is no longer in preparation."""
    require(plan.state == PlanState.DRAFT, Conflict("plan.not_draft"))


class PlanForm(PlanPage):
    """GET shows the form; POST carries it out and goes back, or shows what was entered wrongly (422).

    A complete form goes to the action whoever sends it, so that the refusal stands in the trail.
    """

    template: ClassVar[str]
    only_in_preparation: ClassVar[bool] = True

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form."""
        plan = self.find(code)
        return self.page(plan, self.form(plan))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Carry the decision out."""
        plan = self.find(code)
        form = self.form(plan, request.POST)
        if not form.is_valid():
            return self.page(plan, form, status=422)
        try:
            done = self.carry_out(plan, form)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(plan, form, status=422)
        messages.success(request, done)
        return redirect(self.onward(plan))

    def page(self, plan: Plan, form: LedgerForm, *, status: int = 200) -> HttpResponse:
        """The page with the form, for who holds the right."""
        self.require(plan)
        if self.only_in_preparation:
            in_preparation(plan)
        return self.show(self.template, {"plan": plan, "form": form, **self.facts(plan)}, status=status)

    def form(self, plan: Plan, data: QueryDict | None = None) -> LedgerForm:
        """The form, filled from `data` where something was sent."""
        raise NotImplementedError

    def carry_out(self, plan: Plan, form: LedgerForm) -> str:
        """Call the action; returns what the person is told. Raises what the action refuses."""
        raise NotImplementedError

    def facts(self, plan: Plan) -> dict[str, Any]:
        """What the template shows besides."""
        return {}

    def onward(self, plan: Plan) -> str:
        """Where the person goes afterwards."""
        raise NotImplementedError
