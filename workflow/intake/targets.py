"""Numeric targets that a sentence states surely: a comparator, a number, a unit, and often a date.

Figures that may be targets and are not read surely are named in a warning (INTAKE.md, Targets, Never silently).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.actions.loading import TargetInput
from workflow.intake.reader_warnings import Caution, WarningList
from workflow.intake.schedule import dates_in
from workflow.intake.source import plain_digits

_UNITS = "个百分点|百分点|%|％|亿元|万元|元|万人|人次|人|个|项|名|所|家|户|门|场|次|件|公里|亩|平方米"
_FIGURE = re.compile(rf"(?<![\d.])\d[\d.,]*(?:年(?!\d)|{_UNITS})")
_YEAR = re.compile(r"(?:19|20|21)\d{2}年")
_NUMBER = rf"(?P<value>\d{{1,9}}(?:\.\d{{1,4}})?)(?P<unit>{_UNITS})(?![-—~～至到]\d)"
_WORDS = {
    "不低于": ">=",
    "不少于": ">=",
    "不小于": ">=",
    "至少": ">=",
    "不超过": "<=",
    "不高于": "<=",
    "不多于": "<=",
    "超过": ">",
    "高于": ">",
    "大于": ">",
    "低于": "<",
    "少于": "<",
    "小于": "<",
    "达到": ">=",
}
_NO_CONDITION = "(?!(?:以上|以下)?的)"  # 低于60%的街道 says of whom, not how much
_VERB = "(?:掌握|完成|建成|新建|新增|培育|培养|开展|组织)?"
_CHANGE = "(?:降低|下降|减少|压减|提高|提升|增长|增加)(?:到|至)?"
_FORMS = (
    re.compile(rf"(?<![未没])(?P<word>{'|'.join(_WORDS)}){_VERB}{_NUMBER}{_NO_CONDITION}"),
    re.compile(rf"{_CHANGE}{_NUMBER}以上(?!的)"),
    re.compile(rf"{_NUMBER}的[^，,。；（）\d]{{1,15}}?达到(?![^，,。；]*\d)"),
)
_AND_ALSO = re.compile(rf"[^，,。；（）\d]{{1,12}}?(?:和|、|及){_NUMBER}")
_PER = {"每年": "年", "每名": "人", "每人": "人", "人均": "人", "生均": "生"}
_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_END = "，,。；;\n"


@dataclass(frozen=True, slots=True)
class _Hit:
    """One number in a sentence: where it stands, and what it promises."""

    start: int
    comparator: str
    value: Decimal
    unit: str


def read_targets(text: str, line: int, warnings: WarningList) -> tuple[TargetInput, ...]:
    """The targets of a measure's text in order, each with its clause as written.

    A date before a number holds for all numbers up to the next date in the sentence; else the first date after.
    """
    found: list[TargetInput] = []
    unread: list[str] = []
    for sentence in _SENTENCE.findall(text):
        hits = sorted(_hits(sentence), key=lambda hit: hit.start)
        dates = list(dates_in(sentence))
        found += (_target(sentence, hit, dates) for hit in hits)
        unread += _unread(sentence, {hit.start for hit in hits})
    if unread:
        warnings.add(line, Caution.FIGURES_UNREAD, figures="、".join(dict.fromkeys(unread)))
    return tuple(found)


def _hits(sentence: str) -> Iterator[_Hit]:
    seen: set[int] = set()
    for form in _FORMS:
        for match in form.finditer(sentence):
            comparator = _WORDS[match["word"]] if "word" in form.groupindex else ">="
            also: re.Match[str] | None = match
            while also is not None and also.start("value") not in seen:
                seen.add(also.start("value"))
                yield _Hit(also.start("value"), comparator, Decimal(also["value"]), _unit(sentence, also))
                also = _AND_ALSO.match(sentence, also.end()) if "word" in form.groupindex else None


def _unit(sentence: str, match: re.Match[str]) -> str:
    """The unit, with what it is counted for: 每年 … 1个百分点 is 个百分点/年."""
    clause = sentence[_clause_start(sentence, match.start("value")) : match.start("value")]
    per = max(_PER, key=clause.rfind)
    unit = match["unit"].replace("％", "%")
    return f"{unit}/{_PER[per]}" if per in clause else unit


def _target(sentence: str, hit: _Hit, dates: list[tuple[int, date]]) -> TargetInput:
    before = [due for at, due in dates if at <= hit.start]
    after = [due for at, due in dates if at > hit.start]
    due = before[-1] if before else next(iter(after), None)
    end = min(
        (n for sign in _CLAUSE_END if (n := sentence.find(sign, hit.start)) >= 0), default=len(sentence)
    )
    clause = sentence[_clause_start(sentence, hit.start) : end].strip()
    return TargetInput(text=clause, comparator=hit.comparator, value=hit.value, unit=hit.unit, due=due)


def _clause_start(sentence: str, at: int) -> int:
    return max(sentence.rfind(sign, 0, at) for sign in _CLAUSE_END) + 1


def _unread(sentence: str, read: set[int]) -> list[str]:
    figures = (found for found in _FIGURE.finditer(plain_digits(sentence)) if found.start() not in read)
    return [found[0] for found in figures if not _YEAR.fullmatch(found[0])]
