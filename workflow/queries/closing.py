"""What must hold before a measure is struck off: targets met or waived, a due evaluation passed or waived."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import BigIntegerField, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.rights import DAY, PERMISSION, PERSON, granted_role
from accounts.roles import Permission, ScopeKind
from workflow.models import Cycle, Evaluation, Measure, Reading, Verification
from workflow.models.measure import EvaluationDue
from workflow.models.report import ReviewDecision
from workflow.models.verification import VerificationDecision
from workflow.states import EvaluationResult, EvaluationState, MeasureState, TargetState

ENDED = (MeasureState.CLOSED, MeasureState.CANCELLED)
SETTLED = frozenset({EvaluationResult.PASSED, EvaluationResult.CONDITIONAL})


def is_met(comparator: str, promised: Decimal | None, value: Decimal | None) -> bool:
    """Whether a reading meets a target. A target without a number (all-or-nothing, relative) is answered
    with 1 for met and 0 for not met.
    """
    if value is None:
        return False
    if promised is None:
        return value >= 1
    match comparator:
        case ">":
            return value > promised
        case "<":
            return value < promised
        case "<=":
            return value <= promised
        case "=":
            return value == promised
        case _:
            return value >= promised


def standing_readings(target: str = "pk") -> QuerySet[Reading]:
    """For a subquery on Target (or where `target` is the path to its key): the lead's approved readings that were not returned, the last reported first."""
    return Reading.objects.filter(
        target=OuterRef(target),
        report__decision=ReviewDecision.APPROVED,
        report__returned_at__isnull=True,
        report__share_cycle__share__is_lead=True,
    ).order_by("-report__share_cycle__cycle__index", "-report__version")


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What a closure rests on beside the shares.

    `role`: by which the person may close, or None. `has_verified`: whether they ever verified the measure.
    `unmet`: texts of confirmed targets that the lead's last approved reading does not meet. `result`: of the current
    cycle's last evaluation. `plan_goes_on`: whether another measure of the plan has not ended.
    """

    role: str | None
    has_verified: bool
    unmet: list[str]
    result: str
    plan_goes_on: bool


def _closing() -> QuerySet[Measure]:
    """One row for each confirmed target of the measure, or one without a target."""
    verified = Verification.objects.filter(
        cycle__measure=OuterRef("pk"), decision=VerificationDecision.VERIFIED, decided_by=PERSON
    )
    rounds = Evaluation.objects.filter(
        measure=OuterRef("pk"), cycle__is_current=True, state=EvaluationState.SUBMITTED
    )
    others = Measure.objects.filter(
        plan=OuterRef("plan"), state__in=sorted(set(MeasureState.values) - set(ENDED))
    )
    return (
        Measure.objects.filter(pk=Slot("measure", BigIntegerField()))
        .annotate(
            role=granted_role(PERSON, PERMISSION, ScopeKind.PLAN, "plan_id", DAY),
            has_verified=Exists(verified),
            result=Subquery(rounds.order_by("-round").values("result")[:1]),
            plan_goes_on=Exists(others.exclude(pk=OuterRef("pk"))),
            promised=FilteredRelation("targets", condition=Q(targets__state=TargetState.CONFIRMED)),
            target_text=F("promised__text"),
            target_comparator=F("promised__comparator"),
            target_value=F("promised__value"),
            target_reached=Subquery(standing_readings("promised__pk").values("value")[:1]),
        )
        .only("pk")
        .order_by("promised__position")
    )


_CLOSING = CompiledRead(_closing)


def closing_facts(measure_id: int, person: User, permission: Permission, on: date) -> ClosingFacts:
    """What must hold, or be known, when `person` closes the measure by `permission`; one statement."""
    rows = _CLOSING(measure=measure_id, person=person.pk, permission=permission, day=on)
    return ClosingFacts(
        role=rows[0].role,
        has_verified=rows[0].has_verified,
        unmet=[
            row.target_text
            for row in rows
            if row.target_text is not None
            and not is_met(row.target_comparator, row.target_value, row.target_reached)
        ],
        result=rows[0].result or "",
        plan_goes_on=rows[0].plan_goes_on,
    )


def plan_goes_on_without(measure: Measure) -> bool:
    """Whether another measure of the plan has not ended; one statement."""
    others = Measure.objects.filter(plan=measure.plan_id).exclude(pk=measure.pk)
    return others.exclude(state__in=ENDED).exists()


def evaluation_is_due(measure: Measure, cycle: Cycle) -> bool:
    """Whether a third-party evaluation stands between verification and the end of this cycle, and was not waived."""
    if cycle.evaluation_waived_by_id is not None:
        return False
    if measure.evaluation_due == EvaluationDue.EVERY:
        return True
    return measure.evaluation_due == EvaluationDue.LAST and cycle.is_last


def evaluation_is_settled(measure: Measure, cycle: Cycle) -> bool:
    """Whether the evaluation due in `cycle` was waived, or its last round passed or was conditional."""
    if cycle.evaluation_waived_by_id is not None:
        return True
    last = (
        Evaluation.objects.filter(measure=measure, cycle=cycle, state=EvaluationState.SUBMITTED)
        .order_by("-round")
        .first()
    )
    return last is not None and last.result in SETTLED
