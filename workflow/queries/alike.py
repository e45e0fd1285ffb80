"""Which plan a draft is plainly a later edition of: it has the same title, or most measures by theirs."""

import re

from django.db.models import Count

from accounts.rights import Standing
from accounts.roles import Permission
from workflow.models import Measure, Plan, PlanImport

ASKED = 200
"""Measures of the draft whose titles are looked for; more say no more."""
_YEARS = re.compile(r"[（(]?(?:19|20|21)\d\d[^）)]{0,12}[）)]?|\s")


def plan_alike(row: PlanImport, held: Standing) -> Plan | None:
    """The plan of the import's office that the draft is like, as far as the person may see it. At most four statements.

    None where a plan has this very source.
    """
    plans = Plan.objects.filter(pk__in=held.plans(Permission.VIEW_FOR_PLAN), supervision_office=row.office_id)
    found = list(plans.only("pk", "code", "title", "source_hash", "edition", "state").order_by("-pk"))
    if not found or any(plan.source_hash == row.source_hash for plan in found):
        return None
    same = [plan for plan in found if _bare(plan.title) == _bare(row.title)]
    return same[0] if len(same) == 1 else _by_measures(row, same or found)


def _bare(title: str) -> str:
    """The title without its years, for the next edition may have others."""
    return _YEARS.sub("", title)


def _by_measures(row: PlanImport, plans: list[Plan]) -> Plan | None:
    titles = set(row.measures.order_by("pk").values_list("data__title", flat=True)[:ASKED])
    counts: dict[int, int] = dict(
        Measure.objects.filter(plan__in=plans, title__in=titles)
        .order_by()
        .values_list("plan_id")
        .annotate(Count("title", distinct=True))
    )
    best = max(plans, key=lambda plan: counts.get(plan.pk, 0))
    return best if counts.get(best.pk, 0) * 2 > len(titles) else None
