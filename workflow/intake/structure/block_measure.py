"""A block of the narrative as one measure: title, text, units and schedule from its paragraphs and its items."""

import re
from collections.abc import Sequence

from workflow.intake.content import Passage, joined
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.structure.found import Found
from workflow.intake.structure.outline import Block, Line
from workflow.intake.structure.titles import split_title
from workflow.intake.units.roles import UnitRole

_TAIL = re.compile(
    r"附件.*|附表.*|附[:：].*|抄送.*|(?:\d{4}|[二〇○零一三四五六七八九]{4})年\d{0,2}.{0,2}月.{0,3}日|（?(?:此件|联系人|联系电话).*"
)
_TAIL_LONGEST = 30
_TASK_LABEL = re.compile(
    r"(?:工作|重点|主要|具体|目标|整改|改革|年度)*(?:任务|事项|问题|项目|举措)(?:名称|内容|描述)?\s*[：:]\s*(?=\S)"
)
_LABELLED = re.compile(
    r"[【\[（(]?(?:整改|工作|主要|具体|落实|推进|重点|目标|任务|实施|存在|年度|预期|阶段性?|改革|建设|完成|进展|问题)*"
    r"(?:措施|举措|目标|内容|要求|任务|情况|标准|成效|成果|安排|步骤|表现|问题|做法)[】\]）)]?\s*[：:].*",
    re.DOTALL,
)
"""A line that says of itself that it tells of the measure: 整改措施：…"""


def measure_of(block: Block, warnings: WarningList, *, number: str | None = None) -> Found:
    """The measure that a block is; `number` in place of its own. Warns of open brackets, and of lines behind its units."""
    lines = _own_lines(block, warnings)
    title, first = split_title(_without_label(lines[0].taken.rest))
    title = title or block.whole.part(0, max(len(block.number), 1))
    with_units = [line for line in lines if line.has_units]
    for line in with_units:
        if not line.taken.is_closed:
            warnings.add(
                line.passage.number, Caution.BRACKET_OPEN, text=line.taken.units[-1].passage.text[:60]
            )
    if _is_said_twice(lines):
        warnings.add(block.whole.number, Caution.BRACKETS_SEVERAL, title=title.text[:60])
    schedules = [line.taken.schedule for line in lines if line.taken.schedule]
    return Found(
        block.number if number is None else number,
        title,
        joined([first, *(line.taken.rest.stripped() for line in lines[1:])], "\n"),
        tuple(unit for line in with_units for unit in line.taken.units),
        schedules[0] if schedules else None,
    )


def _without_label(rest: Passage) -> Passage:
    """The first line without a label that says no more than that a task comes (任务：…)."""
    label = _TASK_LABEL.match(rest.text)
    return rest.part(label.end()) if label else rest


def _is_said_twice(lines: Sequence[Line]) -> bool:
    """Whether units of one role, but for supporting ones, are named in more than one statement."""
    roles = [unit.role for line in lines for unit in line.taken.units if unit.role is not UnitRole.SUPPORTING]
    return len(roles) > len(set(roles))


def _own_lines(block: Block, warnings: WarningList) -> list[Line]:
    """The measure's paragraphs up to its last statement of units; warns of those behind it.

    Behind a statement that stands in the title's line, before a line that names itself a part of the measure
    (整改措施：), or where none stands, all are the measure's but a signature.
    """
    lines = list(block.all_lines())
    last = max((n for n, line in enumerate(lines) if line.states), default=-1)
    is_in_title = last == 0 and not split_title(lines[0].taken.rest)[1]
    end = last + 1
    is_labelled = any(_LABELLED.fullmatch(line.passage.text) for line in lines[end:])
    if last < 0 or is_in_title or is_labelled:
        end = len(lines)
        while end > 1 and _is_tail(lines[end - 1].passage.text):
            end -= 1
    for line in lines[end:]:
        warnings.add(line.passage.number, Caution.LINE_UNPLACED, text=line.passage.text[:40])
    return lines[:end]


def _is_tail(text: str) -> bool:
    """Whether a line is a signature, a date or a note of annexes, not a measure's text."""
    return bool(_TAIL.fullmatch(text)) or (len(text) <= _TAIL_LONGEST and text[-1] not in "。；：:;！")
