"""The narrative: at whatever level units are named, there its measures stand; what holds them is their section.

A block that names units in its own paragraphs is a measure. Where its children name them too, the level at which more
of the document does decides. Blocks in which nobody is named hold no measures, unless they stand among measures.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workflow.intake.content import Paragraph, Passage
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.source import key
from workflow.intake.structure.block_measure import measure_of
from workflow.intake.structure.found import Section
from workflow.intake.structure.outline import ROOT, Block, Line, outline_of
from workflow.intake.units.names import is_bureau_name
from workflow.intake.units.roles import UnitRole, WrittenUnits

_GENERAL = re.compile(
    r"(?:总体|指导|工作|基本|主要|发展|具体|有关|相关|组织|保障|附|实施|监督|进度|时间|其他|几点|行动|预期|目标|总|落实|推进|强化|加强|完善"
    r"|严格|精心|压实|做好|抓好|健全)*(?:要求|思想|目标|原则|思路|措施|实施|保障|则|安排|领导|考核|落实|步骤|机制|宣传|基础|意义|背景|形势|定位"
    r"|统筹|责任|督导|督查|评估|总结|支持)(?:和.{1,8})?"
)
_SEVERAL = 2
_STATED = re.compile(
    r"[（(【\[〔][^（()）】\]〕]{0,12}(?:责任|牵头|配合|主责|负责|落实|承办)|(?:责任|牵头|配合|主责|主办|协办)(?:单位|部门)\s*[：:]|[（(][^（）()]{2,40}(?:牵头|负责|配合)[^（）()]{0,40}[）)]"
)
_COUNT = re.compile(r"(?:牵头)?(?:负责)?(?:[（(]共?\s*\d+\s*[项条件个][）)])?$")


@dataclass(slots=True)
class Narrative:
    """The sections that hold measures, and every paragraph that is in none of them."""

    sections: list[Section] = field(default_factory=list)
    outside: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One reading: the level at which most units are named, and what is found."""

    level: int
    units_end_blocks: bool
    warnings: WarningList
    narrative: Narrative = field(default_factory=Narrative)


def read_narrative(
    paragraphs: Sequence[Paragraph], listed: Iterable[str], warnings: WarningList
) -> Narrative:
    """The sections that hold measures, in order.

    `listed` are the titles of an annexed list: where the narrative names no units at all, its blocks of those titles
    are its measures.
    """
    root = outline_of(paragraphs, warnings)
    ends = _units_end_blocks(root)
    reading = _Reading(_level_of_measures(root, ends=ends), ends, warnings)
    titles = {key(title) for title in listed}
    if titles and _is_told_by_titles(root, titles):
        _read_by_titles(root, titles, reading)
    elif root.carries_units:
        _read(root, reading)
    elif not titles:
        _read_by_heads(root, reading)
    return reading.narrative


def _is_told_by_titles(root: Block, titles: set[str]) -> bool:
    """Whether the list's titles are found in blocks that name nobody rather than in blocks that do."""
    found: Counter[bool] = Counter()
    waiting = [root]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        is_named = block.level != ROOT and key(block.title.text) in titles
        found[False] += is_named and not block.carries_units
        found[True] += block.has_own_units
    return found[False] > found[True]


def _level_of_measures(root: Block, *, ends: bool) -> int:
    counts: Counter[int] = Counter()

    def count(block: Block) -> None:
        if ends and _ends_with_units(block):
            counts[block.level] += 1
            return
        counts[block.level] += block.has_own_units
        for child in block.children:
            count(child)

    count(root)
    return max(counts, key=lambda level: (counts[level], level), default=ROOT)


def _units_end_blocks(root: Block) -> bool:
    """Whether units stand at the end of blocks of several items and hold for all of these, in most of them."""
    ends, others = 0, 0
    waiting = [root]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        carrying = sum(child.has_own_units for child in block.children)
        if _ends_with_units(block):
            ends += 1 + any(line.is_statement_only for line in block.children[-1].lines[1:])
        elif carrying > 1:
            others += 1
    return ends > max(others, 1)


def _is_measure(block: Block, reading: _Reading) -> bool:
    """Whether the block is one measure, with its children as parts of its text."""
    carrying = [child for child in block.children if child.carries_units]
    if block.level == ROOT or not block.carries_units:
        return False
    if not carrying:
        return True
    level = reading.level
    if block.has_own_units:
        return block.level == level or len(carrying) * 2 <= len(block.children) or carrying[0].level != level
    return _ends_with_units(block) and (reading.units_end_blocks or block.children[0].level != level)


def _ends_with_units(block: Block) -> bool:
    """Whether of its children the last alone names units, with its last words; an only child on a line of their own."""
    if block.level == ROOT or not block.children or not block.children[-1].has_own_units:
        return False
    is_line = block.children[-1].lines[-1].is_statement_only and len(block.children[-1].lines) > 1
    if len(block.children) < _SEVERAL and not is_line:
        return False
    if block.has_own_units or any(child.carries_units for child in block.children[:-1]):
        return False
    lines = [line for line in block.children[-1].all_lines() if not line.states or line.has_units]
    return lines[-1].has_units and not any(line.has_units for line in lines[:-1])


