"""Who issued the plan, which office supervises it, and which one verifies in its stead."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Permission
from workflow.actions.preparation import name_offices
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.forms import OfficesForm
from workflow.pages.preparation.plan_form import PlanForm


class Offices(PlanForm):
    """Name the plan's offices."""

    template = "workflow/preparation/offices.html"
    needs = Permission.PREPARE_FOR_PLAN

    def form(self, plan: Plan, data: QueryDict | None = None) -> LedgerForm:
        """The offices as they stand."""
        named = {
            "issuer": plan.issuer_id,
            "supervision_office": plan.supervision_office_id,
            "alternate_office": plan.alternate_office_id,
        }
        return OfficesForm(data, initial=named)

    def carry_out(self, plan: Plan, form: LedgerForm) -> str:
        """Name them."""
        name_offices(plan, by=self.person, **form.particulars())
        return _("The offices are named.")

    def onward(self, plan: Plan) -> str:
        """The overview with what is left to prepare."""
        return reverse("ledger:plan-detail", args=[plan.code])
