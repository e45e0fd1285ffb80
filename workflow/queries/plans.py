"""Plans that a person may see."""

from django.db.models import QuerySet

from workflow.models import Measure, Plan


def plans_among(visible: QuerySet[Measure]) -> QuerySet[Plan]:
    """The plans to which the measures `visible` belong."""
    return Plan.objects.filter(pk__in=visible.order_by().values("plan_id")).order_by("-period_start", "pk")