def _read(block: Block, reading: _Reading) -> None:
    """Find the sections in a block that is no measure itself."""
    _note_unplaced(block.lines, reading)
    general = [child for child in block.children if _is_general_talk(child, block, reading)]
    for child in general:
        _note_general(child, reading)
    block.children = [child for child in block.children if child not in general]
    measures = [child for child in block.children if _is_measure(child, reading)]
    holders = [child for child in block.children if child.carries_units and child not in measures]
    is_split = len(measures) == len(holders) > 0 and measures[0].level != reading.level
    if len(measures) < len(holders) or is_split:
        _read_holders(block, measures, reading)
        return
    if measures:
        kept = [child for child in block.children if child not in holders]
        kept = _without_general(kept, block, reading)
        section = Section(block.number, block.title)
        section.measures.extend(measure_of(child, reading.warnings) for child in kept)
        reading.narrative.sections.append(section)
    for child in holders:
        _read(child, reading)


def _read_holders(block: Block, measures: Sequence[Block], reading: _Reading) -> None:
    """Children are sections; one that is a measure itself is a section of one."""
    carrying = [n for n, child in enumerate(block.children) if child.carries_units]
    for n, child in enumerate(block.children):
        if child in measures:
            title = child.title
            reading.warnings.add(child.whole.number, Caution.SECTION_SINGLE, section=title.text)
            one = measure_of(child, reading.warnings, number="")
            reading.narrative.sections.append(Section(child.number, title, [one]))
        elif child.carries_units:
            _read(child, reading)
        else:
            _read_empty(child, reading, is_among=block.level != ROOT or carrying[0] < n < carrying[-1])


def _read_empty(block: Block, reading: _Reading, *, is_among: bool) -> None:
    """A section in which nobody is named: among sections its items are measures all the same."""
    if is_among and block.children and not _is_general(block):
        section = Section(block.number, block.title)
        section.measures.extend(measure_of(child, reading.warnings) for child in block.children)
        reading.narrative.sections.append(section)
        return
    if is_among or not _is_general(block):
        reading.warnings.add(
            block.whole.number, Caution.SECTION_EMPTY, section=block.number + block.title.text
        )
    _leave_out(block, reading)


def _without_general(children: Sequence[Block], block: Block, reading: _Reading) -> list[Block]:
    """The children that are measures: chapters that name nobody at the ends of a document are general remarks."""
    if block.level != ROOT:
        return list(children)
    carrying = [n for n, child in enumerate(children) if child.carries_units]
    kept: list[Block] = []
    for n, child in enumerate(children):
        is_inside = carrying[0] < n < carrying[-1]
        if child.carries_units or (is_inside and not _is_general(child)):
            kept.append(child)
            continue
        if not _is_general(child):
            name = child.number + child.title.text
            reading.warnings.add(child.whole.number, Caution.SECTION_EMPTY, section=name)
        _leave_out(child, reading)
    return kept


def _is_general(block: Block) -> bool:
    return _GENERAL.fullmatch(block.title.text) is not None


def _is_general_talk(block: Block, above: Block, reading: _Reading) -> bool:
    """Whether a last chapter says of the whole plan who does what (组织实施: 领导小组统筹协调), and holds no measure.

    Units in a bracket or under a label are a measure's own. So are those of a chapter where all measures are chapters.
    """
    is_last = above.level == ROOT and block in above.children[-_SEVERAL:] and block is not above.children[0]
    if not is_last or not block.carries_units or block.level >= reading.level or not _is_general(block):
        return False
    return not any(line.has_units and _STATED.search(line.passage.text) for line in block.all_lines())


def _note_general(block: Block, reading: _Reading) -> None:
    named = next(line for line in block.all_lines() if line.has_units)
    text = named.passage.text[:60]
    reading.warnings.add(named.passage.number, Caution.BRACKET_UNPLACED, text=text)
    _leave_out(block, reading)


def _leave_out(block: Block, reading: _Reading) -> None:
    reading.narrative.outside += [line.passage for line in block.all_lines()]


def _read_by_titles(block: Block, titles: set[str], reading: _Reading) -> None:
    """Sections by the titles of the list's rows, where the narrative itself names nobody."""
    named = [child for child in block.children if key(child.title.text) in titles]
    if len(named) * 2 >= len(block.children) and named[-1:]:
        others = [child for child in block.children if child.level == named[0].level]
        named = [child for child in others if child in named or not _is_general(child)]
    if named:
        section = Section(block.number, block.title)
        section.measures.extend(measure_of(child, reading.warnings) for child in named)
        reading.narrative.sections.append(section)
    _note_unplaced(block.lines, reading)
    for child in block.children:
        if child not in named:
            _read_by_titles(child, titles, reading)


def _read_by_heads(block: Block, reading: _Reading) -> None:
    """Sections whose heads are units, where nothing else names any: a plan divided among bureaus."""
    for child in block.children:
        name = child.title.part(0, len(_COUNT.sub("", child.title.text)))
        if not child.children or not is_bureau_name(name.text):
            _read_by_heads(child, reading)
            continue
        units = (WrittenUnits(UnitRole.RESPONSIBLE, name),)
        found = (measure_of(item, reading.warnings) for item in child.children)
        section = Section(child.number, child.title, [replace(one, units=units) for one in found])
        reading.narrative.sections.append(section)
        reading.warnings.add(child.whole.number, Caution.UNITS_FROM_HEAD, section=section.whole)


def _note_unplaced(lines: Iterable[Line], reading: _Reading) -> None:
    for line in lines:
        reading.narrative.outside.append(line.passage)
        if line.has_units:
            text = line.passage.text[-40:]
            reading.warnings.add(line.passage.number, Caution.BRACKET_UNPLACED, text=text)
