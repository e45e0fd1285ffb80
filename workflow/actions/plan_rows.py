"""The rows of a plan as read: sections, measures with their units, targets, roadmap and single things to do."""

from collections.abc import Callable, Iterator, Sequence

from workflow.actions.plan_input import MeasureInput, SectionInput, Span, UnitInput
from workflow.models import ActionItem, Measure, Milestone, Plan, ResponsibleUnit, Section, Target
from workflow.models.measure import CycleLength, MeasureKind
from workflow.rules.refusal import Invalid, require

BATCH = 500
WHOLE = 100
"""What the weights of a measure's milestones add up to."""

BureauOf = Callable[[UnitInput], int | None]
"""The key of the bureau that a unit is tied to, if any."""

Given = list[tuple[Measure, MeasureInput]]


def write_sections(plan: Plan, sections: Sequence[SectionInput], bureau_of: BureauOf) -> int:
    """Write all that stands in the sections, in batches. Returns how many measures there are.

    Raises Invalid where a measure has more milestones than their weights can be told apart by.
    """
    given: Given = []
    for n, section in enumerate(sections, start=1):
        row = Section.objects.create(plan=plan, number=section.number, title=section.title, position=n)
        for m, measure in enumerate(section.measures, start=1):
            code = f"{plan.code}-{n:02}-{m:02}"
            given.append((measure_row(row, measure, code, position=len(given) + 1), measure))
    write_measures(given, bureau_of)
    return len(given)


def write_measures(given: Given, bureau_of: BureauOf) -> None:
    """Write unsaved measures with all that was read of each, in batches."""
    Measure.objects.bulk_create((row for row, _ in given), batch_size=BATCH)
    ResponsibleUnit.objects.bulk_create(_units(given, bureau_of), batch_size=BATCH)
    Target.objects.bulk_create(_targets(given), batch_size=BATCH)
    Milestone.objects.bulk_create(_milestones(given), batch_size=BATCH)
    ActionItem.objects.bulk_create(_items(given), batch_size=BATCH)


def kind_of(given: MeasureInput) -> str:
    """Whether the measure is dated or goes on; undecided where the document leaves that open.

    What goes on needs a cycle that the ledger knows; its dates are those of its milestones and targets.
    """
    if given.is_ongoing:
        knows_cycle = given.cycle in set(CycleLength.values) - {CycleLength.NONE}
        return MeasureKind.ONGOING if knows_cycle else MeasureKind.UNDECIDED
    return MeasureKind.DATED if given.due else MeasureKind.UNDECIDED


def weights(count: int) -> list[int]:
    """Whole parts of 100, as equal as can be, the last ones the larger."""
    least, rest = divmod(WHOLE, count) if count else (0, 0)
    return [least + (place >= count - rest) for place in range(count)]


def measure_row(section: Section, given: MeasureInput, code: str, *, position: int) -> Measure:
    """The unsaved measure as read."""
    kind = kind_of(given)
    return Measure(
        plan=section.plan,
        section=section,
        code=code,
        number=given.number,
        position=position,
        title=given.title,
        text=given.text,
        schedule=given.schedule,
        kind=kind,
        due=given.due,
        cycle_length=given.cycle if kind == MeasureKind.ONGOING else CycleLength.NONE,
        source_line=given.line,
        differences=list(given.differences),
    )


def _units(given: Given, bureau_of: BureauOf) -> Iterator[ResponsibleUnit]:
    for measure, read in given:
        for n, unit in enumerate(read.units, start=1):
            yield ResponsibleUnit(
                measure=measure,
                position=n,
                text=unit.text,
                is_lead=unit.is_lead,
                kind=unit.kind,
                bureau_id=bureau_of(unit),
                collective_kind=unit.collective_kind,
            )


def _targets(given: Given) -> Iterator[Target]:
    for measure, read in given:
        for n, target in enumerate(read.targets, start=1):
            yield Target(
                measure=measure,
                position=n,
                text=target.text,
                comparator=target.comparator,
                value=target.value,
                unit=target.unit,
                due=target.due,
            )


def _milestones(given: Given) -> Iterator[Milestone]:
    for measure, read in given:
        require(
            len(read.milestones) <= WHOLE,
            Invalid("input.milestones", field="milestones", title=measure.title, limit=WHOLE),
        )
        parts = weights(len(read.milestones))
        for n, (step, weight) in enumerate(zip(read.milestones, parts, strict=True), start=1):
            yield Milestone(measure=measure, position=n, title=step.title, due=step.due, weight=weight)


def _items(given: Given) -> Iterator[ActionItem]:
    for measure, read in given:
        for n, item in enumerate(read.items, start=1):
            start, end = span_of(item.span)
            yield ActionItem(measure=measure, position=n, text=item.text, source_start=start, source_end=end)


def span_of(span: Span | None) -> tuple[int | None, int | None]:
    """Start and end as two columns keep them."""
    return (None, None) if span is None else span
