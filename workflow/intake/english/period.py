"""The period of an English plan: in its title or right under it, else the years of its dates."""

import re
from collections.abc import Sequence
from datetime import date

from workflow.intake.english.reader import EnglishPlan
from workflow.intake.period import Period, period_in

_YEARS_ALONE = re.compile(
    r"\W*(?:(?:for|period|covering|from)[: ]+)*(?:[A-Za-z]+ )?(?:19|20|21)\d\d\s*(?:[-–—/]|to|and)\s*(?:[A-Za-z]+ )?(?:19|20|21)\d\d\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20|21)\d\d(?![\d/.-])")
_SPAN = re.compile(
    r"(?P<first>(?:19|20|21)\d\d)\s*(?:/|\bto\b|\band\b)\s*(?:[A-Za-z]+ )?(?P<last>(?:19|20|21)\d\d)"
)


def english_period(plan: EnglishPlan) -> Period | None:
    """The span that the title or a line right under it names; a single year where all dates lie in it.

    Raises IntakeError when a span ends before it begins.
    """
    title = plan.title.text
    lines = [title, *(line.text for line in plan.opening if _YEARS_ALONE.fullmatch(line.text))]
    for line in lines:
        if found := period_in(_SPAN.sub(r"\g<first>-\g<last>", line)):
            return found
    years = _YEAR.findall(title)
    if len(years) == 1 and all(day.year == int(years[0]) for day in plan.days):
        return period_of([date(int(years[0]), 1, 1)])
    return None


def period_of(days: Sequence[date]) -> Period:
    """The whole years from the first day to the last."""
    first, last = min(days).year, max(days).year
    text = str(first) if first == last else f"{first}-{last}"
    return Period(text, date(first, 1, 1), date(last, 12, 31))
