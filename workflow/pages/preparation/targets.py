"""The targets that the reader found: confirmed together, or looked at one by one."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import Permission
from workflow.actions.preparation import confirm_target
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.plan_form import PlanForm
from workflow.queries.preparation import proposed_targets, targets_in_preparation
from workflow.states import TargetState


class TargetsForm(LedgerForm):
    """The ticked targets hold as read."""

    targets = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Targets"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one target.")},
    )

    def __init__(self, *args: Any, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["targets"].choices = offered  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[int]:
        """Ids of the targets that are ticked as the form stands."""
        value = self["targets"].value() or []
        return {int(key) for key in value if str(key).isdigit()}


class Targets(PlanForm):
    """Confirm the ticked targets; waiving one is the approver's, on the measure's page."""

    template = "workflow/preparation/targets.html"
    needs = Permission.PREPARE_FOR_PLAN

    def form(self, plan: Plan, data: QueryDict | None = None) -> LedgerForm:
        """Nothing is ticked to begin with: each is to be read."""
        return TargetsForm(data, offered=[(t.pk, t.text) for t in proposed_targets(plan)])

    def facts(self, plan: Plan) -> dict[str, Any]:
        """Every target with its state."""
        found = targets_in_preparation(plan)
        return {"targets": found, "open": sum(t.state == TargetState.PROPOSED for t in found)}

    def carry_out(self, plan: Plan, form: LedgerForm) -> str:
        """Confirm each ticked target."""
        chosen = form.particulars()["targets"]
        for target in proposed_targets(plan).filter(pk__in=chosen):
            confirm_target(target, by=self.person)
        words = ngettext("%(count)s target is confirmed.", "%(count)s targets are confirmed.", len(chosen))
        return words % {"count": len(chosen)}

    def onward(self, plan: Plan) -> str:
        """The list of targets."""
        return reverse("ledger:plan-targets", args=[plan.code])
