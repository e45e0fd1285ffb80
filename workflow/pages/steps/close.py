"""销号: the approving leader checks the answers and strikes the measure off, or returns named shares."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.clock.now import today
from workflow.pages.steps.reasons import OpinionForm
from workflow.pages.steps.rework import ReworkForm, rework_choices
from workflow.pages.steps.step import Decision, Step
from workflow.queries.consolidations import approved_reports, last_consolidation
from workflow.queries.decisions import current_cycle, last_evaluation, last_verification
from workflow.queries.separation import check_closer
from workflow.queries.targets import targets_with_values
from workflow.routing import Verb


class Close(Step):
    """Check your answers, then decide."""

    template = "flows/measure/close.html"
    decisions = {
        "close": Decision(Verb.CLOSE, OpinionForm, _("Strike the measure off")),
        "rework": Decision(Verb.REWORK, ReworkForm, _("Return to bureaus")),
    }
    main = "close"

    def build_with(self, name: str) -> dict[str, Any]:
        """The shares that can be returned."""
        return rework_choices(self.item.measure_id) if name == "rework" else {}

    def check(self) -> None:
        """Rule 3: not what one verified, nor one's own bureau's measure."""
        check_closer(self.item.measure_id, self.person, today())

    def facts(self) -> dict[str, Any]:
        """Everything the closure rests on."""
        measure_id = self.item.measure_id
        targets = targets_with_values(self.measure)
        return {
            "consolidation": last_consolidation(measure_id),
            "reports": approved_reports(measure_id),
            "verification": last_verification(measure_id),
            "evaluation": last_evaluation(measure_id),
            "cycle": current_cycle(measure_id),
            "targets": targets,
            "unmet": [standing.target for standing in targets if standing.is_open],
        }
