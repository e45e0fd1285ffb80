"""Numbered paragraphs become a tree: chapters hold heads, heads hold items, each with the paragraphs under it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workflow.intake.content import Paragraph, Passage, joined
from workflow.intake.reader_warnings import WarningList
from workflow.intake.structure.numbering import marks_of
from workflow.intake.structure.serials import Mark, Style, mark_of, note_gaps
from workflow.intake.structure.titles import split_title
from workflow.intake.units.shared_statements import shared_statement
from workflow.intake.units.statements import Taken, take_statements

ROOT = 0
PARAGRAPH = max(Style) + 1
_SEVERAL = 2
_NAMED_NUMBER = r"(?:任务|事项|项目|举措|措施)\s?(?:[一二三四五六七八九十]{1,3}|\d{1,3})\s*[：:、.．]\s*"
_NAMED = re.compile(_NAMED_NUMBER)
_BULLET = re.compile(rf"{_NAMED_NUMBER}|[\s—－\-–●•■▪◆◇▲※*·○◎➢>＞]+")
_ANNEXES = re.compile(r"附\s*[件表]\s*[:：]")
_ANNEX_LONGEST = 60
_SCHEDULE_LINE = re.compile(
    r"[（(【\[]?(?:计划|任务|工作|目标)?(?:完成|办结|整改|实施|进度|时间|推进)*(?:时限|时间|期限|节点|进度|安排)(?:安排|要求|节点)?[:：]\s*(?=\S)"
)
_DEFAULT_STYLES = {1: Style.HAN, 2: Style.HAN_BRACKETED, 3: Style.NUMBER}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a block, without the block's number, taken apart from what it says of units.

    `holds_above`: what it says holds for all measures above it.
    """

    passage: Passage
    taken: Taken
    holds_above: bool = False

    @property
    def has_units(self) -> bool:
        """Whether it names responsible units."""
        return bool(self.taken.units)

    @property
    def states(self) -> bool:
        """Whether it says anything of units, schedule or leaders."""
        taken = self.taken
        return bool(taken.units or taken.schedule or taken.leaders)

    @property
    def is_statement_only(self) -> bool:
        """Whether it names units and says nothing else."""
        return self.has_units and not self.taken.rest.text.strip(" \t　。；;")


@dataclass(slots=True, eq=False)
class Block:
    """A numbered paragraph with those before its first numbered child, and those children.

    The document itself is the block of level ROOT without a mark. `lines` begins with the rest of the numbered
    paragraph; `whole` is that paragraph as written.
    """

    level: int
    mark: Mark | None = None
    whole: Passage = field(default_factory=lambda: Passage(""))
    lines: list[Line] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    _carries: bool | None = None

    @property
    def number(self) -> str:
        """The number as written; "" for a head that has none."""
        return self.mark.number if self.mark else ""

    @property
    def title(self) -> Passage:
        """The numbered paragraph up to its first full stop, without its number and units."""
        if self.level == ROOT or not self.lines:
            return Passage("")
        return split_title(self.lines[0].taken.rest)[0]

    @property
    def has_own_units(self) -> bool:
        """Whether one of its own paragraphs names units."""
        return any(line.has_units for line in self.lines)

    @property
    def carries_units(self) -> bool:
        """Whether units are named anywhere in the block."""
        if self._carries is None:
            self._carries = self.has_own_units or any(child.carries_units for child in self.children)
        return self._carries

    def has_units_anywhere(self) -> bool:
        """As `carries_units`, of a block that is still growing."""
        return self.has_own_units or any(child.has_units_anywhere() for child in self.children)

    def all_lines(self) -> Iterator[Line]:
        """The block's paragraphs and those of all its children, numbers included, in the document's order."""
        yield from self.lines
        for child in self.children:
            first = child.lines[0]
            number = child.whole.part(0, len(child.whole.text) - len(first.passage.text))
            rest = joined((number, first.taken.rest)) if number else first.taken.rest
            yield Line(child.whole, _with_rest(first.taken, rest))
            below = child.all_lines()
            next(below)
            yield from below


def line_of(passage: Passage) -> Line:
    """A paragraph taken apart; 完成时限：… on a line of its own is a schedule."""
    if shared := shared_statement(passage):
        return Line(passage, shared, holds_above=True)
    taken = take_statements(passage)
    if not taken.units and taken.schedule is None and (label := _SCHEDULE_LINE.match(passage.text)):
        taken = Taken(Passage(""), (), passage.part(label.end()).stripped("）)】 。"))
    return Line(passage, taken)


def outline_of(paragraphs: Sequence[Paragraph], warnings: WarningList) -> Block:
    """The document as a tree. Warns of jumps in the numbering."""
    root = Block(ROOT)
    levels = _levels_of_headings(paragraphs)
    open_blocks = [root]
    is_annexed = False
    marks = marks_of([paragraph.passage for paragraph in paragraphs])
    for paragraph, mark in zip(paragraphs, marks, strict=True):
        is_annexed = _is_annexed(paragraph.passage, mark, after=is_annexed)
        own = None if is_annexed else mark
        level = int(own.style) if own else levels.get(paragraph.heading, ROOT)
        if level == ROOT:
            _add_line(open_blocks, line_of(paragraph.passage))
            continue
        while open_blocks[-1].level >= level:
            open_blocks.pop()
        rest = own.rest if own else paragraph.passage
        block = Block(level, own, paragraph.passage, [line_of(rest)])
        open_blocks[-1].children.append(block)
        open_blocks.append(block)
    _part_paragraphs(root)
    _note_gaps(root, {}, warnings)
    return root


