"""Plans that a person may see."""

from django.db.models import Exists, OuterRef, QuerySet

from workflow.models import Measure, Plan


def plans_among(visible: QuerySet[Measure]) -> QuerySet[Plan]:
    """The plans to which the measures `visible` belong."""
    return Plan.objects.filter(Exists(visible.filter(plan_id=OuterRef("pk")))).order_by("-period_start", "pk")
