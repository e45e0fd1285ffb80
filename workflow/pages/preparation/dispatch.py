"""交办: check who would receive what, then dispatch the whole plan or one measure under a numbered order."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.roles import Permission
from workflow.actions.dispatch import dispatch_measure, dispatch_plan
from workflow.models import Document, Measure, Plan
from workflow.pages.preparation.plan_form import PlanPage
from workflow.queries.preparation import addressees_of, measures_in_preparation, measures_to_dispatch
from workflow.queries.visibility import measure_visible_to
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState, PlanState


class DispatchPage(PlanPage):
    """What both dispatches show."""

    needs = Permission.DISPATCH_FOR_PLAN

    def page(self, plan: Plan, measures: QuerySet[Measure], *, single: Measure | None = None) -> HttpResponse:
        """Check your answers: each measure with its lead, its bureaus and the units still to be resolved."""
        self.require(plan)
        require(plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
        listed = addressees_of(measures)
        context = {
            "plan": plan,
            "single": single,
            "listed": listed,
            "shares": sum(one.bureaus for one in listed),
            "unresolved": [one for one in listed if one.unresolved],
        }
        return self.show("workflow/preparation/dispatch.html", context)

    def told(self, order: Document, count: int) -> None:
        """Tell the person the order's number."""
        words = ngettext(
            "Dispatched under order %(number)s: %(count)s measure.",
            "Dispatched under order %(number)s: %(count)s measures.",
            count,
        )
        messages.success(self.request, words % {"number": order.number, "count": count})


class DispatchPlan(DispatchPage):
    """Every measure of the plan that is still a draft, under one order."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check your answers."""
        plan = self.find(code)
        return self.page(plan, measures_to_dispatch(plan))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Dispatch, all of them or none."""
        plan = self.find(code)
        order = dispatch_plan(plan, by=self.person)
        self.told(order, order.measures.count())
        return redirect("ledger:plan-detail", code=code)


class DispatchMeasure(DispatchPage):
    """One measure, under an order of its own."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Check your answers."""
        measure = measure_visible_to(self.person, code, self.held)
        self.require(measure.plan)
        require(measure.state == MeasureState.DRAFT, Conflict("plan.nothing_to_dispatch"))
        waits = Conflict("measure.not_admitted", measure_code=measure.code)
        require(not measure.awaits_admission, waits)
        waiting = measures_in_preparation(measure.plan).filter(pk=measure.pk)
        return self.page(measure.plan, waiting, single=measure)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Dispatch it."""
        measure = measure_visible_to(self.person, code, self.held)
        order = dispatch_measure(measure, by=self.person)
        self.told(order, 1)
        return redirect("ledger:measure-detail", code=code)
