"""Due date or cycle for many measures at once: a plan whose rows all say the same is decided once."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from accounts.roles import Permission
from workflow.actions.preparation import decide_schedule
from workflow.models import Measure, Plan
from workflow.pages.form import LedgerForm
from workflow.pages.preparation.forms import ScheduleForm
from workflow.pages.preparation.plan_form import PlanForm
from workflow.queries.preparation import measures_in_preparation


class BulkScheduleForm(ScheduleForm):
    """A schedule for the ticked measures."""

    measures = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Measures"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one measure.")},
    )

    def __init__(self, *args: Any, offered: list[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {measure.pk: measure for measure in offered}
        self.fields["measures"].choices = [(m.pk, str(m)) for m in offered]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[int]:
        """Ids of the measures that are ticked as the form stands."""
        value = self["measures"].value() or []
        return {int(key) for key in value if str(key).isdigit()}


class Schedule(PlanForm):
    """Give the ticked measures a due date or a cycle length."""

    template = "workflow/preparation/schedule.html"
    needs = Permission.PREPARE_FOR_PLAN

    def form(self, plan: Plan, data: QueryDict | None = None) -> LedgerForm:
        """The measures without a schedule are ticked to begin with."""
        offered = list(measures_in_preparation(plan))
        open_ones = [measure.pk for measure in offered if not measure.kind]
        return BulkScheduleForm(data, offered=offered, initial={"measures": open_ones})

    def carry_out(self, plan: Plan, form: LedgerForm) -> str:
        """Decide each ticked measure."""
        data = form.particulars()
        chosen = data.pop("measures")
        measures = measures_in_preparation(plan).filter(pk__in=chosen)
        for measure in measures:
            decide_schedule(measure, by=self.person, **data)
        words = ngettext("%(count)s measure is scheduled.", "%(count)s measures are scheduled.", len(chosen))
        return words % {"count": len(chosen)}

    def onward(self, plan: Plan) -> str:
        """The overview with what is left to prepare."""
        return reverse("ledger:plan-detail", args=[plan.code])
