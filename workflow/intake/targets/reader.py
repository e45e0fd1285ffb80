"""The targets that a measure's text promises, numeric ones and those without a number, with their dates.

Figures that may be targets and are not read surely are named in a warning (INTAKE.md, Targets, Never silently).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from workflow.actions.loading import TargetInput
from workflow.intake.content import Passage, joined
from workflow.intake.dates.dates import FoundDate, all_dates, promised
from workflow.intake.dates.numerals import plain
from workflow.intake.period import Period
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.targets.figures import Figure
from workflow.intake.targets.numeric import clauses_of, read_numbers
from workflow.intake.targets.plain import plain_promises
from workflow.intake.targets.traps import without_traps

_EACH = re.compile("分别")
_FOR_EACH = re.compile("(?:各|每年|均)")
_AND = re.compile("[、和及与]到?")
_SENTENCE_END = re.compile(r"[。！!\n]")
_SOME = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})"
_RELATIVE = re.compile(
    rf"(?<![近\d.一二两三四五六七八九十])(?<!过去){_SOME}(?:年|个月|个季度)(?:之|以)?内"
    rf"|(?<=用){_SOME}年(?:左右)?(?:的)?时间"
)
_COUNTED_ON = re.compile("内|时间")
_PART_END = re.compile(r"[。；;！!\n]")


@dataclass(frozen=True, slots=True)
class _Promise:
    """A target between two places of the text; `at` is where it is named."""

    start: int
    end: int
    at: int
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    of: tuple[int, int] | None = None
    said: int = 0

    def words(self, passage: Passage) -> Passage:
        """Its clause as written, of several subjects its own alone."""
        if self.of is None:
            return passage.part(self.start, self.end).stripped()
        return joined((passage.part(*self.of).stripped(), passage.part(self.said, self.end).stripped()))


def read_targets(passage: Passage, period: Period, warnings: WarningList) -> tuple[TargetInput, ...]:
    """The targets in order, each with its clause as written and its span.

    A date before a target holds for all targets up to the next date in the sentence; else the first date after.
    Warns of figures that were not read, and of dates that are not sure, each at its line.
    """
    text = passage.text
    every_date = all_dates(text, period)
    dates = promised(text, every_date, period)
    clear = without_traps(text, every_date, period.start)
    numbers = read_numbers(clear)
    promises = [
        _Promise(hit.start, hit.end, hit.at, hit.comparator, hit.value, hit.unit, hit.of, hit.said)
        for hit in numbers.hits
    ]
    counted = {promise.start for promise in promises}
    promises += [
        _Promise(*places)
        for places in plain_promises(clear, [found.start for found in dates])
        if places[0] not in counted
    ]
    promises.sort(key=lambda promise: promise.at)
    dated = _Calendar(clear, dates).dated(promises)
    for due in (found for found in dates if found.is_assumed):
        phrase = text[due.start : due.end]
        line = _line(passage, due.start)
        warnings.add(line, Caution.DATE_UNSURE, phrase=phrase, date=due.date.isoformat())
    _warn_of_unread(passage, numbers.unread, warnings)
    for one in numbers.ranges:
        phrase = _as_written(text, one.figure)
        line = _line(passage, one.figure.start)
        warnings.add(line, Caution.RANGE_READ, phrase=phrase, value=f"{one.taken.normalize():f}")
    return tuple(_target(passage, promise, due) for promise, due in dated)


def _target(passage: Passage, promise: _Promise, due: FoundDate | None) -> TargetInput:
    clause = promise.words(passage)
    return TargetInput(
        text=clause.text,
        comparator=promise.comparator,
        value=promise.value,
        unit=promise.unit,
        due=due.date if due else None,
        span=clause.span,
    )


_Dated = tuple[_Promise, FoundDate | None]


class _Calendar:
    """Which date of a text holds for what is promised at a place of it."""

    def __init__(self, text: str, dates: Sequence[FoundDate]) -> None:
        self._text = text
        self._dates = dates
        self._places = [found.start for found in dates]
        self._sentences = _ends(_SENTENCE_END, text) if dates else []
        self._parts = _ends(_PART_END, text) if dates else []
        self._clauses = [0, *(end for _, end in clauses_of(text)), len(text) + 1] if dates else []
        self._chains = list(self._chained())
        self._counted: list[int] = []

    def dated(self, promises: Sequence[_Promise]) -> list[_Dated]:
        """The promises with their dates; 2026年、2027年分别达到80%、90% gives each its own.

        2026年、2027年各新增10个 is promised for each of the two.
        """
        dated: list[_Dated] = []
        self._counted = [promise.at for promise in promises if promise.value is not None]
        for (start, end), group in groupby(promises, key=lambda promise: (promise.start, promise.end)):
            together = list(group)
            own = self._joined_before(start, together[0].at)
            words = self._text[own[-1].end : end] if len(own) > 1 else ""
            if len(own) == len(together) and _EACH.search(words):
                dated += zip(together, own, strict=True)
            elif len(together) == 1 and _FOR_EACH.match(words):
                dated += [(together[0], found) for found in own]
            else:
                dated += [(promise, self.due_of(promise.at)) for promise in together]
        return dated

    def _joined_before(self, start: int, at: int) -> Sequence[FoundDate]:
        """The last dates before a place in its part of the sentence that are joined to one another."""
        last = bisect_left(self._places, at)
        first = bisect_left(self._places, _around(self._parts, start)[0]) if last else 0
        return self._dates[max(first, self._chains[last - 1]) : last] if first < last else ()

    def _chained(self) -> Iterator[int]:
        """For each date the first of those joined to it."""
        first = 0
        for n, found in enumerate(self._dates):
            if n and not _AND.fullmatch(self._text, self._dates[n - 1].end, found.start):
                first = n
            yield first

    def due_of(self, at: int) -> FoundDate | None:
        """The date before it in its part of the sentence, the first behind it there, or the sentence's at its head."""
        if not self._dates:
            return None
        start, end = _around(self._parts, at)
        first, behind, last = (bisect_left(self._places, place) for place in (start, at, end))
        if behind > first:
            return self._dates[behind - 1]
        if first < last and self._reaches_back(self._dates[first], at):
            return self._dates[first]
        sentence, _ = _around(self._sentences, at)
        if first and self._places[first - 1] >= sentence and self._heads(self._dates[first - 1]):
            return self._dates[first - 1]
        return None

    def _reaches_back(self, found: FoundDate, at: int) -> bool:
        """Whether a date may hold for a figure before it: not out of a later clause that has its own to hold for."""
        start, end = _around(self._clauses, found.start)
        return start <= at or bisect_left(self._counted, found.end) == bisect_left(self._counted, end)

    def _heads(self, found: FoundDate) -> bool:
        """Whether a date begins its part of the sentence, and so may hold for the parts after it."""
        return found.start - _around(self._parts, found.start)[0] <= len("确保到")


