"""Imports of documents: whose they are, and a draft's sections and measures, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Bureau
from accounts.rights import Grant, Standing
from accounts.roles import Permission, ScopeKind
from workflow.models import ImportMeasure, ImportSection, Plan, PlanImport
from workflow.rules.refusal import NotFound
from workflow.states import ImportState

P = Permission
PAGE = 50
"""Measures on one page of the draft."""


def grant_to_import(held: Standing, office_id: int) -> Grant | None:
    """The grant by which plans may be brought in for that office, or None.

    A supervisor appointed in the office may, and one of a plan that the office supervises. At most one statement.
    """
    for grant, permission in held.grants:
        if permission == P.IMPORT_FOR_BUREAU and grant.scope_id == office_id:
            return grant
    plans = held.plans(P.PREPARE_FOR_PLAN)
    if not plans:
        return None
    supervised = set(
        Plan.objects.filter(pk__in=plans, supervision_office=office_id).values_list("pk", flat=True)
    )
    return next(
        (
            grant
            for grant, permission in held.grants
            if permission == P.PREPARE_FOR_PLAN
            and grant.scope_kind == ScopeKind.PLAN
            and grant.scope_id in supervised
        ),
        None,
    )


def offices_to_import_for(held: Standing) -> QuerySet[Bureau]:
    """The supervision offices for which plans may be brought in."""
    by_plan = Plan.objects.filter(pk__in=held.plans(P.PREPARE_FOR_PLAN)).values("supervision_office")
    found: QuerySet[Bureau] = Bureau.objects.filter(
        Q(pk__in=held.bureaus(P.IMPORT_FOR_BUREAU)) | Q(pk__in=by_plan), active=True
    ).order_by("path")
    return found


def may_import(held: Standing) -> bool:
    """Whether plans may be brought in for some office; no statement for who has no such role."""
    if not held.bureaus(P.IMPORT_FOR_BUREAU) and not held.plans(P.PREPARE_FOR_PLAN):
        return False
    return offices_to_import_for(held).exists()


def imports_visible_to(held: Standing) -> QuerySet[PlanImport]:
    """The imports of the offices for which plans may be brought in."""
    return PlanImport.objects.filter(office__in=offices_to_import_for(held))


def import_visible_to(held: Standing, pk: int) -> PlanImport:
    """The import of that number with its office and plan; raises NotFound where it is not theirs to know of."""
    found = imports_visible_to(held).select_related("office", "plan", "begun_by", "confirmed_by")
    row = found.filter(pk=pk).first()
    if row is None:
        raise NotFound("thing.unknown")
    return row


def unfinished_imports(held: Standing) -> list[PlanImport]:
    """Imports that were neither confirmed nor dropped, the last touched first."""
    waiting = imports_visible_to(held).exclude(state=ImportState.CONFIRMED)
    return list(
        waiting.select_related("begun_by", "office", "renews").defer("warnings", "bureaus", "last_edit")
    )


def sections_with_counts(plan_import: PlanImport) -> list[ImportSection]:
    """The draft's sections in order, each with `count` of its measures. One statement."""
    return list(plan_import.sections.annotate(count=Count("measures")).order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Some of a section's measures in order; `next` and `previous` are keys of the pages beside it, or None."""

    measures: list[ImportMeasure]
    next: int | None
    previous: int | None


def measure_page(section: ImportSection, start: int | None = None) -> MeasurePage:
    """The page of a section that begins with the measure of key `start`, or with its first. Three statements at most."""
    rows = section.measures.order_by("position", "pk")
    first = None if start is None else rows.filter(pk=start).first()
    if first is None:
        found = list(rows[: PAGE + 1])
        return MeasurePage(found[:PAGE], found[PAGE].pk if len(found) > PAGE else None, None)
    found = list(rows.filter(_from(first))[: PAGE + 1])
    before = list(rows.filter(~_from(first)).reverse()[:PAGE])
    following = found[PAGE].pk if len(found) > PAGE else None
    return MeasurePage(found[:PAGE], following, before[-1].pk if before else None)


def _from(row: ImportMeasure) -> Q:
    """The measures of a section from `row` on."""
    return Q(position__gt=row.position) | Q(position=row.position, pk__gte=row.pk)


def place_of(plan_import: PlanImport, line: int) -> ImportMeasure | None:
    """The measure to which a line of the source belongs: of which something begins on it or last before. One statement."""
    rows = plan_import.lines.filter(line__lte=line).select_related("measure__section")
    found = rows.order_by("-line", "pk").first()
    return found.measure if found is not None else None


def page_start(measure: ImportMeasure) -> int | None:
    """The key of the page on which a measure stands when its section is read from the beginning. Two statements."""
    rows = measure.section.measures.order_by("position", "pk")
    before = rows.filter(~_from(measure)).count()
    if before < PAGE:
        return None
    return rows[before - before % PAGE].pk


def draft_sections(plan_import: PlanImport) -> list[tuple[ImportSection, list[dict[str, Any]]]]:
    """The whole draft in order: each section with its measures' data. Two statements."""
    found: dict[int, tuple[ImportSection, list[dict[str, Any]]]] = {}
    for section in plan_import.sections.order_by("position", "pk"):
        found[section.pk] = (section, [])
    rows = plan_import.measures.order_by("section__position", "section_id", "position", "pk")
    for section_id, data in rows.values_list("section_id", "data"):
        found[section_id][1].append(data)
    return list(found.values())
