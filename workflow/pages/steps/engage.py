"""委托评估: the supervisor gives the verified measure to an independent agency."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.clock.now import today
from workflow.models import Engagement
from workflow.pages.form import LedgerForm, dress
from workflow.pages.steps.step import Decision, Step
from workflow.queries.engagements import engagements_in_force
from workflow.routing import Verb


class EngageForm(LedgerForm):
    """Which of the plan's engagements takes the measure."""

    def __init__(self, *args: Any, plan_id: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engagement"] = forms.ModelChoiceField(
            label=_("Engagement"),
            queryset=engagements_in_force(plan_id, on),
            empty_label=_("Choose …"),
            help_text=_("An agency related to one of the measure's bureaus is refused."),
        )
        self.fields["engagement"].label_from_instance = _named  # type: ignore[attr-defined]
        dress(self.fields["engagement"])


def _named(engagement: Engagement) -> str:
    return f"{engagement.agency.name} · {engagement.title} ({engagement.since} – {engagement.until})"


class Engage(Step):
    """Choose the agency."""

    template = "flows/measure/engage.html"
    decisions = {"engage": Decision(Verb.ENGAGE, EngageForm, pgettext_lazy("step", "Engage"))}
    main = "engage"

    def build_with(self, name: str) -> dict[str, Any]:
        """The plan whose engagements are offered."""
        return {"plan_id": self.measure.plan_id, "on": today()}

    def facts(self) -> dict[str, Any]:
        """Whether there is any agency to choose."""
        return {"has_engagements": engagements_in_force(self.measure.plan_id, today()).exists()}
