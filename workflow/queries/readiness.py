"""Which measures of a plan in preparation are not ready, and what each lacks."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from workflow.models import Measure, Plan, ResponsibleUnit
from workflow.models.measure import MeasureKind
from workflow.rules.readiness import Gap, ReadinessFacts, gaps
from workflow.states import MeasureState, TargetState

_UNDECIDED = Q(units__bureau__isnull=True, units__collective_kind="", units__resolve_by__isnull=True)


def with_readiness(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """The measures annotated with what `gaps_of` needs."""
    return measures.annotate(
        leads=Count("units", filter=Q(units__is_lead=True, units__bureau__isnull=False), distinct=True),
        undecided_units=Count("units", filter=_UNDECIDED, distinct=True),
        undecided_targets=Count("targets", filter=Q(targets__state=TargetState.PROPOSED), distinct=True),
    )


def gaps_of(measure: Measure) -> tuple[Gap, ...]:
    """What a measure of `with_readiness` lacks."""
    return gaps(
        ReadinessFacts(
            leads=getattr(measure, "leads", 0),
            undecided_units=getattr(measure, "undecided_units", 0),
            is_timed=measure.kind != MeasureKind.UNDECIDED,
            undecided_targets=getattr(measure, "undecided_targets", 0),
        )
    )


def measures_not_ready(plan: Plan) -> list[Measure]:
    """The plan's measures that lack something, in order."""
    drafts = plan.measures.filter(state=MeasureState.DRAFT).order_by("position")
    return [measure for measure in with_readiness(drafts) if gaps_of(measure)]


def measures_naming_the_office(plan: Plan) -> list[Measure]:
    """The plan's measures in which its supervision office will have a share, in order."""
    office = plan.supervision_office
    if office is None:
        return []
    own = ResponsibleUnit.objects.filter(
        Q(bureau=office) | Q(collective_kind=office.kind), measure=OuterRef("pk")
    )
    named = plan.measures.exclude(state=MeasureState.CANCELLED).filter(Exists(own))
    return list(named.order_by("position"))


def next_not_ready(measure: Measure) -> Measure | None:
    """The next measure of the plan that lacks something, after `measure` and then from the beginning."""
    waiting = [other for other in measures_not_ready(measure.plan) if other.pk != measure.pk]
    later = (other for other in waiting if other.position > measure.position)
    return next(later, waiting[0] if waiting else None)
