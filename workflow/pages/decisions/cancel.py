"""终止: the approver gives a measure up."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.cancellation import STANDING, cancel_measure
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, long_text
from workflow.rules.refusal import Conflict, require
from workflow.states import PlanState


class CancelForm(LedgerForm):
    """Why, and on what basis."""

    reason = long_text(_("Reason"), rows=3, required=True)
    basis = forms.CharField(
        label=_("Basis"),
        max_length=500,
        help_text=_(
            "The decision or document that gives the measure up: what it is called, its number and date."
        ),
    )


class CancelMeasure(MeasureDecision):
    """Name the reason and the basis."""

    name = "cancel-measure"
    label = _("Cancel the measure")
    effect = _(
        "The measure ends for good, and with it every bureau's open work. It stays on the ledger to be read, and no longer counts among the plan's measures. This cannot be undone."
    )
    form_class = CancelForm
    stays_open = True

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, on a measure of a plan on the ledger that has not ended."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        case.in_state(case.measure, *STANDING)
        require(case.measure.plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Cancel it."""
        cancel_measure(case.measure, by=case.person, **particulars)
