"""What halted or ended a measure, as its page says it: suspension and cancellation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from workflow.models import (
    Cancellation,
    Cycle,
    Evaluation,
    Measure,
    Objection,
    Suspension,
    Verification,
)
from workflow.models.verification import VerificationDecision
from workflow.states import EvaluationState, MeasureState


@dataclass(frozen=True, slots=True)
class Marks:
    """Whether a measure was ever suspended, objected to, or came to a conclusion that a bureau may object to."""

    suspended: bool
    objected: bool
    concluded: bool


def marks_of(measure: Measure) -> Marks:
    """What of it there is to be read; one statement, so that the page of most measures reads nothing else of it."""
    own = {"measure": OuterRef("pk")}
    returned = VerificationDecision.RETURNED
    concluded = (
        Exists(Verification.objects.filter(cycle__measure=OuterRef("pk"), decision=returned))
        | Exists(Evaluation.objects.filter(state=EvaluationState.SUBMITTED, **own))
        | Exists(Cycle.objects.filter(missed_at__isnull=False, **own))
    )
    found = Measure.objects.filter(pk=measure.pk).values_list(
        Exists(Suspension.objects.filter(**own)), Exists(Objection.objects.filter(**own)), concluded
    )
    return Marks(*found[0])


@dataclass(frozen=True, slots=True)
class Stops:
    """`suspension`: the one that covers the day asked for; `suspensions`: all, the last first."""

    suspension: Suspension | None
    suspensions: list[Suspension]
    cancellation: Cancellation | None


def stops_of(measure: Measure, marks: Marks, on: date) -> Stops:
    """What halted or ended the measure; a statement where it was ever suspended, another where it was cancelled."""
    people = Suspension.objects.select_related("decided_by", "resumed_by")
    found = people.filter(measure=measure).order_by("-pk")
    suspensions = list(found) if marks.suspended else []
    is_over = measure.state != MeasureState.CANCELLED
    return Stops(
        suspension=suspensions[0] if suspensions and measure.is_suspended(on) else None,
        suspensions=suspensions,
        cancellation=None if is_over else _cancellation(measure),
    )


def _cancellation(measure: Measure) -> Cancellation | None:
    return Cancellation.objects.filter(measure=measure).select_related("decided_by").first()
