"""A supervisor names the bureaus behind a unit that was to be resolved by a date."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from accounts.roles import Permission
from workflow.actions.resolving_units import resolve_unit
from workflow.actions.shares import UNREPORTED
from workflow.models import ResponsibleUnit
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, Ticks, long_text
from workflow.pages.preparation.forms import standing_bureaus
from workflow.queries.preparation import units_to_resolve
from workflow.rules.refusal import Conflict, require


class ResolveUnitForm(LedgerForm):
    """Which unit, which bureaus stand behind it, and on what ground."""

    unit = forms.ModelChoiceField(
        label=_("Unit as written"), queryset=ResponsibleUnit.objects.none(), empty_label=None
    )
    bureaus = forms.ModelMultipleChoiceField(
        label=_("Bureaus"),
        queryset=Bureau.objects.none(),
        required=False,
        widget=Ticks(),
        help_text=_("Each gets a supporting share; one that has a share already keeps that alone."),
    )
    reason = long_text(_("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, units: QuerySet[ResponsibleUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["bureaus"].queryset = standing_bureaus().filter(succeeded_by=None)  # type: ignore[attr-defined]


class ResolveUnit(MeasureDecision):
    """Name the bureaus, with a reason."""

    name = "resolve-unit"
    label = _("Resolve a unit")
    effect = _(
        "The bureaus ticked receive a supporting share today, under the measure's dispatch order. No other share is touched; a consolidation under way lapses."
    )
    form_class = ResolveUnitForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, before the measure's report, while a unit waits to be resolved."""
        case.needs_plan(Permission.DISPATCH_FOR_PLAN)
        require(case.measure.state in UNREPORTED, Conflict("measure.shares_fixed"))
        require(units_to_resolve(case.measure).exists(), Conflict("unit.not_open"))

    def build_with(self, case: Case) -> dict[str, Any]:
        """The units that wait."""
        return {"units": units_to_resolve(case.measure)}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Resolve it."""
        resolve_unit(by=case.person, **particulars)
