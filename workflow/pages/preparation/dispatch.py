"""交办: check who would receive what and what is not ready, then dispatch one measure, a selection, or all that are ready."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.rights import Standing
from accounts.roles import Permission, ScopeKind
from workflow.actions.dispatch import Dispatched, dispatch_measure, dispatch_measures, dispatch_plan
from workflow.models import Document, Measure, Plan
from workflow.pages.preparation.plan_form import PlanPage
from workflow.queries.preparation import dispatch_checks, measures_in_preparation
from workflow.queries.visibility import measure_visible_to
from workflow.rules.refusal import Conflict, Forbidden, Invalid, Refused, require
from workflow.states import MeasureState, PlanState


def check_dispatch(held: Standing, measure: Measure) -> None:
    """Raise the refusal that keeps who has these rights from dispatching the measure now (DOMAIN.md, dispatch)."""
    require(
        held.holds(Permission.DISPATCH_FOR_PLAN, ScopeKind.PLAN, measure.plan_id), Forbidden("right.missing")
    )
    require(measure.state == MeasureState.DRAFT, Conflict("plan.nothing_to_dispatch"))
    waits = Conflict("measure.not_admitted", measure_code=measure.code)
    require(not measure.awaits_admission, waits)
    require(measure.plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))


class DispatchPage(PlanPage):
    """What both dispatches show."""

    needs = Permission.DISPATCH_FOR_PLAN

    def page(
        self,
        plan: Plan,
        measures: QuerySet[Measure],
        *,
        single: Measure | None = None,
        refusal: Refused | None = None,
    ) -> HttpResponse:
        """Each measure with its lead, its bureaus and the units still to be resolved; what is not ready, and why."""
        self.require(plan)
        require(plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
        checks = dispatch_checks(measures)
        listed = [check.to for check in checks if check.is_ready]
        context = {
            "plan": plan,
            "single": single,
            "listed": listed,
            "held_back": [check for check in checks if not check.is_ready],
            "shares": sum(one.bureaus for one in listed),
            "unresolved": [one for one in listed if one.unresolved],
            "refusal": refusal,
        }
        status = refusal.status if refusal is not None else 200
        return self.show("workflow/preparation/dispatch.html", context, status=status)

    def told(self, order: Document, count: int) -> None:
        """Tell the person the order's number."""
        words = ngettext(
            "Dispatched under order %(number)s: %(count)s measure.",
            "Dispatched under order %(number)s: %(count)s measures.",
            count,
        )
        messages.success(self.request, words % {"number": order.number, "count": count})


class DispatchPlan(DispatchPage):
    """Every draft of the plan that is ready, or those that were ticked (`which`: "chosen"), under one order."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check your answers."""
        plan = self.find(code)
        return self.page(plan, measures_in_preparation(plan))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Dispatch each for itself; where some were refused, the result says which and why."""
        plan = self.find(code)
        try:
            done = self.carry_out(plan)
        except Invalid as refusal:
            return self.page(plan, measures_in_preparation(plan), refusal=refusal)
        if done.refused:
            return self.show("workflow/preparation/dispatched.html", {"plan": plan, "done": done})
        self.told(done.order, len(done.measures))
        return redirect("ledger:plan-detail", code=code)

    def carry_out(self, plan: Plan) -> Dispatched:
        """Dispatch what the form names."""
        sent = self.request.POST
        if sent.get("which") != "chosen":
            return dispatch_plan(plan, by=self.person)
        chosen = [int(key) for key in sent.getlist("measures") if key.isascii() and key.isdigit()]
        return dispatch_measures(plan, by=self.person, measures=chosen)


class DispatchMeasure(DispatchPage):
    """One measure, under an order of its own."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check your answers."""
        measure = measure_visible_to(self.person, code, self.held)
        check_dispatch(self.held, measure)
        waiting = measures_in_preparation(measure.plan).filter(pk=measure.pk)
        return self.page(measure.plan, waiting, single=measure)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Dispatch it."""
        measure = measure_visible_to(self.person, code, self.held)
        order = dispatch_measure(measure, by=self.person)
        self.told(order, 1)
        return redirect("ledger:measure-detail", code=code)
