"""What a person may know of: measures by the bureaus, plans and engagements of their roles (DESIGN.md, Visibility)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.rights import Standing, standing
from accounts.roles import Permission
from workflow.clock.now import today
from workflow.models import Engagement, Evaluation, Evidence, Measure, Plan, Report, Share
from workflow.rules.refusal import NotFound
from workflow.states import EvaluationState, MeasureState

P = Permission


def plans_visible_to(user: User, held: Standing | None = None) -> QuerySet[Plan]:
    """Plans in which the person has a plan role, shares in work on the ledger, or an engagement in force."""
    held = held or standing(user, today())
    if held.audits_all:
        return Plan.objects.all()
    shares = Share.objects.filter(plan=OuterRef("pk"), bureau_id__in=held.bureaus(P.VIEW_FOR_BUREAU))
    engaged = _engagements(held).filter(plan=OuterRef("pk"))
    return Plan.objects.filter(Q(pk__in=held.plans(P.VIEW_FOR_PLAN)) | Exists(shares) | Exists(engaged))


def _engagements(held: Standing) -> QuerySet[Engagement]:
    day = today()
    return Engagement.objects.filter(
        pk__in=held.engagements(P.VIEW_FOR_ENGAGEMENT), since__lte=day, until__gte=day
    )


def _sampled(held: Standing, measure: str) -> Q:
    """Whether the row's measure was given to an engagement of the person, and not taken back before it was scored."""
    given = Evaluation.objects.filter(measure=OuterRef(measure), engagement__in=_engagements(held))
    return Q(Exists(given.exclude(state=EvaluationState.WITHDRAWN)))


def measures_visible_to(user: User, held: Standing | None = None) -> QuerySet[Measure]:
    """Measures the person may know of; drafts only by a plan role. All else is 404."""
    held = held or standing(user, today())
    if held.audits_all:
        return Measure.objects.all()
    shares = Share.objects.filter(measure=OuterRef("pk"), bureau_id__in=held.bureaus(P.VIEW_FOR_BUREAU))
    return Measure.objects.filter(
        Q(plan_id__in=held.plans(P.VIEW_FOR_PLAN))
        | (~Q(state=MeasureState.DRAFT) & Exists(shares))
        | _sampled(held, "pk")
    )


def measure_visible_to(user: User, code: str, held: Standing | None = None) -> Measure:
    """The measure of that code with its plan and section; raises NotFound where the person may not know of it."""
    found = (
        measures_visible_to(user, held).filter(code=code).select_related("plan", "section", "dispatch_order")
    )
    measure = found.first()
    if measure is None:
        raise NotFound("thing.unknown")
    return measure


def plan_visible_to(user: User, code: str, held: Standing | None = None) -> Plan:
    """The plan of that code; raises NotFound where the person may not know of it."""
    plan = plans_visible_to(user, held).filter(code=code).first()
    if plan is None:
        raise NotFound("thing.unknown")
    return plan


@dataclass(frozen=True, slots=True)
class ReadingScope:
    """Whose reports of a measure a person may read: those of `bureaus`, or all of them."""

    bureaus: frozenset[int]
    reads_all: bool


def reading_scope(user: User, measure: Measure, held: Standing | None = None) -> ReadingScope:
    """Own bureaus' reports; all by a plan role, an engagement on the measure, or the lead (DESIGN.md, Visibility)."""
    held = held or standing(user, today())
    own = held.bureaus(P.VIEW_FOR_BUREAU)
    by_plan = held.audits_all or measure.plan_id in held.plans(P.VIEW_FOR_PLAN)
    by_engagement = Measure.objects.filter(_sampled(held, "pk"), pk=measure.pk).exists()
    leads = measure.shares.filter(is_lead=True, bureau_id__in=own).exists()
    return ReadingScope(own, by_plan or by_engagement or leads)


def shares_visible_to(user: User, held: Standing | None = None) -> QuerySet[Share]:
    """Facts, states and lamps of every share in a visible measure."""
    return Share.objects.filter(measure__in=measures_visible_to(user, held))


def reports_visible_to(user: User, held: Standing | None = None) -> QuerySet[Report]:
    """Reports: one's own bureau's, all of a measure one's bureau leads, all by a plan role or engagement."""
    held = held or standing(user, today())
    if held.audits_all:
        return Report.objects.all()
    return Report.objects.filter(_of_share_cycle(held, "share_cycle__share"))


def evidence_visible_to(user: User, held: Standing | None = None) -> QuerySet[Evidence]:
    """Evidence, by the same rule as reports; what is not submitted yet only to the bureau that uploaded it."""
    held = held or standing(user, today())
    submitted = Q(report__isnull=False)
    if held.audits_all:
        return Evidence.objects.filter(submitted, removed_at__isnull=True)
    own = Q(share_cycle__share__bureau_id__in=held.bureaus(P.VIEW_FOR_BUREAU))
    return Evidence.objects.filter(
        own | (submitted & _of_share_cycle(held, "share_cycle__share")), removed_at__isnull=True
    )


def _of_share_cycle(held: Standing, share: str) -> Q:
    bureaus = held.bureaus(P.VIEW_FOR_BUREAU)
    led = Measure.objects.filter(shares__is_lead=True, shares__bureau_id__in=bureaus)
    return (
        Q(**{f"{share}__bureau_id__in": bureaus})
        | Q(**{f"{share}__measure__in": led})
        | Q(**{f"{share}__plan_id__in": held.plans(P.VIEW_FOR_PLAN)})
        | _sampled(held, f"{share}__measure")
    )
