"""Putting the draft of an import right: measures and sections are changed, moved, split, merged, added and removed.

Every edit raises the import's version and keeps what it changed as it was, so that the last one can be taken back.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from workflow.actions.import_lines import rewrite_lines
from workflow.actions.importing import BATCH, GAP, locked_import, require_right
from workflow.clock.now import now
from workflow.models import ImportMeasure, ImportSection, PlanImport
from workflow.rules.refusal import Conflict, Invalid, NotFound, require
from workflow.states import ImportState

HEADER = ("title", "period", "period_start", "period_end", "ticked", "bureaus", "pairs", "renews_id")
SECTION = ("position", "number", "title", "version")
PLACE = ("section_id", "position")
MEASURE = (*PLACE, "line", "data")


@dataclass(slots=True)
class Edit:
    """One edit under way on a locked draft. `before` is what it changes, as it was; None stands for what is new."""

    row: PlanImport
    sections: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    measures: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    can_be_undone: bool = True

    def measure(self, pk: int, version: int | None = None) -> ImportMeasure:
        """The measure, to be changed; raises Conflict where somebody changed or removed it meanwhile."""
        found = self.row.measures.filter(pk=pk).select_related("section").first()
        require(found is not None, Conflict("import.changed"))
        assert found is not None  # noqa: S101 - just required
        require(version is None or found.version == version, Conflict("import.changed"))
        self.keep(found)
        return found

    def keep(self, measure: ImportMeasure, names: Sequence[str] = MEASURE) -> None:
        """Note how a measure stands before it is changed; of one that is only moved, its place."""
        self.measures.setdefault(str(measure.pk), {name: getattr(measure, name) for name in names})

    def section(self, pk: int, version: int | None = None) -> ImportSection:
        """The section, to be changed; raises Conflict where somebody changed or removed it meanwhile."""
        found = self.row.sections.filter(pk=pk).first()
        require(found is not None, Conflict("import.changed"))
        assert found is not None  # noqa: S101 - just required
        require(version is None or found.version == version, Conflict("import.changed"))
        self.sections.setdefault(str(pk), {name: getattr(found, name) for name in SECTION})
        return found

    def save(self, changed: ImportMeasure | ImportSection) -> None:
        """Store a changed measure or section."""
        changed.version += 1
        changed.save()

    def add_measure(self, section: ImportSection, position: int, data: Mapping[str, Any]) -> ImportMeasure:
        """A new measure."""
        added = ImportMeasure.objects.create(
            plan_import=self.row,
            section=section,
            position=position,
            line=data.get("line"),
            data=dict(data),
        )
        self.measures[str(added.pk)] = None
        rewrite_lines(self.row.pk, [added])
        return added

    def add_section(self, position: int, number: str = "", title: str = "") -> ImportSection:
        """A new section."""
        added = ImportSection.objects.create(
            plan_import=self.row, position=position, number=number, title=title
        )
        self.sections[str(added.pk)] = None
        return added


@contextmanager
def editing(plan_import: PlanImport, *, by: User) -> Iterator[Edit]:
    """Open an edit of the draft: locked, by somebody who may, and not confirmed. Raises the refusal otherwise."""
    with transaction.atomic():
        row = locked_import(plan_import.pk)
        require_right(row, by)
        require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
        require(row.state == ImportState.DRAFT, Conflict("import.not_read"))
        edit = Edit(row, header={name: _plain(getattr(row, name)) for name in HEADER})
        yield edit
        row.last_edit = _kept(edit) if edit.can_be_undone else {}
        row.version = row.version + 1
        row.touched_at = now()
        row.save()
    plan_import.refresh_from_db()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _kept(edit: Edit) -> dict[str, Any]:
    return {"header": edit.header, "sections": edit.sections, "measures": edit.measures}


def undo(plan_import: PlanImport, *, by: User, version: int | None = None) -> None:
    """Take the last edit back, of the draft in that version. Raises Conflict where there is none, or a later one."""
    with transaction.atomic():
        row = locked_import(plan_import.pk)
        require_right(row, by)
        require(row.state == ImportState.DRAFT, Conflict("import.confirmed"))
        require(version is None or version == row.version, Conflict("import.changed"))
        require(bool(row.last_edit), Conflict("import.nothing_to_undo"))
        kept, row.last_edit = row.last_edit, {}
        for name, value in kept["header"].items():
            is_day = name.startswith("period_") and value is not None
            setattr(row, name, date.fromisoformat(value) if is_day else value)
        _restore(row, kept["sections"], kept["measures"])
        row.version = row.version + 1
        row.touched_at = now()
        row.save()
    plan_import.refresh_from_db()


def _restore(row: PlanImport, sections: dict[str, Any], measures: dict[str, Any]) -> None:
    """Write sections and measures as they were; what was new goes again."""
    versions = dict(row.sections.values_list("pk", "version"))
    for pk, was in sections.items():
        if was is not None:
            later = max(versions.get(int(pk), 0), was.get("version", 0)) + 1  # no former page matches it
            back = {"plan_import": row, **was, "version": later}
            ImportSection.objects.update_or_create(pk=int(pk), defaults=back)
    kept = {int(pk): was for pk, was in measures.items() if was is not None}
    rewrite_lines(row.pk, _put_back(row, {pk: was for pk, was in kept.items() if "data" in was}, MEASURE))
    _put_back(row, {pk: was for pk, was in kept.items() if "data" not in was}, PLACE)
    row.measures.filter(pk__in=[int(pk) for pk, was in measures.items() if was is None]).delete()
    row.sections.filter(pk__in=[int(pk) for pk, was in sections.items() if was is None]).delete()


def _put_back(
    row: PlanImport, kept: Mapping[int, Mapping[str, Any]], names: Sequence[str]
) -> list[ImportMeasure]:
    """Write these fields of measures as they were, in batches: an edit may have moved all of a draft."""
    versions = dict(row.measures.values_list("pk", "version")) if kept else {}
    back = [
        ImportMeasure(pk=pk, plan_import=row, version=versions[pk] + 1 if pk in versions else 0, **was)
        for pk, was in kept.items()
    ]
    changed = [*names, "version"]
    return ImportMeasure.objects.bulk_create(
        back, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=changed
    )


def change_header(plan_import: PlanImport, *, by: User, title: str, start: date, end: date) -> None:
    """Give the plan's title and period. Raises Invalid for no title, or an end before the beginning."""
    require(bool(title.strip()), Invalid("import.plan_title", field="title"))
    require(start <= end, Invalid("input.dates", field="period_end"))
    with editing(plan_import, by=by) as edit:
        edit.row.title, edit.row.period_start, edit.row.period_end = title.strip(), start, end