def _ends(form: re.Pattern[str], text: str) -> list[int]:
    return [0, *(found.end() for found in form.finditer(text)), len(text) + 1]


def _around(ends: list[int], at: int) -> tuple[int, int]:
    n = bisect_right(ends, at)
    return ends[n - 1], ends[n]


def _warn_of_unread(passage: Passage, unread: Sequence[Figure], warnings: WarningList) -> None:
    relative = (
        [found.span() for found in _RELATIVE.finditer(plain(passage.text))]
        if _COUNTED_ON.search(passage.text)
        else []
    )
    for start, end in relative:
        warnings.add(_line(passage, start), Caution.DATE_RELATIVE, phrase=passage.text[start:end])
    starts = {start for start, _ in relative}
    unread = [figure for figure in unread if figure.start not in starts]
    named = [(_line(passage, figure.start), _as_written(passage.text, figure)) for figure in unread]
    for line, figures in groupby(named, key=lambda pair: pair[0]):
        warnings.add(
            line, Caution.FIGURES_UNREAD, figures="、".join(dict.fromkeys(text for _, text in figures))
        )


def _as_written(text: str, figure: Figure) -> str:
    return text[figure.start : max(figure.end, figure.start + len(figure.text))]


def _line(passage: Passage, at: int) -> int:
    return passage.part(at, at + 1).number
