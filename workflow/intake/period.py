"""The plan's period, read from its title: （2025-2027年）."""

import re
from dataclasses import dataclass
from datetime import date

from workflow.intake.errors import Fault, IntakeError
from workflow.intake.source import plain_digits

_YEAR = r"(?P<{}>(?:19|20|21)[0-9]{{2}})"
_SPAN = re.compile(
    _YEAR.format("first") + r"\s*年?\s*(?:[-‐-―－~～]+|至|到)\s*" + _YEAR.format("last") + r"\s*年?"
)
_SINGLE = re.compile(_YEAR.format("first") + r"\s*年")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of its first year to the last day of its last; `text` as written."""

    text: str
    start: date
    end: date

    @property
    def is_one_year_twice(self) -> bool:
        """Whether a span was written whose two years are the same (INTAKE.md, Never silently)."""
        return plain_digits(self.text).count(str(self.start.year)) > 1


def period_in(title: str) -> Period | None:
    """The period that a title names, or None. Raises IntakeError when it ends before it begins."""
    plain = plain_digits(title)
    found = _SPAN.search(plain) or _SINGLE.search(plain)
    if found is None:
        return None
    years = found.groupdict()
    first, last = int(years["first"]), int(years.get("last") or years["first"])
    if last < first:
        raise IntakeError(Fault.PERIOD_REVERSED, period=found[0])
    return Period(title[slice(*found.span())], date(first, 1, 1), date(last, 12, 31))
