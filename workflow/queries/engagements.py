"""Engagements of a plan."""

from datetime import date

from django.db.models import BigIntegerField, QuerySet, Value

from accounts.models import User
from accounts.rights import granted_role
from accounts.roles import Permission, ScopeKind
from workflow.models import Engagement
from workflow.rules.refusal import NotFound


def engagements_in_force(plan_id: int, on: date) -> QuerySet[Engagement]:
    """The plan's engagements that hold on a day, with their agencies."""
    return (
        Engagement.objects.filter(plan_id=plan_id, since__lte=on, until__gte=on)
        .select_related("agency")
        .order_by("agency__name", "pk")
    )


def engagement_to_give(engagement_id: int, plan_id: int, person: User, on: date) -> Engagement:
    """The engagement with its agency and `role`, by which the person engages agencies for the plan, or None.

    Raises NotFound where there is none of that id. One statement.
    """
    found = (
        Engagement.objects.filter(pk=engagement_id)
        .select_related("agency")
        .annotate(asked=Value(plan_id, output_field=BigIntegerField()))
        .annotate(role=granted_role(person, Permission.ENGAGE_FOR_PLAN, ScopeKind.PLAN, "asked", on))
        .first()
    )
    if found is None:
        raise NotFound("thing.unknown")
    return found
