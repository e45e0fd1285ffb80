"""By when the work of each step is due, counted in working days by the plan's rules (RULES.md)."""

from datetime import date

from flows.models import Run
from workflow.clock.now import today
from workflow.queries.rules import calendar, rules_of
from workflow.rules.numbers import Numbers
from workflow.rules.requests import days_to_decide


def _numbers(run: Run) -> Numbers:
    plan = run.measure.plan
    return rules_of(plan.pk, today(plan.time_zone)).numbers


def _from_today(run: Run, count: int) -> date:
    return calendar().add_working_days(today(run.measure.plan.time_zone), count)


def accept_by(run: Run) -> date:
    """Acceptance: 2 working days."""
    return _from_today(run, _numbers(run).accept_within)


def report_by(run: Run) -> date:
    """The share's due date in the current cycle."""
    if run.report_due is not None:
        return run.report_due
    assert run.share is not None  # noqa: S101 - a bureau's step is about its share
    return run.share.current_share_cycle.due


def review_by(run: Run) -> date:
    """Review: 3 working days."""
    return _from_today(run, _numbers(run).review_within)


def consolidate_by(run: Run) -> date:
    """Consolidation: 3 working days."""
    return _from_today(run, _numbers(run).consolidate_within)


def report_measure_by(run: Run) -> date:
    """The lead's due date in the current cycle."""
    return run.measure.current_cycle.due


def sign_request_by(run: Run) -> date:
    """The head's signature under a request: 2 working days."""
    return _from_today(run, _numbers(run).request_sign_within)


def decide_request_by(run: Run) -> date:
    """The decision on a request: 3 working days; on coordination 3, 5 or 10 by who decides."""
    request = run.request
    assert request is not None  # noqa: S101 - the step of a request is about one
    return _from_today(run, days_to_decide(request.kind, request.decider, _numbers(run)))


def verify_by(run: Run) -> date:
    """Verification: 5 working days."""
    return _from_today(run, _numbers(run).verify_within)


def evaluate_by(run: Run) -> date:
    """Evaluation: 20 working days."""
    return _from_today(run, _numbers(run).evaluate_within)


def close_by(run: Run) -> date:
    """Closure: 3 working days."""
    return _from_today(run, _numbers(run).close_within)
