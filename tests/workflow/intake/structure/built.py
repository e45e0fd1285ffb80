"""Documents of paragraphs and tables, built without a file: `""` is an empty cell, ABOVE and LEFT are merged ones."""

from collections.abc import Sequence

from workflow.actions.plan_input import MeasureInput
from workflow.intake.content import CellText, Content, ContentWriter
from workflow.intake.document import read_document
from workflow.intake.plan_read import PlanRead
from workflow.intake.reader_warnings import Caution

ABOVE = CellText("", is_continued=True)
LEFT = CellText("", is_spread=True)
Row = Sequence[str | CellText]


def content(*blocks: str | tuple[str, int] | list[Row], is_wrapped: bool = False) -> Content:
    """A document of paragraphs, headings with their rank, and tables."""
    writer = ContentWriter(is_wrapped=is_wrapped)
    for block in blocks:
        if isinstance(block, list):
            writer.table([[CellText(c) if isinstance(c, str) else c for c in row] for row in block])
        else:
            writer.paragraph(*((block, 0) if isinstance(block, str) else block))
    return writer.content()


def read(*blocks: str | tuple[str, int] | list[Row], is_wrapped: bool = False) -> PlanRead:
    """The plan that such a document is read as."""
    return read_document([content(*blocks, is_wrapped=is_wrapped)], ["plan.txt"])


def told(plan: PlanRead) -> list[tuple[str, list[str]]]:
    """Each section with the titles of its measures."""
    return [(s.number + s.title, [m.number + m.title for m in s.measures]) for s in plan.plan.sections]


def measures(plan: PlanRead) -> list[MeasureInput]:
    """All measures in order."""
    return [measure for section in plan.plan.sections for measure in section.measures]


def units(measure: MeasureInput) -> list[str]:
    """The units by name, the lead marked with a star."""
    return [("*" if unit.is_lead else "") + unit.text for unit in measure.units]


def warned(plan: PlanRead, code: Caution) -> list[int | None]:
    """The lines of the warnings of one kind."""
    return [warning.line for warning in plan.warnings if warning.code is code]
