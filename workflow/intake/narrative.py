"""The narrative: chapters 一、, heads （一）, items 1. and the units in brackets at the paragraphs' ends.

In a chapter whose items name units the heads are sections and the items measures; in one whose heads do
(组织实施) the chapter is the section and its heads are the measures. Other chapters hold no measures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.intake.brackets import UnitBracket, has_bracket, take_brackets
from workflow.intake.outline import Block, outline_of
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.serials import Level
from workflow.intake.source import Line


@dataclass(frozen=True, slots=True)
class NarrativeMeasure:
    """A measure as the narrative tells it; `units` as written, "" where none are named."""

    number: str
    title: str
    text: str
    line: int
    units: str


@dataclass(frozen=True, slots=True)
class NarrativeSection:
    """A section as the narrative numbers it; a document without heads has one without number and title."""

    number: str
    title: str
    line: int
    measures: tuple[NarrativeMeasure, ...]


def read_narrative(lines: Sequence[Line], warnings: WarningList) -> tuple[NarrativeSection, ...]:
    """The sections that hold measures, in order."""
    root = outline_of(lines, warnings)
    loose = [child for child in root.children if child.level is not Level.CHAPTER]
    chapters = [child for child in root.children if child.level is Level.CHAPTER]
    tops = [Block(root.mark, None, root.lines, tuple(loose)), *chapters]
    return tuple(section for top in tops for section in _sections(top, warnings))


def _sections(chapter: Block, warnings: WarningList) -> list[NarrativeSection]:
    items = [item for parent in (chapter, *chapter.children) for item in parent.at(Level.ITEM)]
    heads = chapter.at(Level.HEAD)
    if any(item.has_units for item in items):
        _note_unplaced(chapter.lines, warnings)
        return _sections_of_items(chapter, warnings)
    if any(head.has_units for head in heads):
        _note_unplaced(chapter.lines, warnings)
        return [_section(chapter, heads, warnings)]
    _note_unplaced(chapter.all_lines, warnings)
    return []


def _sections_of_items(chapter: Block, warnings: WarningList) -> list[NarrativeSection]:
    found: list[NarrativeSection] = []
    if chapter.at(Level.ITEM):
        found.append(_section(chapter, chapter.at(Level.ITEM), warnings))
    for head in chapter.at(Level.HEAD):
        title, line = head.title, head.mark.line
        if items := head.at(Level.ITEM):
            _note_unplaced(head.lines, warnings)
            found.append(_section(head, items, warnings))
        elif head.has_units:
            warnings.add(line, Caution.SECTION_SINGLE, section=title)
            found.append(
                NarrativeSection(head.mark.number, title, line, (_measure(head, warnings, number=""),))
            )
        else:
            warnings.add(line, Caution.SECTION_EMPTY, section=title)
    return found


def _section(block: Block, measures: Iterable[Block], warnings: WarningList) -> NarrativeSection:
    read = tuple(_measure(measure, warnings, number=measure.mark.number) for measure in measures)
    return NarrativeSection(block.mark.number, block.title, block.mark.line, read)


def _measure(block: Block, warnings: WarningList, *, number: str) -> NarrativeMeasure:
    paragraphs, brackets = _paragraphs(block, warnings)
    title = block.title or block.mark.number
    first = paragraphs[0].partition("。")[2]
    for bracket in brackets:
        if not bracket.is_closed:
            warnings.add(block.mark.line, Caution.BRACKET_OPEN, text=bracket.units)
    if len(brackets) > 1:
        warnings.add(block.mark.line, Caution.BRACKETS_SEVERAL, title=title)
    text = "\n".join(paragraph for paragraph in (first.strip(), *paragraphs[1:]) if paragraph)
    units = "、".join(bracket.units for bracket in brackets)
    return NarrativeMeasure(number, title, text, block.mark.line, units)


def _paragraphs(block: Block, warnings: WarningList) -> tuple[list[str], list[UnitBracket]]:
    """The measure's paragraphs without brackets, up to its last bracket; warns of lines after it."""
    lines = block.all_lines
    last = max((n for n, line in enumerate(lines) if has_bracket(line.text)), default=len(lines) - 1)
    for line in lines[last + 1 :]:
        warnings.add(line.number, Caution.LINE_UNPLACED, text=line.text[:40])
    taken = [take_brackets(line.text) for line in lines[: last + 1]]
    return [rest for rest, _ in taken], [bracket for _, found in taken for bracket in found]


def _note_unplaced(lines: Iterable[Line], warnings: WarningList) -> None:
    for line in lines:
        if has_bracket(line.text):
            warnings.add(line.number, Caution.BRACKET_UNPLACED, text=line.text[-40:])
