"""退回 after verification, where no open work item offers it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.verification import rework_measure
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.steps.rework import ReworkForm, rework_choices
from workflow.queries.seats import bench_of
from workflow.rules.separation import may_verify
from workflow.states import MeasureState


class ReturnMeasure(MeasureDecision):
    """Return named shares of a verified measure, with a reason."""

    name = "return-measure"
    label = _("Return to bureaus")
    effect = _(
        "The measure is in progress again; the bureaus ticked report again, all others keep what they have."
    )
    form_class = ReworkForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor who has no part in the measure (rule 2), or the approver."""
        case.in_state(case.measure, MeasureState.VERIFIED)
        if case.measure.plan_id in case.held.plans(Permission.APPROVE_FOR_PLAN):
            return
        case.needs_plan(Permission.VERIFY_FOR_PLAN)
        bench = bench_of(case.measure.pk, case.person, today())
        may_verify(case.person.pk, bench.is_own_bureau, bench.touched_by)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The shares that can be returned."""
        return rework_choices(case.measure.pk)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Return them."""
        rework_measure(case.measure, by=case.person, **particulars)
