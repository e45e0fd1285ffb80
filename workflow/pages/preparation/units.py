"""Undecided units: each text once, however many measures it stands in; one decision serves them all."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.roles import Permission
from workflow.actions.preparation import decide_unit
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.forms import UnitForm, bureau_choices
from workflow.pages.preparation.plan_form import PlanPage, in_preparation
from workflow.queries.preparation import OpenUnit, open_units, undecided_units
from workflow.rules.refusal import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """An open unit with its form."""

    unit: OpenUnit
    form: LedgerForm


class Units(PlanPage):
    """GET lists what is open; POST names a unit's `text` and decides it wherever it stands."""

    needs = Permission.PREPARE_FOR_PLAN

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Every open unit with its form."""
        return self.page(self.find(code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Decide one text in all its places."""
        plan, text = self.find(code), request.POST.get("text", "")
        form = UnitForm(request.POST, auto_id="tried-%s")
        if not form.is_valid():
            return self.page(plan, form, text)
        try:
            count = self.decide(plan, text, form)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(plan, form, text)
        messages.success(request, _decided(text, count))
        return redirect("ledger:plan-units", code=code)

    def decide(self, plan: Plan, text: str, form: LedgerForm) -> int:
        """Decide the unit in each measure; returns in how many. Raises Conflict where none is open any more."""
        units = list(undecided_units(plan).filter(text=text))
        for unit in units:
            decide_unit(unit, by=self.person, **form.particulars())
        if not units:
            self.require(plan)
            raise Conflict("thing.unknown")
        return len(units)

    def page(self, plan: Plan, tried: LedgerForm | None = None, text: str = "") -> HttpResponse:
        """The list, with the errors of the form just tried."""
        self.require(plan)
        in_preparation(plan)
        bureaus = bureau_choices()
        panels = [
            UnitPanel(unit, UnitForm(auto_id=f"unit{n}-%s", bureaus=bureaus))
            if tried is None or unit.text != text
            else UnitPanel(unit, tried)
            for n, unit in enumerate(open_units(plan))
        ]
        context = {"plan": plan, "panels": panels, "form": tried}
        return self.show("workflow/preparation/units.html", context, status=200 if tried is None else 422)


def _decided(text: str, count: int) -> str:
    words = ngettext(
        "“%(unit)s” is decided in %(count)s measure.", "“%(unit)s” is decided in %(count)s measures.", count
    )
    return words % {"unit": text, "count": count}
