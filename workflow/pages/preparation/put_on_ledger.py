"""挂账: the approver checks the prepared plan and puts it on the ledger, or sees what is missing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.roles import Permission
from workflow.actions.ledger import put_on_ledger
from workflow.models import Plan
from workflow.pages.preparation.plan_form import PlanPage, in_preparation
from workflow.queries.people import names_of
from workflow.queries.plan_overview import preparation_of
from workflow.queries.preparation import tasks_of
from workflow.rules.refusal import Conflict, Refused
from workflow.rules.separation import is_not_the_preparer

NOT_READY = frozenset({"plan.not_ready", "plan.no_office", "plan.no_alternate", "plan.empty"})


class PutOnLedger(PlanPage):
    """GET shows what the decision rests on; POST decides. A plan that is not ready comes back with its list (409)."""

    needs = Permission.APPROVE_FOR_PLAN

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check your answers."""
        return self.page(self.find(code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Decide."""
        plan = self.find(code)
        try:
            put_on_ledger(plan, by=self.person)
        except Conflict as refusal:
            if refusal.code not in NOT_READY:
                raise
            return self.page(plan, refusal)
        messages.success(request, _("The plan is on the ledger. Its supervisor can dispatch it now."))
        return redirect("ledger:plan-detail", code=code)

    def page(self, plan: Plan, refusal: Refused | None = None) -> HttpResponse:
        """The plan in short, what is missing, and the button."""
        self.require(plan)
        in_preparation(plan)
        measures = preparation_of(plan)
        context = {
            "plan": plan,
            "measures": measures,
            "missing": [one for one in measures if one.gaps],
            "tasks": tasks_of(plan, measures),
            "preparers": names_of(plan.preparers),
            "refusal": refusal,
            "obstacle": self.obstacle(plan),
        }
        return self.show("workflow/preparation/put_on_ledger.html", context, status=409 if refusal else 200)

    def obstacle(self, plan: Plan) -> str:
        """Rule 7: whoever prepared the plan does not alone put it on the ledger."""
        try:
            is_not_the_preparer(self.person.pk, plan.preparers)
        except Refused as refusal:
            return str(refusal)
        return ""
