"""挂账 of what a later edition added: an approver who prepared nothing admits the measures that are ready."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.models import User
from accounts.rights import Standing
from accounts.roles import Permission, ScopeKind
from workflow.actions.admission import admit_measures
from workflow.models import Measure, Plan
from workflow.pages.preparation.plan_form import PlanPage
from workflow.queries.editions import awaiting_admission
from workflow.queries.people import names_of
from workflow.queries.plan_overview import Preparation
from workflow.queries.readiness import gaps_of, with_readiness
from workflow.rules.refusal import Conflict, Forbidden, Invalid, Refused, require
from workflow.rules.separation import is_not_the_preparer
from workflow.states import PlanState


def check_admission(person: User, held: Standing, measure: Measure) -> None:
    """Raise the refusal that keeps `person` from admitting the measure that a later edition added (rule 7)."""
    plan = measure.plan
    require(held.holds(Permission.APPROVE_FOR_PLAN, ScopeKind.PLAN, plan.pk), Forbidden("right.missing"))
    require(plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
    require(measure.awaits_admission, Conflict("measure.admitted", measure_code=measure.code))
    is_not_the_preparer(person.pk, plan.preparers)


class Admission(PlanPage):
    """GET lists what waits; POST admits what was ticked. What cannot be admitted comes back with its sentence."""

    needs = Permission.APPROVE_FOR_PLAN

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check before you decide."""
        return self.page(self.find(code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Decide."""
        plan = self.find(code)
        chosen = [int(key) for key in request.POST.getlist("measures") if key.isascii() and key.isdigit()]
        try:
            admitted = admit_measures(plan, by=self.person, measures=chosen)
        except (Conflict, Invalid) as refusal:
            return self.page(plan, refusal)
        words = ngettext(
            "%(count)s measure is on the ledger now. Its supervisor can dispatch it.",
            "%(count)s measures are on the ledger now. Their supervisor can dispatch them.",
            len(admitted),
        )
        messages.success(request, words % {"count": len(admitted)})
        return redirect("ledger:plan-detail", code=code)

    def page(self, plan: Plan, refusal: Refused | None = None) -> HttpResponse:
        """What waits, each with what it lacks."""
        self.require(plan)
        require(plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
        waiting = [Preparation(one, gaps_of(one)) for one in with_readiness(awaiting_admission(plan))]
        context = {
            "plan": plan,
            "waiting": waiting,
            "ready": sum(not one.gaps for one in waiting),
            "preparers": names_of(plan.preparers),
            "refusal": refusal,
            "obstacle": self.obstacle(plan),
        }
        status = refusal.status if refusal is not None else 200
        return self.show("workflow/editions/admission.html", context, status=status)

    def obstacle(self, plan: Plan) -> str:
        """Rule 7: whoever prepared the plan or its editions does not alone put it on the ledger."""
        try:
            is_not_the_preparer(self.person.pk, plan.preparers)
        except Refused as refusal:
            return str(refusal)
        return ""
