"""Documents in Traditional characters: read as if written in Simplified ones, sign by sign, and told as they are written.

Every rule of the reader knows Simplified words. As each sign becomes one sign, all places stay where they are, and what
was read is put back into the document's own characters at the end.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from opencc import OpenCC

from workflow.intake.content import Block, Content, Paragraph, Passage, Table
from workflow.intake.plan_read import PlanRead
from workflow.intake.source import digest

LEAST_SHARE = 0.1
"""A text in Traditional characters has a third of signs that Simplified ones write otherwise, a Simplified text next to none."""
_WORDS = {"计画": "计划"}
"""Words that differ in more than their characters; as long as what they stand for."""


def is_traditional(text: str) -> bool:
    """Whether the document is written in Traditional characters."""
    signs = Counter(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
    others = sum(count for sign, count in signs.items() if _simple(sign) != sign)
    return others > LEAST_SHARE * signs.total()


def simplified(contents: Sequence[Content]) -> list[Content]:
    """The contents in Simplified characters; every place is the same."""
    return [
        replace(content, text=_text(content.text), blocks=tuple(_block(block) for block in content.blocks))
        for content in contents
    ]


def as_written(read: PlanRead, written: str) -> PlanRead:
    """What was read of the simplified document, in the characters of `written`, the normalised text of the original."""
    return _Original.of(read.text, written).plan(read)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simple(sign: str) -> str:
    """The Simplified form of one sign, which is one sign."""
    found = str(_converter().convert(sign))
    return found if len(found) == 1 else sign


def _text(text: str) -> str:
    text = "".join(map(_simple, text))
    for word, meant in _WORDS.items():
        text = text.replace(word, meant)
    return text


def _passage(passage: Passage) -> Passage:
    return replace(passage, text=_text(passage.text))


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, passage=_passage(block.passage))
    rows = (tuple(replace(cell, passage=_passage(cell.passage)) for cell in row) for row in block.rows)
    return Table(tuple(rows), block.name)


@dataclass(frozen=True, slots=True)
class _Original:
    """The document in both writings, place by place; `signs`: what a Simplified sign mostly stands for in it."""

    simple: str
    written: str
    signs: Mapping[int, str]

    @classmethod
    def of(cls, simple: str, written: str) -> "_Original":
        counts = Counter(zip(simple, written, strict=True))
        signs = {ord(sign): original for (sign, original), _count in reversed(counts.most_common())}
        return cls(simple, written, signs)

    def plan(self, read: PlanRead) -> PlanRead:
        """The plan with every word put back; the hash is that of the original."""
        told: PlanRead = self.back(read)
        plan = replace(told.plan, source_hash=digest(self.written), source_name=read.plan.source_name)
        return replace(told, plan=plan, text=self.written, files=read.files, code=read.code)

    def back(self, value: Any) -> Any:
        """`value` with every text in it, however deep, in the document's characters."""
        if type(value) is str:
            return self._words(value)
        if isinstance(value, list | tuple):
            return type(value)(map(self.back, value))
        if isinstance(value, dict):
            return {key: self.back(one) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            changed = {one.name: self.back(getattr(value, one.name)) for one in fields(value)}
            return replace(value, **changed)
        return value

    def _words(self, text: str) -> str:
        """As the document has these words; put together from its signs where it has them nowhere in one piece."""
        if text.isascii():
            return text
        at = self.simple.find(text)
        return self.written[at : at + len(text)] if at >= 0 else text.translate(self.signs)