def tick_warning(plan_import: PlanImport, *, by: User, number: int, is_done: bool) -> None:
    """Say that a warning (by its number, from 1) was dealt with, or that it was not. Raises NotFound for no such one."""
    with editing(plan_import, by=by) as edit:
        require(1 <= number <= len(edit.row.warnings), NotFound("thing.unknown"))
        ticked = set(edit.row.ticked) - {number}
        edit.row.ticked = sorted(ticked | {number} if is_done else ticked)


def decide_names(plan_import: PlanImport, *, by: User, decisions: Mapping[str, Mapping[str, Any]]) -> None:
    """Say who stands behind units, by their text: `{"bureau": key}`, `{"create": kind}`, or `{}` to decide it later."""
    with editing(plan_import, by=by) as edit:
        edit.row.bureaus = {**edit.row.bureaus, **{text: dict(one) for text, one in decisions.items()}}


def change_measure(
    plan_import: PlanImport, pk: int, *, by: User, version: int | None, data: Mapping[str, Any]
) -> ImportMeasure:
    """Keep the measure as it was put right."""
    with editing(plan_import, by=by) as edit:
        measure = edit.measure(pk, version)
        measure.data, measure.line = dict(data), data.get("line")
        edit.save(measure)
    return measure


def remove_measure(plan_import: PlanImport, pk: int, *, by: User, version: int | None = None) -> None:
    """Take a measure out of the draft."""
    with editing(plan_import, by=by) as edit:
        edit.measure(pk, version).delete()


