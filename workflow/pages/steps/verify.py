"""核查: the supervision office goes through six points, or returns named shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.clock.now import today
from workflow.models.evidence import EvidenceGrade
from workflow.models.verification import ChecklistPoint
from workflow.pages.form import LedgerForm, Ticks, long_text
from workflow.pages.steps.reasons import OpinionForm
from workflow.pages.steps.rework import ReworkForm, rework_choices
from workflow.pages.steps.step import Decision, Step
from workflow.queries.consolidations import approved_reports, last_consolidation
from workflow.queries.separation import check_verifier
from workflow.queries.targets import targets_with_values
from workflow.routing import Verb


class VerifyForm(LedgerForm):
    """The checklist of six points, an opinion, and whether somebody went there."""

    checklist = forms.MultipleChoiceField(
        label=_("Checklist"),
        choices=ChecklistPoint.choices,
        required=False,
        help_text=_("Tick what you have checked. Every point must hold."),
        widget=Ticks(),
    )
    site_visit = forms.BooleanField(label=_("With a site visit"), required=False)
    opinion = long_text(_("Opinion"), rows=3)
    phrases = OpinionForm.phrases

    def particulars(self) -> dict[str, Any]:
        """The checklist as point → whether it holds."""
        ticked = set(self.cleaned_data["checklist"])
        return {**self.cleaned_data, "checklist": {point: point in ticked for point in ChecklistPoint.values}}


class Verify(Step):
    """The lead's report, every share's report, and the decision."""

    template = "flows/measure/verify.html"
    decisions = {
        "verify": Decision(Verb.VERIFY, VerifyForm, _("Pass the verification")),
        "rework": Decision(Verb.REWORK, ReworkForm, _("Return to bureaus")),
    }
    draft_kind = "measure.verify"
    main = "verify"

    def build_with(self, name: str) -> dict[str, Any]:
        """The shares that can be returned."""
        return rework_choices(self.item.measure_id) if name == "rework" else {}

    def check(self) -> None:
        """Rule 2: not one's own bureau's measure, nor one whose report one touched, nor from the wrong office."""
        check_verifier(self.measure, self.person, today())

    def facts(self) -> dict[str, Any]:
        """What was reported, and the grades that its evidence can have."""
        return {
            "consolidation": last_consolidation(self.item.measure_id),
            "reports": approved_reports(self.item.measure_id),
            "targets": targets_with_values(self.measure),
            "grades": EvidenceGrade.choices,
        }
