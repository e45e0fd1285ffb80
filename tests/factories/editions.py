"""A later edition of a plan: the plan as it stands, what a new edition has of it, and the import that read it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models import User
from tests.factories.cast import Cast
from tests.factories.imports import file, importer, read_draft
from workflow.actions.editions import CheckedEdition, Reasons, confirm_edition
from workflow.actions.importing import ReadSection, begin_import, keep_reading, start_reading
from workflow.actions.plan_input import MeasureInput, TargetInput, UnitInput
from workflow.intake.draft import measure_data, plan_input
from workflow.intake.edition_comparison import compare, drafted_measures
from workflow.models import Measure, Plan, PlanImport
from workflow.queries.editions import measures_to_renew
from workflow.queries.imports import draft_sections

Sections = Sequence[tuple[str, str, Sequence[MeasureInput]]]
"""Number, title and measures of each section."""


def as_read(measure: Measure, **changes: Any) -> MeasureInput:
    """The measure as an edition that changes nothing but `changes` has it."""
    given = MeasureInput(
        measure.title,
        number=measure.number,
        text=measure.text,
        schedule=measure.schedule,
        due=measure.due,
        is_ongoing=measure.kind == "ongoing",
        cycle=measure.cycle_length,
        units=[
            UnitInput(unit.text, unit.kind, unit.is_lead, unit.collective_kind)
            for unit in measure.units.order_by("position")
        ],
        targets=[
            TargetInput(one.text, one.comparator, one.value, one.unit, one.due)
            for one in measure.targets.order_by("position")
        ],
        code=measure.code,
    )
    return replace(given, **changes)


def sections_as_read(plan: Plan, **changed: dict[str, Any] | None) -> Sections:
    """The plan as an edition has it: measures by their last two digits (`m01={...}`) changed, or (None) left out."""
    found = []
    for section in plan.sections.order_by("position"):
        measures = []
        for measure in section.measures.order_by("position"):
            changes = changed.get(f"m{measure.code[-2:]}", {})
            if changes is not None:
                measures.append(as_read(measure, **changes))
        found.append((section.number, section.title, measures))
    return found


def edition_of(
    cast: Cast,
    plan: Plan,
    sections: Sections,
    *,
    mark: str = "e",
    by: User | None = None,
    title: str = "",
    end: date | None = None,
) -> PlanImport:
    """An import that has read a later edition of the plan, and waits to be checked."""
    person = by or importer(cast)
    row = begin_import([file(text=f"第{mark}版")], by=person, office=cast.office, renews=plan)
    read = replace(
        read_draft([ReadSection(n, title, [measure_data(m) for m in ms]) for n, title, ms in sections]),
        source_hash=mark.ljust(64, "0"),
        title=title or plan.title,
        period_start=plan.period_start,
        period_end=end or plan.period_end,
        warnings=[],
    )
    keep_reading(row, start_reading(row, by=person), read)
    row.refresh_from_db()
    return row


def checked(row: PlanImport, reasons: Reasons | None = None) -> CheckedEdition:
    """What a person checks and confirms, matched as the page proposes it."""
    assert row.renews is not None
    facts = {
        name: getattr(row, name)
        for name in ("title", "source_hash", "source_name", "period_start", "period_end")
    }
    given = [ReadSection(section.number, section.title, data) for section, data in draft_sections(row)]
    plan = plan_input(facts, given, [])
    comparison = compare(measures_to_renew(row.renews), row.renews, drafted_measures(row), row.pairs)
    return CheckedEdition(
        plan, row.version, row.renews.edition, comparison.pairs, reasons or Reasons("按新版方案调整")
    )


def renewed(
    cast: Cast,
    plan: Plan,
    sections: Sections,
    *,
    reasons: Reasons | None = None,
    by: User | None = None,
    mark: str = "e",
) -> Plan:
    """The plan brought up to that edition by its importer."""
    person = by or importer(cast)
    row = edition_of(cast, plan, sections, mark=mark, by=person)
    return confirm_edition(row, checked(row, reasons), by=person)


def titles(measures: Iterable[Measure]) -> list[str]:
    """Their titles in order."""
    return [measure.title for measure in measures]
