"""The measures of a plan as a later edition finds them, and what its editions have left open."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.rights import Standing
from accounts.roles import Permission
from workflow.models import Amendment, ImportSection, Measure, Plan, PlanImport, ResponsibleUnit
from workflow.models.amendment import AmendedField
from workflow.states import AmendmentState, ImportState, MeasureState


def measures_to_renew(plan: Plan) -> list[Measure]:
    """The plan's measures in order with all that is compared of them; those that an edition discarded apart.

    `was_dropped`: whether an earlier edition has dropped the measure already. Six statements.
    """
    dropped = Amendment.objects.filter(measure=OuterRef("pk"), field=AmendedField.DROPPED)
    dropped = dropped.exclude(state=AmendmentState.SUPERSEDED)
    discarded = Q(state=MeasureState.CANCELLED, dispatch_order=None)
    found = (
        Measure.objects.filter(plan=plan)
        .exclude(discarded)
        .annotate(was_dropped=Exists(dropped))
        .select_related("section")
        .prefetch_related(
            Prefetch("units", ResponsibleUnit.objects.order_by("position")),
            "targets",
            "milestones",
            "items",
        )
        .order_by("position")
    )
    return list(found)


def sees_whole(held: Standing, plan: Plan) -> bool:
    """Whether the person may see every measure of the plan: who compares a later edition with it must."""
    return held.audits_all or plan.pk in held.plans(Permission.VIEW_FOR_PLAN)


def open_amendments(plan: Plan) -> QuerySet[Amendment]:
    """What a later edition changes of the plan's measures and nobody has settled yet, in the order of the measures."""
    found = Amendment.objects.filter(measure__plan=plan, state=AmendmentState.OPEN)
    return found.select_related("measure", "plan_import", "decided_by").order_by("measure__position", "pk")


def amendments_of(measure: Measure) -> list[Amendment]:
    """What later editions change of the measure, what is open first, then the newest. One statement."""
    rows = measure.amendments.select_related("plan_import", "decided_by", "settled_by").order_by("-pk")
    return sorted(rows, key=lambda one: not one.is_open)


def editions_of(plan: Plan) -> list[PlanImport]:
    """The imports that made the plan and its later editions, the newest first. One statement."""
    rows = PlanImport.objects.filter(plan=plan, state=ImportState.CONFIRMED)
    return list(
        rows.select_related("confirmed_by")
        .defer("warnings", "bureaus", "last_edit")
        .order_by("-edition", "-pk")
    )


def awaiting_admission(plan: Plan) -> QuerySet[Measure]:
    """The draft measures that a later edition brought and no approver has admitted yet, in order."""
    waiting = plan.measures.filter(added_in__isnull=False, admitted_at=None, state=MeasureState.DRAFT)
    return waiting.select_related("section").order_by("position")


def keyed_draft(plan_import: PlanImport) -> list[tuple[ImportSection, list[tuple[int, dict[str, Any]]]]]:
    """The whole draft in order: each section with its measures, each by its key. Two statements."""
    found: dict[int, tuple[ImportSection, list[tuple[int, dict[str, Any]]]]] = {}
    for section in plan_import.sections.order_by("position", "pk"):
        found[section.pk] = (section, [])
    rows = plan_import.measures.order_by("section__position", "section_id", "position", "pk")
    for section_id, key, data in rows.values_list("section_id", "pk", "data"):
        found[section_id][1].append((key, data))
    return list(found.values())
