"""The lines of a flattened list dealt out to the cells of its rows, in the order of its header, as cheaply as can be.

Cells fit their columns more or less; blank and merged cells are left out; a cell may take several lines; section heads
stand between rows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from workflow.intake.content import Passage
from workflow.intake.structure.columns import UNIT_COLUMNS, WORDS, Column
from workflow.intake.structure.flat_cells import starts_head
from workflow.intake.structure.flat_fit import NEVER, cost_of, cost_of_omission
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units, may_be_schedule
from workflow.intake.structure.serials import mark_of

HEAD, STRAY = -1, -2
SENTENCE_END = "。；;！？"
NOTES = ("注：", "注:", "备注：", "备注:", "说明：", "填表", "审核人", "联系人")
SEPARATORS = "、，,；;"
_NEVER_FIRST = "、，。；：！？）)】〕》”,;:.%％"
_HEAD_LONGEST = 40
_FRAGMENT_LONGEST = 14
_GROUP_LONGEST = 16
_STRAY_COST = 4.0
_CUT_NAME = 0.5
_UNNUMBERED_HEAD = 1.3
_UNNUMBERED_AMONG_NUMBERED = 3.5


@dataclass(frozen=True, slots=True)
class Step:
    """A line taken: the cost so far, the state before it, the column it went to (or HEAD, STRAY), and how it fits there.

    State n: a cell of column n - 1 was the last taken; 0: between rows. `begins` where the line begins a row.
    """

    cost: float
    before: int
    column: int
    fit: float
    begins: bool = False


@dataclass(slots=True)
class Dealing:
    """Finds the cheapest way, line by line."""

    columns: Sequence[Column]
    lines: Sequence[Passage]
    _has_numbered_heads: bool = False
    _repeated: frozenset[str] = frozenset()
    _is_behind_head: bool = False
    _omitted: list[float] = field(default_factory=list)
    _costs: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        words = sum(column in WORDS for column in self.columns)
        single = (cost_of_omission(one, is_only_words=one in WORDS and words == 1) for one in self.columns)
        self._omitted = list(accumulate(single, initial=0.0))
        self._costs = [0.0] + [NEVER] * len(self.columns)
        self._has_numbered_heads = any(starts_head(line) for line in self.lines)
        counted = Counter(line.text for line in self.lines if len(line.text) <= _HEAD_LONGEST)
        self._repeated = frozenset(text for text, times in counted.items() if times > 1)

    def path(self) -> list[Step]:
        """A step for each line."""
        texts = ["", *(line.text for line in self.lines), ""]
        steps = [self._take(line, texts[n], texts[n + 2]) for n, line in enumerate(self.lines)]
        state = self._ended()[0]
        path: list[Step] = []
        for taken in reversed(steps):
            path.append(taken[state])
            state = taken[state].before
        return path[::-1]

    def _between(self, first: int, last: int) -> float:
        """The cost of leaving out the columns from one place to another."""
        return self._omitted[last] - self._omitted[first]

    def _ended(self) -> tuple[int, float]:
        """The state from which it is cheapest to end a row here, and the cost then."""
        rests = [
            cost + (self._between(n, len(self.columns)) if n else 0.0) for n, cost in enumerate(self._costs)
        ]
        return min(enumerate(rests), key=lambda one: one[1])

    def _take(self, line: Passage, before: str, after: str) -> list[Step]:
        """The cheapest step into each state with this line."""
        ended, base = self._ended()
        head = self._cost_of_head(line, before, is_open=ended == 0 and self._is_behind_head)
        stray = 0.0 if line.text.startswith(NOTES) else _STRAY_COST
        what, alone = (HEAD, head) if head < stray else (STRAY, stray)
        found = [Step(base + alone, ended, what, alone)]
        for n, column in enumerate(self.columns):
            fit = NEVER if line.text[0] in _NEVER_FIRST else _cost_of_first(line.text, after, column)
            is_name = column in (Column.GROUP, Column.TASK) and before + line.text in self._repeated
            more = 0.1 if is_name else _cost_of_more(before, line, column)
            ways = [Step(base + self._between(0, n) + fit, ended, n, fit, begins=True)]
            ways += [Step(self._costs[m] + self._between(m, n) + fit, m, n, fit) for m in range(1, n + 1)]
            ways.append(Step(self._costs[n + 1] + more, n + 1, n, more))
            found.append(min(ways, key=lambda step: step.cost))
        self._costs = [step.cost for step in found]
        self._is_behind_head = found[0].column == HEAD
        return found

    def _cost_of_head(self, line: Passage, before: str, *, is_open: bool) -> float:
        """A section's head between rows, numbered or not; or a short rest of one on the next line."""
        text = line.text
        if len(text) > _HEAD_LONGEST or "。" in text or looks_like_schedule(text):
            return NEVER
        if starts_head(line):
            return 0.0
        is_rest = is_open and len(text) <= _FRAGMENT_LONGEST and before[-1:] not in tuple(SENTENCE_END)
        if is_rest and not looks_like_units(text):
            return 0.4
        return _UNNUMBERED_AMONG_NUMBERED if self._has_numbered_heads else _UNNUMBERED_HEAD


def _cost_of_first(text: str, after: str, column: Column) -> float:
    """The cost of a line that begins a cell; a name may be cut in two."""
    cost = cost_of(text, column)
    is_cut = cost > 0 and column in UNIT_COLUMNS and after and not looks_like_schedule(after)
    return min(cost, _CUT_NAME) if is_cut and looks_like_units(text + after) else cost


def _cost_of_more(before: str, line: Passage, column: Column) -> float:
    """The cost of a line that goes on with the cell of the line before it."""
    if line.text[0] in _NEVER_FIRST:
        return 0.2
    if column in UNIT_COLUMNS:
        if before[-1:] in tuple(SEPARATORS):
            return 0.1
        if looks_like_units(before + line.text):
            return 0.1 if not looks_like_units(before) else 0.7
        return 0.7 if looks_like_units(line.text) else NEVER
    if column is Column.SCHEDULE:
        goes_on = may_be_schedule(line.text) and looks_like_schedule(before + line.text)
        return 0.5 if goes_on else NEVER
    if column is Column.SERIAL or looks_like_schedule(line.text) or line.text.isdecimal():
        return NEVER
    return _cost_of_more_words(before, line, column)


def _cost_of_more_words(before: str, line: Passage, column: Column) -> float:
    """As above, of a cell of words: its numbered points are lines of it, and a comma ends no cell."""
    mark = mark_of(line)
    if mark is not None:
        return 0.1 if mark.serial > 1 and not starts_head(line) else 1.2
    if before[-1:] in tuple("、，,"):
        return 0.2
    if column is Column.GROUP and len(before + line.text) <= _GROUP_LONGEST and "。" not in line.text:
        return 0.5
    unlike = 0.3 if column in (Column.GROUP, Column.TASK) else 0.0
    unlike += 1.5 if looks_like_units(line.text) else 0.0
    return unlike + (0.6 if before[-1:] not in tuple(SENTENCE_END) else 0.9)
