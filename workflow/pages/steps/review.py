"""审核: the bureau's head reads the report beside its previous version and decides."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.pages.compare import Comparison, compare
from workflow.pages.steps.reasons import OpinionForm, ReasonForm
from workflow.pages.steps.step import Decision, Step
from workflow.queries.reports import reports_of_share, sent_evidence
from workflow.routing import Verb
from workflow.rules.separation import is_not_the_author


class Review(Step):
    """Approve with an opinion, or send back with a reason."""

    template = "flows/share/review.html"
    decisions = {
        "approve": Decision(Verb.APPROVE, OpinionForm, _("Approve")),
        "send_back": Decision(Verb.SEND_BACK, ReasonForm, _("Send back")),
    }
    main = "approve"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.reports = reports_of_share(self.item.share_id)

    def check(self) -> None:
        """Rule 1: nobody reviews what they wrote or submitted."""
        is_not_the_author(self.people, self.reports[0].touched_by if self.reports else ())

    def facts(self) -> dict[str, Any]:
        """The report, the version before it, and what changed between them."""
        latest = next(iter(self.reports), None)
        before = next(iter(self.reports[1:]), None)
        return {
            "report": latest,
            "previous": before,
            "changes": self._changes(),
            "evidence_sent": sent_evidence(self.item.share_id),
        }

    def _changes(self) -> list[Comparison]:
        if len(self.reports) < 2:
            return []
        return compare(self.reports[1], self.reports[0])
