"""退回 without a review item: the lead's head to a supporting share, or a head to the own share once approved."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.shares import UNREPORTED, send_back
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.rules.refusal import Conflict, Forbidden, require
from workflow.rules.separation import is_not_the_author
from workflow.states import ShareState


class SendBackShare(MeasureDecision):
    """Send one share back with a reason, also after its approval, until the measure is reported."""

    name = "send-back"
    label = _("Send the report back")
    effect = _(
        "The bureau reports again in this cycle. No other share is touched; a consolidation under way starts again."
    )

    @classmethod
    def check(cls, case: Case) -> None:
        """The head of the bureau, or of the lead for a supporting share, who did not write the report (rule 1)."""
        share = case.its_share
        own = case.holds_for_bureau(Permission.REVIEW_FOR_BUREAU, share.bureau_id)
        leads = not share.is_lead and case.holds_for_bureau(Permission.REVIEW_FOR_BUREAU, case.lead_bureau)
        require(own or leads, Forbidden("right.missing"))
        require(case.measure.state in UNREPORTED, Conflict("share.measure_reported"))
        case.in_state(share, ShareState.REPORTED, ShareState.VERIFIED)
        people = case.people(Permission.REVIEW_FOR_BUREAU, share.bureau_id if own else case.lead_bureau)
        is_not_the_author(people, case.report.touched_by if case.report is not None else ())

    @classmethod
    def is_timely(cls, case: Case) -> bool:
        """A head decides on the own bureau's report at its review, as long as that is open."""
        own = case.holds_for_bureau(Permission.REVIEW_FOR_BUREAU, case.its_share.bureau_id)
        return not (own and case.its_share.state == ShareState.REPORTED)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Send back."""
        send_back(case.its_share, by=case.person, **particulars)
