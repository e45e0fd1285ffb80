"""How many working days are left until a date, for every place that shows one."""

from datetime import date

from workflow.models import Share
from workflow.queries.rules import calendar, rules_of


def days_left(due: date | None, on: date) -> int | None:
    """Working days from `on` to `due`: 0 on the day itself, negative when it has passed, None without a date."""
    if due is None:
        return None
    return calendar().working_days_between(on, due)


def acceptance_limit(share: Share, plan_id: int, on: date) -> date:
    """The last day on which the bureau itself can be waited for to accept its share."""
    within = rules_of(plan_id, on).numbers.accept_within
    return calendar().add_working_days(share.dispatched_on, within)
