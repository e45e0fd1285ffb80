"""Dates moved by working days, in a number of statements that does not grow with the rows."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Model, QuerySet, Value, When

from workflow.models import Cycle, Measure, Milestone, Share, ShareCycle, Target
from workflow.queries.rules import calendar
from workflow.states import ShareState, TargetState


def moved(day: date, working_days: int) -> date:
    """The day that many working days later, earlier for a negative number."""
    return calendar().add_working_days(day, working_days)


def move_dates(rows: QuerySet[Any], field: str, working_days: int) -> None:
    """Move the dates in `field` of the rows, all by the same number of working days; two statements."""
    plain: QuerySet[Model] = rows.order_by()
    days = plain.values_list(field, flat=True).distinct()
    whens = [When(**{field: day}, then=Value(moved(day, working_days))) for day in days if day is not None]
    if whens:
        plain.update(**{field: Case(*whens, default=F(field), output_field=DateField())})


def move_clock(measure: Measure, working_days: int, since: date) -> None:
    """Let the clocks of the locked measure have stood for that many working days.

    What is still to be done moves, whether it was late or not: the current and later cycles, the shares' parts, their
    time to accept, and the measure's own date. Of milestones and confirmed targets those not past on the day `since`
    move: the others are over. Open work moves with `routing.follow`, by `measure.clock_moved`.
    """
    measure.clock_moved = working_days
    if measure.due is not None:
        measure.due = moved(measure.due, working_days)
    ahead = Cycle.objects.filter(measure=measure, index__gte=measure.current_cycle.index)
    move_dates(ahead, "share_due", working_days)
    move_dates(ahead, "due", working_days)
    parts = ShareCycle.objects.filter(cycle=measure.current_cycle)
    move_dates(parts.exclude(share__state=ShareState.CLOSED), "due", working_days)
    unaccepted = Share.objects.filter(measure=measure, state=ShareState.ASSIGNED)
    move_dates(unaccepted, "dispatched_on", working_days)
    move_dates(Milestone.objects.filter(measure=measure, due__gte=since), "due", working_days)
    promised = Target.objects.filter(measure=measure, state=TargetState.CONFIRMED, due__gte=since)
    move_dates(promised, "due", working_days)
