"""漏报: a supervisor records the cycle of an ongoing measure as missed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.cycles import miss_cycle
from workflow.clock.now import today
from workflow.models.measure import MeasureKind
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState


class MissCycle(MeasureDecision):
    """End the current cycle as missed and open the next."""

    name = "miss-cycle"
    label = _("Record the cycle as missed")
    effect = _(
        "This cycle ends as missed and the next one becomes current; every open share reports for the new cycle."
    )

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor, on a cycle that is neither verified nor the last."""
        case.needs_plan(Permission.SUPERVISE_FOR_PLAN)
        case.in_state(case.measure, MeasureState.ASSIGNED, MeasureState.IN_PROGRESS, MeasureState.REPORTED)
        require(case.measure.kind == MeasureKind.ONGOING, Conflict("measure.not_ongoing"))
        require(case.cycle is not None and not case.cycle.is_last, Conflict("measure.last_cycle"))

    @classmethod
    def is_timely(cls, case: Case) -> bool:
        """A cycle is missed when its date is over."""
        return case.cycle is not None and case.cycle.due < today()

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Record it."""
        miss_cycle(case.measure, by=case.person, **particulars)
