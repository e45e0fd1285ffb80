"""签收: the bureau takes its share on."""

from typing import Any

from django.utils.translation import pgettext_lazy

from workflow.pages.form import LedgerForm
from workflow.pages.steps.step import Decision, Step
from workflow.queries.reports import targets_of_share
from workflow.queries.shares import current_share_cycle
from workflow.routing import Verb


class AcceptForm(LedgerForm):
    """Nothing to fill in."""


class Accept(Step):
    """What is asked of the bureau, and one button."""

    template = "flows/share/accept.html"
    decisions = {"accept": Decision(Verb.ACCEPT, AcceptForm, pgettext_lazy("step", "Accept"))}
    main = "accept"

    def facts(self) -> dict[str, Any]:
        """The targets that the share will report, and by when."""
        return {
            "targets": targets_of_share(self.share),
            "share_cycle": current_share_cycle(self.item.share_id),
        }