def _part_paragraphs(block: Block) -> None:
    """Paragraphs without numbers that each tell something and name its units are children: each is a measure.

    The units may stand in lines of their own behind the paragraphs that they are for.
    """
    for child in block.children:
        _part_paragraphs(child)
    heads = 0 if block.level == ROOT else 1
    if any(child.carries_units for child in block.children):
        return
    lines = block.lines[heads:]
    begins = [n for n, line in enumerate(lines) if line.has_units and not line.is_statement_only]
    if not begins and not block.children:
        begins = _begins_before_statements(lines)
    is_point = len(begins) == 1 and _BULLET.match(lines[begins[0]].passage.text) is not None
    if len(begins) < _SEVERAL and not is_point:
        return
    ends = [*begins[1:], len(lines)]
    found = [_part(lines[start:end]) for start, end in zip(begins, ends, strict=True)]
    block.lines = [*block.lines[:heads], *lines[: begins[0]]]
    block.children = [*found, *block.children]


def _part(lines: Sequence[Line]) -> Block:
    first = lines[0].passage
    bullet = _BULLET.match(first.text)
    rest = first.part(bullet.end()) if bullet else first
    return Block(PARAGRAPH, None, first, [line_of(rest), *lines[1:]])


def _begins_before_statements(lines: Sequence[Line]) -> list[int]:
    """Where each group of paragraphs begins that ends in lines of units and schedule.

    The first is a single one, unless a line of a number of its own (任务一：) stands before it.
    """
    begins: list[int] = []
    for n, line in enumerate(lines):
        is_last_before = n + 1 < len(lines) and lines[n + 1].states
        is_first = not begins and (is_last_before or _NAMED.match(line.passage.text) is not None)
        if not line.states and (is_first or (begins and lines[n - 1].states)):
            begins.append(n)
    ends = [*begins, len(lines)][1:]
    return [n for n, end in zip(begins, ends, strict=True) if any(one.has_units for one in lines[n:end])]


def _add_line(open_blocks: Sequence[Block], line: Line) -> None:
    """Put a paragraph where it stands; one that holds for what is above goes to every measure of the open heads."""
    heads = [block for block in open_blocks[:-1] if block.level != ROOT] if line.holds_above else []
    head = next((block for block in heads if not block.has_units_anywhere()), None)
    for block in _measures_in(head) if head else [open_blocks[-1]]:
        block.lines.append(line)


def _measures_in(head: Block) -> Iterator[Block]:
    """The head's items; where each of these is a head itself, theirs."""
    if all(child.children for child in head.children):
        for child in head.children:
            yield from _measures_in(child)
    else:
        yield from head.children


def _is_annexed(passage: Passage, mark: Mark | None, *, after: bool) -> bool:
    """Whether a line is one of those that name the annexes: 附件：1.…, and 2.… on the next."""
    if _ANNEXES.match(passage.text):
        return True
    is_short = len(passage.text) <= _ANNEX_LONGEST and "。" not in passage.text
    return after and is_short and mark is not None and mark.style is Style.NUMBER


def _levels_of_headings(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """How deep a heading without a number stands: as the numbered ones of its rank do, else by its rank."""
    by_rank: dict[int, Counter[int]] = {}
    for paragraph in paragraphs:
        if paragraph.heading and (mark := mark_of(paragraph.passage)):
            by_rank.setdefault(paragraph.heading, Counter())[int(mark.style)] += 1
    headings = [paragraph for paragraph in paragraphs if paragraph.heading]
    highest = min((paragraph.heading for paragraph in headings), default=0)
    is_title = sum(paragraph.heading == highest for paragraph in headings) == 1 < len(headings)
    bare = {paragraph.heading for paragraph in headings if mark_of(paragraph.passage) is None}
    bare -= {highest} if is_title else set()
    known = {rank: styles.most_common(1)[0][0] for rank, styles in by_rank.items()}
    return {rank: known.get(rank, int(_DEFAULT_STYLES.get(rank, Style.NUMBER_BRACKETED))) for rank in bare}


def _note_gaps(block: Block, last: dict[Style, int], warnings: WarningList) -> None:
    """Numbers may begin anew under each head, or count on through the document: （一）–（二十七） under 一、 to 五、."""
    run: list[Mark] = []
    for child in block.children:
        mark = child.mark
        if mark and run and run[-1].style is not mark.style:
            _end_run(run, last, warnings)
            run = []
        if mark:
            run.append(mark)
    _end_run(run, last, warnings)
    for child in block.children:
        _note_gaps(child, last, warnings)


def _end_run(run: Sequence[Mark], last: dict[Style, int], warnings: WarningList) -> None:
    if run:
        note_gaps(run, last.get(run[0].style, 0), warnings)
        last[run[-1].style] = run[-1].serial


def _with_rest(taken: Taken, rest: Passage) -> Taken:
    return Taken(rest, taken.units, taken.schedule, taken.is_closed, taken.leaders)
