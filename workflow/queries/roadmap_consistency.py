"""Whether roadmaps add up, and steps and things to do lie with shares that can see to them."""

from collections.abc import Iterator

from django.db.models import F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from workflow.models import ActionItem, Measure, Milestone
from workflow.queries.findings import Finding, found
from workflow.states import ShareState

WHOLE = 100


def roadmap_findings() -> Iterator[Finding]:
    """Everything about roadmaps and single things to do that contradicts itself."""
    steps = Milestone.objects.filter(measure=OuterRef("pk"))
    filed = Measure.objects.annotate(
        whole=_weight(steps), confirmed=_weight(steps.filter(confirmed_at__isnull=False))
    )
    wrong = ~Q(whole=WHOLE)
    yield from found(
        filed.filter(wrong, roadmap_version__gt=0), _("the weights of its roadmap do not make 100")
    )
    yield from found(
        filed.exclude(progress=F("confirmed")), _("its progress is not that of its confirmed milestones")
    )
    for things, open_ones in (
        (Milestone.objects.all(), Q(reached_on__isnull=True)),
        (ActionItem.objects.all(), Q(done_on__isnull=True)),
    ):
        yield from _astray(things, open_ones)


def _weight(steps: QuerySet[Milestone]) -> Coalesce:
    total = steps.order_by().values("measure").annotate(total=Sum("weight")).values("total")
    return Coalesce(Subquery(total), 0, output_field=IntegerField())


def _astray(things: QuerySet[Milestone] | QuerySet[ActionItem], open_ones: Q) -> Iterator[Finding]:
    given: QuerySet[Model] = things.filter(share__isnull=False)
    elsewhere = given.exclude(share__measure=F("measure"))
    yield from found(elsewhere, _("is a share's of another measure"))
    ended = ~Q(measure__state__in=("closed", "cancelled")) & Q(share__state=ShareState.CLOSED)
    yield from found(given.filter(open_ones & ended), _("waits with a share that has ended"))
