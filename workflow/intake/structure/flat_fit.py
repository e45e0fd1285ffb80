"""How well a line that is a cell fits a column of a flattened list: the cost of taking it for one of that column.

0 is a cell as the column's are; costs add up over a row, and a row that costs little is surely told apart.
"""

import re
from functools import lru_cache

from workflow.intake.structure.columns import WORDS, Column
from workflow.intake.structure.looks import looks_like_schedule, looks_like_units, may_be_schedule
from workflow.intake.units.splitting import NOBODY, split_units
from workflow.intake.units.statements import has_statement

NEVER = 1000.0
"""The cost of what cannot be."""
UNSURE = 1.5
"""A cell that costs as much is not surely one of its column."""
_SERIAL = re.compile(
    r"[（(]?\d{1,4}[）)]?[。.．、]?|[①-⑳]|[A-Za-z]{1,3}-?\d{1,4}(?:[-.]\d{1,3})?|\d{1,2}[-.]\d{1,2}"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]?")
_PERSON = re.compile(
    r"[\u4e00-\u9fff·]{2,4}(?:(?:[、，,/\s]|及)[\u4e00-\u9fff·]{2,4})*|.*(?:同志|[省市区县镇乡部厅局处科校院]长|书记|主任|常委|主席|秘书长)"
    r"|[\d\-—\s、]{5,}|.*\d{7,}"
)
_GROUP_LONGEST = 40
_CELL_LONGEST = 30
_OMITTED = {
    Column.REMARK: 0.2,
    Column.GROUP: 0.3,
    Column.TASK: 0.6,
    Column.UNKNOWN: 1.0,
    Column.PERSON: 1.0,
    Column.SUPPORTING: 1.2,
    Column.PROMISE: 1.2,
    Column.STEP: 1.2,
    Column.SCHEDULE: 2.0,
    Column.LEAD: 2.5,
    Column.UNITS: 2.5,
    Column.SERIAL: 2.5,
    Column.TEXT: 3.0,
}


def cost_of_omission(column: Column, *, is_only_words: bool) -> float:
    """The cost of a row without a cell of this column: nearly nothing where blanks and merged cells are usual."""
    return NEVER if is_only_words else _OMITTED[column]


@lru_cache(maxsize=50_000)
def cost_of(text: str, column: Column) -> float:
    """The cost of taking a line for a cell of a column."""
    if column is Column.SERIAL:
        return 0.0 if _SERIAL.fullmatch(text) else 0.5 if _NUMERAL.fullmatch(text) else NEVER
    if text in NOBODY:
        return 1.0 if column in WORDS else 0.0
    if column is Column.SCHEDULE:
        return _cost_of_schedule(text)
    if column in (Column.UNITS, Column.LEAD, Column.SUPPORTING):
        return _cost_of_units(text)
    if column is Column.PERSON:
        return 0.0 if _PERSON.fullmatch(text) else 2.0 if len(text) <= _CELL_LONGEST else NEVER
    return _cost_of_words(text, column)


def _cost_of_schedule(text: str) -> float:
    if looks_like_schedule(text):
        return 0.0
    if _SERIAL.fullmatch(text) or looks_like_units(text):
        return NEVER
    return 0.8 if may_be_schedule(text) else 2.5 if len(text) <= _CELL_LONGEST else NEVER


def _cost_of_units(text: str) -> float:
    if looks_like_units(text):
        return 0.0
    if _SERIAL.fullmatch(text) or looks_like_schedule(text):
        return NEVER
    if has_statement(text):
        return 0.2
    parts = split_units(text)
    names = sum(looks_like_units(part) for part in parts)
    if names * 2 >= len(parts) and len(parts) > 1:
        return 0.8
    return 2.5 if len(text) <= _CELL_LONGEST and "。" not in text else NEVER


def _cost_of_words(text: str, column: Column) -> float:
    """Words are words; what looks like a cell of another kind is that rather."""
    is_bare = _SERIAL.fullmatch(text) is not None
    if column is Column.GROUP:
        return NEVER if is_bare or len(text) > _GROUP_LONGEST else _likeness(text)
    if column in WORDS:
        return NEVER if is_bare else _likeness(text)
    if column in (Column.PROMISE, Column.STEP):
        return 0.5 if is_bare else _likeness(text)
    return 0.2 + _likeness(text) / 3


def _likeness(text: str) -> float:
    if looks_like_schedule(text):
        return 3.0
    if looks_like_units(text):
        return 2.0 if "、" in text or "局" in text else 0.4
    return 0.0
