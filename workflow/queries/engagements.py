"""Engagements of a plan."""

from datetime import date

from django.db.models import QuerySet

from workflow.models import Engagement


def engagements_in_force(plan_id: int, on: date) -> QuerySet[Engagement]:
    """The plan's engagements that hold on a day, with their agencies."""
    return (
        Engagement.objects.filter(plan_id=plan_id, since__lte=on, until__gte=on)
        .select_related("agency")
        .order_by("agency__name", "pk")
    )
