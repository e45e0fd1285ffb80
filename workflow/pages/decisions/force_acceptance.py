"""强制签收: a supervisor, after the limit."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.shares import force_accept
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.queries.deadlines import acceptance_limit
from workflow.rules.refusal import Conflict, require
from workflow.states import ShareState


class ForceAcceptance(MeasureDecision):
    """Let a share count as accepted, with a reason."""

    name = "force-acceptance"
    label = _("Force acceptance")
    effect = _(
        "The share counts as accepted and its dates run. Nobody holds it yet: a handler of the bureau claims it."
    )

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor of the plan, once the time for acceptance is over."""
        case.needs_plan(Permission.SUPERVISE_FOR_PLAN)
        case.in_state(case.its_share, ShareState.ASSIGNED)
        limit = acceptance_limit(case.its_share, case.measure.plan_id, today())
        require(today() > limit, Conflict("share.unaccepted_limit", limit=limit.isoformat()))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Force acceptance."""
        force_accept(case.its_share, by=case.person, **particulars)
