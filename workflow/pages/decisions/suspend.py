"""暂缓 and its end: the approver halts a measure until a day, or lets it go on before."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.suspension import RUNNING, last_day, resume_measure, suspend_measure
from workflow.clock.now import today
from workflow.models import Plan
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, day, long_text
from workflow.queries.rules import rules_of
from workflow.rules.refusal import Conflict, require


class SuspendForm(LedgerForm):
    """Until when, and why."""

    until = day(_("Last day of the suspension"), required=True)
    reason = long_text(_("Reason"), rows=3, required=True)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on = today(plan.time_zone)
        limit = last_day(on, rules_of(plan.pk, on).numbers.suspend_months)
        self.fields["until"].widget.attrs.update(min=on.isoformat(), max=limit.isoformat())
        hint = _("At the latest %(limit)s. The next day work goes on by itself.")
        self.fields["until"].help_text = hint % {"limit": limit.isoformat()}


class ResumeForm(LedgerForm):
    """Why, where there is something to say."""

    reason = long_text(_("Reason"), rows=3)


class SuspendMeasure(MeasureDecision):
    """Name the last day and the reason."""

    name = "suspend-measure"
    label = _("Suspend the measure")
    effect = _(
        "From today to the last day nothing is decided on the measure but its resumption or cancellation; its lamp is grey, and every date to come moves by the working days between."
    )
    form_class = SuspendForm

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, on a measure that was dispatched and has not ended."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        case.in_state(case.measure, *RUNNING)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The plan, whose rules limit the time."""
        return {"plan": case.measure.plan}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Suspend it."""
        suspend_measure(case.measure, by=case.person, **particulars)


class ResumeMeasure(MeasureDecision):
    """Let the measure go on before the suspension's last day."""

    name = "resume-measure"
    label = _("Resume the measure")
    effect = _(
        "Work goes on today; the dates that the suspension moved come back by the working days that it did not take."
    )
    form_class = ResumeForm
    stays_open = True

    @classmethod
    def check(cls, case: Case) -> None:
        """The approver, while the measure is suspended."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        suspended = case.measure.is_suspended(today(case.measure.plan.time_zone))
        require(suspended, Conflict("measure.not_suspended"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Resume it."""
        resume_measure(case.measure, by=case.person, **particulars)
