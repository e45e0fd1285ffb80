"""The forms in which a plan is prepared; each one's cleaned data are the particulars of one action."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau, BureauKind
from workflow.models import ActionItem, Plan, ResponsibleUnit
from workflow.models.measure import CycleLength, EvaluationDue
from workflow.pages.form import LedgerForm, day, long_text

CHOOSE = _("Choose …")


def standing_bureaus() -> QuerySet[Bureau]:
    """The active organisations that can be responsible: all but evaluation agencies."""
    found: QuerySet[Bureau] = (
        Bureau.objects.filter(active=True).exclude(kind=BureauKind.AGENCY).order_by("path")
    )
    return found


def bureau_choices() -> list[tuple[Any, Any]]:
    """The standing bureaus as choices; one statement."""
    return [("", CHOOSE), *standing_bureaus().values_list("pk", "name")]


def agencies() -> QuerySet[Bureau]:
    """The active evaluation agencies."""
    found: QuerySet[Bureau] = Bureau.objects.filter(active=True, kind=BureauKind.AGENCY).order_by("path")
    return found


def bureau_field(label: Any, *, required: bool, hint: Any = "") -> forms.ModelChoiceField[Bureau]:
    """A choice among the standing bureaus."""
    return forms.ModelChoiceField(
        label=label, queryset=standing_bureaus(), required=required, empty_label=CHOOSE, help_text=hint
    )


class OfficesForm(LedgerForm):
    """Who issued the plan and who supervises it."""

    issuer = bureau_field(_("Issued by"), required=True)
    supervision_office = bureau_field(
        _("Supervision office"),
        required=True,
        hint=_("Its orders and notices carry its numbers; its members can supervise the plan."),
    )
    alternate_office = bureau_field(
        _("Alternate office"),
        required=False,
        hint=_("Verifies where the supervision office has a share itself."),
    )


class UnitForm(LedgerForm):
    """Who stands behind a unit as written: one of three answers.

    `bureaus`: what to offer (`bureau_choices`), where a page has many of these forms and reads the bureaus once.
    """

    bureau = bureau_field(_("One bureau"), required=False)
    collective_kind = forms.ChoiceField(
        label=_("Every bureau of a kind"), choices=[("", CHOOSE), *BureauKind.choices], required=False
    )
    resolve_by = day(_("To be resolved by"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args: Any, bureaus: list[tuple[Any, Any]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if bureaus is not None:
            self.fields["bureau"].choices = bureaus  # type: ignore[attr-defined]

    @staticmethod
    def from_unit(unit: ResponsibleUnit) -> dict[str, Any]:
        """The decision as it stands, as initial values."""
        return {
            "bureau": unit.bureau_id,
            "collective_kind": unit.collective_kind,
            "resolve_by": unit.resolve_by,
            "reason": unit.decision_reason,
        }


class ScheduleForm(LedgerForm):
    """A due date, or the length of the cycles."""

    due = day(_("Due date"), hint=_("For a measure that ends with a result."))
    cycle_length = forms.ChoiceField(
        label=_("Cycle length"),
        choices=[("", CHOOSE), *((value, label) for value, label in CycleLength.choices if value)],
        required=False,
        help_text=_("For a measure that goes on until the plan ends."),
    )
    basis = forms.CharField(
        label=_("Basis"),
        required=False,
        max_length=200,
        help_text=_("Where the date or the cycle comes from."),
    )


class EvaluationForm(LedgerForm):
    """When a third-party evaluation is due."""

    due = forms.ChoiceField(label=_("Third-party evaluation"), choices=EvaluationDue.choices)


class ConfirmForm(LedgerForm):
    """Hold a target as read."""

    every_share = forms.BooleanField(
        label=_("Every share gives a reading of it, not the lead alone"), required=False
    )


class WaiveForm(LedgerForm):
    """Give a target up."""

    reason = long_text(_("Reason"), rows=2, required=True)


class ItemForm(LedgerForm):
    """A single thing to do, and which unit of the measure does it. `units`: what to offer."""

    text = long_text(_("Thing to do"), rows=2, required=True)
    unit = forms.ChoiceField(label=_("Unit"), required=False)

    def __init__(self, *args: Any, units: Iterable[ResponsibleUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        field = self.fields["unit"]
        field.choices = [("", _("not yet decided")), *((k, u.text) for k, u in self.units.items())]  # type: ignore[attr-defined]

    def particulars(self) -> dict[str, Any]:
        """The text and the unit itself."""
        return {"text": self.cleaned_data["text"], "unit": self.units.get(self.cleaned_data["unit"])}

    @staticmethod
    def from_item(item: ActionItem) -> dict[str, Any]:
        """As it stands."""
        return {"text": item.text, "unit": str(item.unit_id or "")}


class EngagementForm(LedgerForm):
    """Which agency evaluates measures of the plan, and when."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=agencies(), empty_label=CHOOSE)
    title = forms.CharField(label=_("Title of the engagement"), max_length=120)
    since = day(_("From"), required=True)
    until = day(_("To"), required=True)

    @staticmethod
    def from_plan(plan: Plan) -> dict[str, Any]:
        """The plan's period as the first proposal."""
        return {"since": plan.period_start, "until": plan.period_end}
