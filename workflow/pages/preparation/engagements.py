"""第三方评估委托: the plan's engagements, and a new one."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Permission
from workflow.actions.evaluation import create_engagement
from workflow.clock.now import today
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.forms import EngagementForm, agencies
from workflow.pages.preparation.plan_form import PlanForm
from workflow.queries.preparation import engagements_of


class Engagements(PlanForm):
    """Engage an agency for the plan; its evaluators are appointed by the administrator."""

    template = "workflow/preparation/engagements.html"
    needs = Permission.ENGAGE_FOR_PLAN
    only_in_preparation = False

    def form(self, plan: Plan, data: QueryDict | None = None) -> LedgerForm:
        """For the plan's period, unless something else is entered."""
        return EngagementForm(data, initial=EngagementForm.from_plan(plan))

    def facts(self, plan: Plan) -> dict[str, Any]:
        """The engagements so far, and whether there is any agency."""
        return {"engagements": engagements_of(plan), "has_agencies": agencies().exists(), "today": today()}

    def carry_out(self, plan: Plan, form: LedgerForm) -> str:
        """Engage it."""
        engagement = create_engagement(plan, by=self.person, **form.particulars())
        return _("%(agency)s is engaged.") % {"agency": engagement.agency.name}

    def onward(self, plan: Plan) -> str:
        """The list, with the new one first."""
        return reverse("ledger:plan-engagements", args=[plan.code])
