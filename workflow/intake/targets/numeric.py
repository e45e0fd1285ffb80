"""The figures of a text, those that are promised as targets with their comparator, and those that were not read."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workflow.intake.targets.conditions import grants
from workflow.intake.targets.facts import goes_on, is_fact, is_past, is_told_of
from workflow.intake.targets.figures import COUNT_UNITS, Figure, figures_in
from workflow.intake.targets.promises import AT_MOST, BELOW, Place, comparator_of, is_compared, is_from
from workflow.intake.targets.traps import HIDDEN

_BRACKET = re.compile(r"\([^()]*\)")
_CLAUSE_END = re.compile(r"[，；;。！!\n]|,(?!\d{3})")
_DEEPEST = 8
_FURTHEST = 80
_TIMES = re.compile(r"^[万亿千百]+(?=.)|/.*$")
_PER = {
    "年": ("每年", "年均", "逐年"),
    "人": ("每名", "每人", "人均", "每位"),
    "生": ("生均", "每生"),
    "户": ("户均", "每户"),
    "亩": ("亩均", "每亩"),
    "月": ("每月", "月均"),
    "季度": ("每季度", "每季"),
    "学期": ("每学期",),
    "半年": ("每半年",),
    "周": ("每周",),
    "天": ("每天", "每日", "日均"),
}
_PERS = [(word, unit) for unit, words in _PER.items() for word in words]
_TO_CLAUSE_END = re.compile(r"\s*(?:以上|左右|以内|以下)?[，,]\s*")
_TIMELY = [(word, per) for word, per in _PERS if per not in ("人", "生", "户", "亩")]
_RATES = frozenset({"%", "‰", "个百分点", "百分点", "岁", "年", "倍", "番"})
"""人均收入增长5% is no share of a person."""
_EACH = re.compile(r"(?P<subjects>[^，,。；;\d]{3,80}?)(?:均|都|全部)(?=[^，,。；;\d]{0,6}$)")
_SUBJECT = re.compile(r"[、和与及]|以及")
_RATE = re.compile(r"(?:率|比例|占比|比重|覆盖面|满意度|知晓度|水平)$")
_LAID = frozenset({"公里", "米", "亩", "公顷", "平方米", "平方公里", "立方米", "株"})
"""Units of what is made beside things that are counted: 营造林带42公里，栖息地5处."""
_AMONG = re.compile(r"\s*其中")
_SAYS_ONLY = re.compile(r"\s*(?:均|都|且|并)?(?:不少于|不低于|至少|不超过)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A figure that is promised: the places of its clause and its own, and what it promises.

    `of` is one of several subjects that are each to reach it (办结率、满意率均达到98%); `said` is then where 均 ends.
    """

    start: int
    end: int
    at: int
    until: int
    comparator: str
    value: Decimal
    unit: str
    of: tuple[int, int] | None = None
    said: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """A figure from one number to another, of which `taken` was read."""

    figure: Figure
    taken: Decimal


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was found in a text: the targets, the figures that may be some and were not read, and the ranges."""

    hits: tuple[Hit, ...]
    unread: tuple[Figure, ...]
    ranges: tuple[Range, ...]


def read_numbers(text: str) -> Numbers:
    """The figures of a text from which the traps were taken out, its brackets read by themselves."""
    hits: list[Hit] = []
    unread: list[Figure] = []
    ranges: list[Range] = []
    for layer in [*_layers(text)][::-1]:
        figures = list(figures_in(layer))
        if figures:
            reading = _Layer(layer, figures, hits)
            reading.read()
            hits += reading.hits
            unread += reading.unread
            ranges += reading.ranges
    return Numbers(
        tuple(sorted(hits, key=lambda hit: hit.at)),
        tuple(sorted(unread, key=lambda figure: figure.start)),
        tuple(ranges),
    )


def _layers(text: str) -> Iterator[str]:
    """The text without its brackets, then the brackets of each depth alone; all signs keep their places."""
    for _ in range(_DEEPEST):
        inner = [match.span() for match in _BRACKET.finditer(text)]
        if not inner:
            break
        kept = list("\n" * len(text))
        for start, end in inner:
            kept[start + 1 : end - 1] = text[start + 1 : end - 1]
            text = f"{text[:start]}{HIDDEN * (end - start)}{text[end:]}"
        yield "".join(kept)
    yield text


def clauses_of(text: str) -> list[tuple[int, int]]:
    """The places of the clauses, empty ones left out."""
    found: list[tuple[int, int]] = []
    at = 0
    for sign in _CLAUSE_END.finditer(text):
        if sign.start() > at:
            found.append((at, sign.start()))
        at = sign.end()
    return [*found, (at, len(text))] if at < len(text) else found


class _Layer:
    """The reading of one layer, clause by clause; `before` is the figure before with its comparator."""

    def __init__(self, text: str, figures: Sequence[Figure], outside: Sequence[Hit]) -> None:
        self.hits: list[Hit] = []
        self.unread: list[Figure] = []
        self.ranges: list[Range] = []
        self._text = text
        self._figures = figures
        self._clauses = clauses_of(text)
        self._outside = {hit.until: hit for hit in outside}
        self._before: tuple[Figure, str] | None = None
        self._is_fact = False
        self._past = ""
        self._whole: tuple[Figure, str] | None = None

    def read(self) -> None:
        """Sort every figure of the layer into targets and figures not read."""
        places = [figure.start for figure in self._figures]
        for n, (start, end) in enumerate(self._clauses):
            self._read_clause(n, self._figures[bisect_left(places, start) : bisect_left(places, end)])

    def _read_clause(self, n: int, figures: Sequence[Figure]) -> None:
        start, end = self._clauses[n]
        self._is_fact = self._tells_fact(n)
        if start - 1 in self._outside and figures:  # 1万个（其中公共泊位3000个）
            hit = self._outside[start - 1]
            outer = replace(figures[0], end=start, unit=_TIMES.sub("", hit.unit))
            self._before = (outer, hit.comparator)
        self._whole = self._before if _AMONG.match(self._text, start) else None
        reached = start
        for m, figure in enumerate(figures):
            place = self._place((start, end), figures, m, reached)
            comparator = comparator_of(place) or _of_whole(self._text, figure)
            self._before = (figure, comparator)
            if is_from(place):
                continue
            if comparator and figure.value is not None:
                reached = figure.end
                self._take(n, figure, comparator, figure.value, figures[m + 1 :])
            elif not figure.is_chinese and (not figure.is_bare or is_compared(place)):
                self.unread.append(figure)

    def _tells_fact(self, n: int) -> bool:
        """Whether the clause tells what is so already, by itself or with the one before it."""
        clause = self._text[slice(*self._clauses[n])]
        if is_past(clause) or is_fact(clause):
            self._past = clause
            return True
        if not self._is_fact or n == 0 or self._text[self._clauses[n][0] - 1] not in "，,":
            return False
        return is_told_of(clause) or goes_on(self._past, clause)

    def _take(self, n: int, figure: Figure, comparator: str, value: Decimal, after: Sequence[Figure]) -> None:
        head = _head(self._text, self._clauses, n)
        before = self._text[max(head, figure.start - _FURTHEST) : figure.start]
        unit = _unit(before, figure, after)
        if figure.upper is not None:
            value = figure.upper if comparator in (AT_MOST, BELOW) else value
            self.ranges.append(Range(figure, value))
        hit = Hit(head, self._clauses[n][1], figure.start, figure.end, comparator, value, unit)
        self.hits += of_each_subject(self._text, hit)

    def _place(self, clause: tuple[int, int], figures: Sequence[Figure], n: int, reached: int) -> Place:
        """The n-th figure of a clause with its words; `reached` is where the last target of the clause ends."""
        figure = figures[n]
        inherited = ""
        if self._before and (n or _follows(self._text, self._before[0], figure, clause[0])):
            inherited = ">=" if self._before[1] == "=" else self._before[1]
        is_part = reached == clause[0] and self._whole is not None and self._whole[0].unit == figure.unit
        if n and is_part and self._whole:  # 项目120个，其中10亿元以上项目15个
            inherited = self._whole[1]
        last = figures[n - 1].end if n else clause[0]
        further = figures[n + 1].start if n + 1 < len(figures) else clause[1]
        return Place(
            figure,
            gap=self._text[last : figure.start],
            tail=self._text[figure.end : further],
            rest=self._text[figure.end : min(clause[1], figure.end + _FURTHEST)],
            reach=self._text[max(reached, figure.start - _FURTHEST) : figure.start],
            inherited=inherited,
            is_next_clause=not n or is_part,
            is_fact=self._is_fact,
            is_grant=grants(self._text[max(0, clause[0] - _FURTHEST) : clause[0]].rpartition("。")[2]),
        )


def _follows(text: str, before: Figure, figure: Figure, start: int) -> bool:
    """Whether the clause before, or the text before a bracket, ends with a figure of the same unit or also a count.

    教师1000人次，校长100人次; 1万个（其中公共泊位3000个）; 示范企业3家，“个转企”500户.
    """
    one, other = (_TIMES.sub("", unit) for unit in (before.unit, figure.unit))
    is_alike = one == other or (one in COUNT_UNITS | _LAID and other in COUNT_UNITS)
    return is_alike and (before.end == start or bool(_TO_CLAUSE_END.fullmatch(text, before.end, start)))


def _of_whole(text: str, figure: Figure) -> str:
    """A cell that is nothing but a figure (85%) promises it."""
    is_all = not text[: figure.start].strip() and not text[figure.end :].strip(" 。\n")
    return ">=" if is_all and figure.value is not None and figure.unit and not figure.is_chinese else ""


def _head(text: str, clauses: Sequence[tuple[int, int]], n: int) -> int:
    """Where the clause begins, or the one before it where it says no more than how much (演练，每年不少于2次)."""
    start, end = clauses[n]
    if n and _SAYS_ONLY.match(text, start, end) and text[clauses[n - 1][1]] in "，,":
        return clauses[n - 1][0]
    return start


def of_each_subject(text: str, hit: Hit) -> tuple[Hit, ...]:
    """The target once for each of the rates that are all to reach it; else as it is."""
    found = _EACH.search(text, max(hit.start, hit.at - _FURTHEST), hit.at)
    if not found:
        return (hit,)
    places: list[tuple[int, int]] = []
    at, end = found.span("subjects")
    for sign in [*_SUBJECT.finditer(text, at, end), None]:
        places.append((at, sign.start() if sign else end))
        at = sign.end() if sign else end
    if len(places) < 2 or not all(_RATE.search(text, *place) for place in places):
        return (hit,)
    return tuple(replace(hit, of=place, said=found.end()) for place in places)


def _unit(before: str, figure: Figure, after: Sequence[Figure]) -> str:
    """The unit, with what it is counted for: 每年 … 1个百分点 is 个百分点/年; 5个、3个百分点 are both 个百分点."""
    unit = figure.unit
    if unit == "个" and after and after[0].unit == "个百分点" and after[0].start - figure.end <= 1:
        unit = "个百分点"
    if "/" in unit:
        return unit
    pers = _TIMELY if unit in _RATES else _PERS
    at, per = max((before.rfind(word), per) for word, per in pers)
    return f"{unit}/{per}" if at >= 0 else unit
