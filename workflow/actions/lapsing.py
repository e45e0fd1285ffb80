"""A consolidation that waits for its signature loses its ground when a share goes back, or its cycle is missed."""

from workflow.actions.step import Step
from workflow.models import Consolidation, Cycle
from workflow.models.consolidation import ConsolidationDecision


def lapse_consolidation(
    step: Step,
    cycle: Cycle,
    reason: str,
    decision: ConsolidationDecision = ConsolidationDecision.RETURNED,
) -> None:
    """Return the draft that waits in the cycle, where there is one, by whoever took its ground away, for their reason.

    `decision`: LAPSED where that was no judgement of the draft, so that who took it does not count as having touched it.
    """
    Consolidation.objects.filter(cycle=cycle, decision=ConsolidationDecision.NONE).update(
        decision=decision,
        decision_reason=reason,
        decided_by=step.person,
        decided_at=step.at,
    )
