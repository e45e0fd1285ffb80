"""The last decisions on a measure in its current cycle."""

from workflow.models import Cycle, Evaluation, Verification
from workflow.models.verification import VerificationDecision


def last_verification(measure_id: int) -> Verification | None:
    """The verification that stands in the current cycle."""
    return (
        Verification.objects.filter(
            cycle__measure_id=measure_id, cycle__is_current=True, decision=VerificationDecision.VERIFIED
        )
        .select_related("decided_by")
        .order_by("-pk")
        .first()
    )


def last_evaluation(measure_id: int) -> Evaluation | None:
    """The last evaluation of the current cycle, submitted or not."""
    return (
        Evaluation.objects.filter(measure_id=measure_id, cycle__is_current=True)
        .select_related("engagement__agency", "evaluated_by")
        .order_by("-pk")
        .first()
    )


def current_cycle(measure_id: int) -> Cycle:
    """The current cycle, with who waived its evaluation."""
    return Cycle.objects.select_related("evaluation_waived_by").get(measure_id=measure_id, is_current=True)
