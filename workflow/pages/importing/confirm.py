"""确认: what would be made of the draft, to be checked; then all of it at once, or nothing."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.actions.import_confirmation import Checked, confirm_import
from workflow.actions.importing import ReadSection
from workflow.actions.loading import PLAN_CODE, free_code, known_plan
from workflow.actions.plan_input import PlanInput
from workflow.actions.plan_rows import kind_of
from workflow.intake.draft import plan_input
from workflow.models import PlanImport
from workflow.models.responsible_unit import UnitKind
from workflow.pages.form import LedgerForm
from workflow.pages.importing.page import ImportPage, number_in
from workflow.queries.imports import draft_sections
from workflow.queries.unit_names import unit_names
from workflow.queries.visibility import plans_visible_to
from workflow.rules.refusal import Conflict, Invalid


class ConfirmForm(LedgerForm):
    """The code that the plan's measures are numbered with."""

    code = forms.CharField(
        label=gettext_lazy("Plan code"),
        max_length=8,
        help_text=gettext_lazy(
            "One to eight capital letters and digits, a letter first; every measure's code begins with it."
        ),
    )

    def clean_code(self) -> str:
        """In capitals."""
        return str(self.cleaned_data["code"]).strip().upper()


@dataclass(frozen=True, slots=True)
class Counts:
    """What the plan would hold."""

    sections: int
    measures: int
    units: int
    targets: int
    milestones: int
    items: int
    dated: int
    ongoing: int
    undecided: int
    without_lead: int
    open_ended: int

    @classmethod
    def of(cls, plan: PlanInput) -> "Counts":
        """Counted in the plan."""
        measures = [measure for section in plan.sections for measure in section.measures]
        kinds = [kind_of(measure) for measure in measures]
        units = [unit for measure in measures for unit in measure.units]
        return cls(
            sections=len(plan.sections),
            measures=len(measures),
            units=len(units),
            targets=sum(len(measure.targets) for measure in measures),
            milestones=sum(len(measure.milestones) for measure in measures),
            items=sum(len(measure.items) for measure in measures),
            dated=kinds.count("dated"),
            ongoing=kinds.count("ongoing"),
            undecided=kinds.count(""),
            without_lead=sum(not any(unit.is_lead for unit in measure.units) for measure in measures),
            open_ended=sum(unit.kind == UnitKind.OPEN_ENDED for unit in units),
        )


class ConfirmImport(ImportPage):
    """GET to check what would be made; POST makes it."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Check your answers."""
        row = self.draft(number)
        if row.renews_id is not None:
            return redirect("ledger:import-edition", number=number)
        return self.page(row, ConfirmForm(initial={"code": self.proposed_code(row)}, auto_id="confirm-%s"))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Make the plan, and go to it."""
        row = self.find(number)
        form = ConfirmForm(request.POST, auto_id="confirm-%s")
        if not form.is_valid():
            return self.page(self.draft(number), form, status=422)
        version = number_in(request.POST, "version")
        checked = Checked(plan_of(row), -1 if version is None else version, form.cleaned_data["code"])
        try:
            plan = confirm_import(row, checked, by=self.person)
        except (Invalid, Conflict) as refusal:
            return self.refused(row, form, refusal)
        messages.success(request, _("The plan is in preparation; you are its supervisor."))
        return redirect("ledger:plan-detail", code=plan.code)

    def refused(self, row: PlanImport, form: ConfirmForm, refusal: Invalid | Conflict) -> HttpResponse:
        """The page again with the sentence where it can be put right here; the refusal's own page otherwise."""
        if refusal.code not in HERE:
            raise refusal
        field = "code" if refusal.code in CODES else None
        form.add_error(field, str(refusal))
        return self.page(self.draft(row.pk), form, status=refusal.status)

    def page(self, row: PlanImport, form: ConfirmForm, *, status: int = 200) -> HttpResponse:
        """What would be made of the draft as it stands."""
        names = unit_names(row)
        known = known_plan(row.source_hash)
        context = {
            "row": row,
            "form": form,
            "counts": Counts.of(plan_of(row)),
            "created": [name for name in names if name.is_created],
            "undecided": [name for name in names if name.bureau is None and not name.is_created],
            "known": known,
            "sees_known": known is not None and self.sees(known.pk),
        }
        return self.show("workflow/import/confirm.html", context, status=status)

    def sees(self, plan: int) -> bool:
        """Whether the person may see that plan."""
        return plans_visible_to(self.person, self.held).filter(pk=plan).exists()

    def proposed_code(self, row: PlanImport) -> str:
        """The code that the file names, else the first that is free."""
        return row.code if PLAN_CODE.fullmatch(row.code) else free_code()


CODES = frozenset({"input.plan_code", "plan.code_taken"})
HERE = CODES | {
    "import.changed",
    "import.known",
    "import.empty",
    "import.no_lead",
    "import.bureau_long",
    "input.milestones",
}
"""Refusals that the page of the confirmation shows itself."""


def plan_of(row: PlanImport) -> PlanInput:
    """The plan that the draft has become; only the warnings that nobody dealt with go with it."""
    facts: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("title", "source_hash", "source_name", "period_start", "period_end")
    }
    sections = [
        ReadSection(section.number, section.title, measures) for section, measures in draft_sections(row)
    ]
    done = set(row.ticked)
    left = [warning for n, warning in enumerate(row.warnings, start=1) if n not in done]
    return plan_input(facts, sections, left)
