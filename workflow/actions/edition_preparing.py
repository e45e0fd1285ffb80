"""A measure that is still being prepared is brought up to a later edition: what was decided stays where the text stays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Max

from workflow.actions.edition_differences import (
    Difference,
    given_schedule_data,
    unmatched_targets,
    words_of,
)
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.actions.plan_rows import BureauOf, span_of, weights
from workflow.actions.step import Step
from workflow.models import ActionItem, Measure, Milestone, ResponsibleUnit, Section, Target
from workflow.models.amendment import AmendedField

APART = 1000
"""Positions of a measure's parts are moved so far off while they change places."""


def bring_up(
    part: Step, found: Sequence[Difference], given: MeasureInput, section: Section, bureau_of: BureauOf
) -> None:
    """Let the locked measure in preparation be as the edition has it, where it differs."""
    measure, changed = part.measure, {one.field for one in found}
    take_words(part, given, section, changed)
    if AmendedField.SCHEDULE in changed:
        _take_schedule(part, given)
    if AmendedField.UNITS in changed:
        _take_units(measure, given.units, bureau_of)
    if AmendedField.TARGETS in changed:
        new, gone = unmatched_targets(list(measure.targets.all()), given.targets)
        Target.objects.filter(pk__in=[one.pk for one in gone]).delete()
        add_targets(measure, new)
    if AmendedField.MILESTONES in changed:
        take_milestones(measure, given)
    if AmendedField.ITEMS in changed:
        take_items(measure, given)


def take_words(part: Step, given: MeasureInput, section: Section, changed: Iterable[str]) -> None:
    """Title, number, text and section."""
    measure = part.measure
    values: dict[str, Any] = {
        AmendedField.TITLE: given.title,
        AmendedField.NUMBER: given.number,
        AmendedField.TEXT: given.text,
        AmendedField.SECTION: section,
    }
    for name in values.keys() & set(changed):
        setattr(measure, str(name), values[name])
        part.measure_fields.add(str(name))


def _take_schedule(part: Step, given: MeasureInput) -> None:
    measure, data = part.measure, given_schedule_data(given)
    measure.schedule, measure.kind, measure.schedule_basis = given.schedule, data["kind"], ""
    measure.due = given.due if data["due"] else None
    measure.cycle_length = data["cycle"]
    part.measure_fields |= {"schedule", "kind", "due", "cycle_length", "schedule_basis"}


def _take_units(measure: Measure, given: Sequence[UnitInput], bureau_of: BureauOf) -> None:
    """Units in the edition's order; one whose text stays keeps what was decided about it."""
    own = {words_of(unit.text): unit for unit in measure.units.all()}
    kept = {words_of(unit.text) for unit in given} & own.keys()
    gone = [unit.pk for text, unit in own.items() if text not in kept]
    measure.items.filter(unit__in=gone).update(unit=None)
    ResponsibleUnit.objects.filter(pk__in=gone).delete()
    measure.units.update(position=F("position") + APART, is_lead=False)
    for n, unit in enumerate(given, start=1):
        row = own.pop(words_of(unit.text), None)
        if row is None or row.pk in gone:
            row = ResponsibleUnit(
                measure=measure,
                text=unit.text,
                kind=unit.kind,
                bureau_id=bureau_of(unit),
                collective_kind=unit.collective_kind,
            )
        row.position, row.is_lead = n, unit.is_lead
        row.save()


def add_targets(measure: Measure, new: Sequence[TargetInput]) -> None:
    """Propose targets behind those that the measure has."""
    last = measure.targets.aggregate(last=Max("position"))["last"] or 0
    Target.objects.bulk_create(
        Target(
            measure=measure,
            position=n,
            text=one.text,
            comparator=one.comparator,
            value=one.value,
            unit=one.unit,
            due=one.due,
        )
        for n, one in enumerate(new, start=last + 1)
    )


def take_milestones(measure: Measure, given: MeasureInput) -> None:
    """The edition's roadmap, its weights equal parts of the whole."""
    measure.milestones.all().delete()
    parts = weights(len(given.milestones))
    Milestone.objects.bulk_create(
        Milestone(measure=measure, position=n, title=step.title, due=step.due, weight=weight)
        for n, (step, weight) in enumerate(zip(given.milestones, parts, strict=True), start=1)
    )


def take_items(measure: Measure, given: MeasureInput) -> None:
    """The edition's single things to do; one whose text stays is still its unit's."""
    units = {words_of(item.text): item.unit_id for item in measure.items.all()}
    measure.items.all().delete()
    ActionItem.objects.bulk_create(
        ActionItem(
            measure=measure,
            position=n,
            text=item.text,
            source_start=span_of(item.span)[0],
            source_end=span_of(item.span)[1],
            unit_id=units.get(words_of(item.text)),
        )
        for n, item in enumerate(given.items, start=1)
    )