def add_measure(
    plan_import: PlanImport, section: int, *, by: User, data: Mapping[str, Any], after: int | None = None
) -> ImportMeasure:
    """Put a new measure behind another of the section, or at its end."""
    with editing(plan_import, by=by) as edit:
        place = edit.section(section)
        return edit.add_measure(place, _position(edit, place, after), data)


def move_measure(plan_import: PlanImport, pk: int, *, by: User, up: bool) -> ImportMeasure:
    """Let a measure change places with the one above or below it; raises Conflict where there is none."""
    with editing(plan_import, by=by) as edit:
        measure = edit.measure(pk)
        rows = measure.section.measures.order_by("position", "pk")
        beside = (
            rows.filter(position__lt=measure.position).last()
            if up
            else rows.filter(position__gt=measure.position).first()
        )
        require(beside is not None, Conflict("import.no_neighbour"))
        assert beside is not None  # noqa: S101 - just required
        other = edit.measure(beside.pk)
        measure.position, other.position = other.position, measure.position
        edit.save(measure)
        edit.save(other)
    return measure


def place_measure(plan_import: PlanImport, pk: int, *, by: User, section: int) -> ImportMeasure:
    """Put a measure at the end of another section."""
    with editing(plan_import, by=by) as edit:
        measure, place = edit.measure(pk), edit.section(section)
        measure.section, measure.position = place, _position(edit, place, None)
        edit.save(measure)
    return measure


def split_measure(
    plan_import: PlanImport,
    pk: int,
    *,
    by: User,
    parts: tuple[Mapping[str, Any], Mapping[str, Any]],
    version: int | None = None,
) -> ImportMeasure:
    """Make two measures of one; returns the second, which stands behind the first."""
    with editing(plan_import, by=by) as edit:
        measure = edit.measure(pk, version)
        measure.data = dict(parts[0])
        edit.save(measure)
        return edit.add_measure(measure.section, _position(edit, measure.section, pk), parts[1])


def merge_measure(
    plan_import: PlanImport,
    pk: int,
    other: int,
    *,
    by: User,
    data: Mapping[str, Any],
    versions: tuple[int | None, int | None] = (None, None),
) -> ImportMeasure:
    """Make one measure of two: `data` is both together, as they stood in these versions, and the other goes."""
    with editing(plan_import, by=by) as edit:
        measure = edit.measure(pk, versions[0])
        edit.measure(other, versions[1]).delete()
        measure.data = dict(data)
        edit.save(measure)
    return measure


def _position(edit: Edit, section: ImportSection, after: int | None) -> int:
    """A free place behind the measure `after`, or at the section's end."""
    rows = section.measures.order_by("position", "pk")
    if after is None:
        last = rows.last()
        return (last.position if last else 0) + GAP
    before = edit.row.measures.filter(pk=after).first()
    if before is None:
        raise Conflict("import.changed")
    behind = rows.filter(position__gt=before.position).first()
    if behind is None:
        return before.position + GAP
    if behind.position - before.position < 2:
        _spread(section)
        edit.can_be_undone = False  # every place of the section has changed
        return _position(edit, section, after)
    return (before.position + behind.position) // 2


def _spread(section: ImportSection) -> None:
    """Set the section's measures apart again."""
    rows = list(section.measures.order_by("position", "pk"))
    for n, row in enumerate(rows, start=1):
        row.position = n * GAP
    ImportMeasure.objects.bulk_update(rows, ["position"], batch_size=500)
