"""A supervisor gives one more bureau a share of a measure under way."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from accounts.roles import Permission
from workflow.actions.joining import add_bureau_to
from workflow.actions.shares import UNREPORTED
from workflow.models import Measure
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, long_text
from workflow.pages.preparation.forms import CHOOSE, standing_bureaus
from workflow.rules.refusal import Conflict, require


def bureaus_without_a_share(measure: Measure) -> QuerySet[Bureau]:
    """The standing bureaus that have, and had, no share in the measure."""
    found: QuerySet[Bureau] = (
        standing_bureaus().filter(succeeded_by=None).exclude(shares__measure=measure).order_by("path")
    )
    return found


class AddBureauForm(LedgerForm):
    """Which bureau, what it does, and why it joins."""

    bureau = forms.ModelChoiceField(label=_("Bureau"), queryset=Bureau.objects.none(), empty_label=CHOOSE)
    duty = long_text(_("Duty"), rows=2)
    reason = long_text(_("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, bureaus: QuerySet[Bureau], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bureau"].queryset = bureaus  # type: ignore[attr-defined]


class AddBureauToMeasure(MeasureDecision):
    """Add a supporting bureau, with a reason."""

    name = "add-bureau"
    label = _("Add a bureau")
    effect = _(
        "The bureau receives a supporting share today, under the measure's dispatch order, and accepts it like the others did. No other share is touched; a consolidation under way lapses."
    )
    form_class = AddBureauForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, before the measure's report."""
        case.needs_plan(Permission.DISPATCH_FOR_PLAN)
        require(case.measure.state in UNREPORTED, Conflict("measure.shares_fixed"))

    def build_with(self, case: Case) -> dict[str, Any]:
        """The bureaus that can join."""
        return {"bureaus": bureaus_without_a_share(case.measure)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Add it."""
        add_bureau_to(case.measure, by=case.person, **particulars)
