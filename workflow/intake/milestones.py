"""Dated steps in a measure's prose (到2025年6月底，完成…；到2026年底，建成…), proposed as milestones."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from workflow.actions.loading import MilestoneInput
from workflow.intake.content import Passage
from workflow.intake.dates.dates import FoundDate, dates_in
from workflow.intake.period import Period

LONGEST_TITLE = 200
_SENTENCE = re.compile(r"[^。；;！!\n]+")
_CLAUSE_END = "，,：:"
_LEAD = re.compile(r"^[，,、：:\s]*(?:并|且|确保|力争|争取)?")
_BEFORE_DATE = re.compile(r"(?:到|至|于|在|截至|确保到?|力争到?|争取到?|计划)$")
_NOT_A_STEP = re.compile(
    r"(?:有效期|期限|施行|执行|实施)(?:期限|时间)?(?:为|自[^，。；]{0,20})?(?:截?[至到]|延[长续][至到])$"
)
_SHORTEST = 8
"""A clause shorter than this (2025年底整改到位) says too little without the clause before it."""


def proposed_milestones(passage: Passage, period: Period) -> tuple[MilestoneInput, ...]:
    """The steps by the dates that the text names, in order; each is told as written, without its date in front.

    A day up to which something is in force is none.
    """
    steps: list[MilestoneInput] = []
    dates = [found for found in dates_in(passage.text, period) if _is_step(passage.text, found)]
    if not dates:
        return ()
    places = [found.start for found in dates]
    for sentence in _SENTENCE.finditer(passage.text):
        inside = dates[bisect_left(places, sentence.start()) : bisect_left(places, sentence.end())]
        if inside:
            steps += _steps(passage, inside, *sentence.span())
    return tuple(steps)


def _is_step(text: str, found: FoundDate) -> bool:
    validity = _NOT_A_STEP.search(text[max(0, found.start - 30) : found.start])
    return validity is None and not found.is_whole_year


def _steps(passage: Passage, dates: list[FoundDate], start: int, end: int) -> Iterator[MilestoneInput]:
    """A step reaches from the clause of its date to the clause of the next one."""
    text = passage.text
    heads = [_clause_start(text, start, found.start) for found in dates]
    ends = [max(head, found.end) for found, head in zip(dates, heads[1:], strict=False)]
    for found, head, last in zip(dates, heads, [*ends, end], strict=True):
        step = passage.part(head, last).stripped("，,、：: 　\t")
        title = _title(text[head : found.start], text[found.end : last])
        earlier = _clause_start(text, start, head - 1)
        if len(title) < _SHORTEST and not any(earlier <= other.start < head for other in dates):
            step = passage.part(earlier, last).stripped("，,、：: 　\t")
            title = step.text if earlier < head else title
        if title:
            yield MilestoneInput(title[:LONGEST_TITLE], found.date, step.span)


def _title(before: str, after: str) -> str:
    before = _BEFORE_DATE.sub("", before.strip())
    after = _LEAD.sub("", after) if not before else after.strip()
    return f"{before}{after}".strip("，,、：: 　\t")


def _clause_start(text: str, start: int, at: int) -> int:
    return max(start, *(text.rfind(sign, start, max(start, at)) + 1 for sign in _CLAUSE_END))
