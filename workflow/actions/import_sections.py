"""Putting the sections of a draft right: named, moved, begun, joined to the one before, removed."""

from django.db.models import F, QuerySet

from accounts.models import User
from workflow.actions.import_edits import PLACE, Edit, editing
from workflow.actions.importing import GAP
from workflow.actions.step import fitting
from workflow.models import ImportMeasure, ImportSection, PlanImport
from workflow.rules.refusal import Conflict, Invalid, require

NUMBER_LONGEST = 20
TITLE_LONGEST = 200


def change_section(
    plan_import: PlanImport, pk: int, *, by: User, number: str, title: str, version: int | None = None
) -> None:
    """Give the section's number and title. Raises Invalid for one that is too long, or no title; Conflict for a
    section that is no longer as it was in `version`.
    """
    with editing(plan_import, by=by) as edit:
        section = edit.section(pk, version)
        require(bool(title.strip()), Invalid("input.title", field="title"))
        section.number = fitting(number.strip(), "number", NUMBER_LONGEST)
        section.title = fitting(title.strip(), "title", TITLE_LONGEST)
        edit.save(section)


def add_section(plan_import: PlanImport, *, by: User, title: str) -> ImportSection:
    """Put a new section at the end."""
    with editing(plan_import, by=by) as edit:
        require(bool(title.strip()), Invalid("input.title", field="title"))
        last = edit.row.sections.order_by("position", "pk").last()
        position = (last.position if last else 0) + GAP
        return edit.add_section(position, title=fitting(title.strip(), "title", TITLE_LONGEST))


def move_section(plan_import: PlanImport, pk: int, *, by: User, up: bool, version: int | None = None) -> None:
    """Let a section change places with the one above or below it; raises Conflict where there is none."""
    with editing(plan_import, by=by) as edit:
        section = edit.section(pk, version)
        beside = _above(section).last() if up else _below(section).first()
        require(beside is not None, Conflict("import.no_neighbour"))
        assert beside is not None  # noqa: S101 - just required
        other = edit.section(beside.pk)
        section.position, other.position = other.position, section.position
        edit.save(section)
        edit.save(other)


def begin_section(plan_import: PlanImport, measure: int, *, by: User, title: str) -> ImportSection:
    """Let a new section begin with this measure: it and those behind it stand in it from now on."""
    with editing(plan_import, by=by) as edit:
        require(bool(title.strip()), Invalid("input.title", field="title"))
        first = edit.measure(measure)
        behind = _below(first.section).first()
        position = (first.section.position + behind.position) // 2 if behind else first.section.position + GAP
        if behind is not None and position == first.section.position:
            position = _make_room(edit, first.section)
        added = edit.add_section(position, title=fitting(title.strip(), "title", TITLE_LONGEST))
        moved = first.section.measures.filter(position__gte=first.position)
        _move(edit, moved, added)
    return added


def join_section(plan_import: PlanImport, pk: int, *, by: User, version: int | None = None) -> ImportSection:
    """Put a section's measures behind those of the section before it, and remove it; raises Conflict for the first one."""
    with editing(plan_import, by=by) as edit:
        section = edit.section(pk, version)
        above = _above(section).last()
        require(above is not None, Conflict("import.no_neighbour"))
        assert above is not None  # noqa: S101 - just required
        last = above.measures.order_by("position", "pk").last()
        _move(edit, section.measures.all(), above, behind=last.position if last else 0)
        section.delete()
    return above


def remove_section(plan_import: PlanImport, pk: int, *, by: User, version: int | None = None) -> None:
    """Take a section with all its measures out of the draft; raises Conflict for the only one."""
    with editing(plan_import, by=by) as edit:
        section = edit.section(pk, version)
        require(edit.row.sections.count() > 1, Conflict("import.section_kept"))
        for measure in section.measures.all():
            edit.keep(measure)
        section.delete()


def _above(section: ImportSection) -> QuerySet[ImportSection]:
    rows = section.plan_import.sections.order_by("position", "pk")
    return rows.filter(position__lt=section.position)


def _below(section: ImportSection) -> QuerySet[ImportSection]:
    rows = section.plan_import.sections.order_by("position", "pk")
    return rows.filter(position__gt=section.position)


def _make_room(edit: Edit, section: ImportSection) -> int:
    """Set the sections apart again; returns a free place behind this one. The edit cannot be taken back then."""
    rows = list(edit.row.sections.order_by("position", "pk"))
    for n, row in enumerate(rows, start=1):
        row.position = n * GAP
    ImportSection.objects.bulk_update(rows, ["position"], batch_size=500)
    edit.can_be_undone = False
    place = next(row.position for row in rows if row.pk == section.pk)
    return place + GAP // 2


def _move(edit: Edit, measures: QuerySet[ImportMeasure], to: ImportSection, *, behind: int = 0) -> None:
    """Let measures stand in another section in their order, behind the place `behind`."""
    rows = list(measures.order_by("position", "pk").only("pk", *PLACE))
    if not rows:
        return
    for row in rows:
        edit.keep(row, PLACE)
    further = behind + GAP - rows[0].position
    measures.update(section=to, position=F("position") + further, version=F("version") + 1)
