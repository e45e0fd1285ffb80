"""What a piece of text looks like where no column says it: a schedule, or units."""

import re
from datetime import date
from functools import lru_cache

from workflow.intake.content import Passage
from workflow.intake.dates.phrases import read_schedule
from workflow.intake.period import Period
from workflow.intake.units.splitting import NOBODY, look_like_units

_ANY_YEAR = Period("", date(2026, 1, 1), date(2026, 12, 31))
"""One year, so that a month alone is clear; which year it is does not matter."""
_DATED = re.compile(r"[年月日底前末期季旬]|持续|长期|适时|常态|随时|按")
_DATED_LONGEST = 25
_SCHEDULE_LONGEST = 40


@lru_cache(maxsize=4096)
def looks_like_schedule(text: str) -> bool:
    """Whether the whole of a cell states when, and nothing else."""
    if not text or len(text) > _SCHEDULE_LONGEST or text in NOBODY:
        return False
    read = read_schedule(Passage(text), _ANY_YEAR)
    says_something = read.due or read.is_ongoing or read.cycle or read.milestones or read.valid_until
    return bool(says_something) and read.is_clear


def may_be_schedule(text: str) -> bool:
    """Whether a short text speaks of time, clearly or not."""
    return len(text) <= _DATED_LONGEST and "。" not in text and _DATED.search(text) is not None


@lru_cache(maxsize=4096)
def looks_like_units(text: str) -> bool:
    """Whether a cell names units, or says that nobody is meant."""
    return bool(text) and (text in NOBODY or look_like_units(text))
