"""签发: the lead's head signs the consolidation, which reports the measure, or returns the draft."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.pages.steps.reasons import OpinionForm, ReasonForm
from workflow.pages.steps.step import Decision, Step
from workflow.queries.consolidations import approved_reports, last_consolidation
from workflow.routing import Verb
from workflow.rules.separation import is_not_the_author


class Sign(Step):
    """The consolidation above the reports it was built from."""

    template = "flows/measure/sign.html"
    decisions = {
        "report": Decision(Verb.REPORT, OpinionForm, _("Sign and report")),
        "return_draft": Decision(Verb.RETURN_DRAFT, ReasonForm, _("Return to the handler")),
    }
    main = "report"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.consolidation = last_consolidation(self.item.measure_id)

    def check(self) -> None:
        """Rule 1: nobody signs what they wrote."""
        is_not_the_author(
            self.people, self.consolidation.touched_by if self.consolidation is not None else ()
        )

    def facts(self) -> dict[str, Any]:
        """The draft and the shares' reports."""
        return {"consolidation": self.consolidation, "reports": approved_reports(self.item.measure_id)}
