"""The sample's arithmetic: the shifted period, office hours, and when an ongoing measure is dispatched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.actions.loading import MeasureInput, PlanInput, SectionInput, TargetInput
from workflow.clock.calendar import Calendar
from workflow.clock.cycles import lay_out
from workflow.management.sample.diary import OFFICE_MINUTES, Thread, moment
from workflow.management.sample.ongoing import SHORTEST, first_day
from workflow.management.sample.period import Period
from workflow.rules.numbers import Numbers

CALENDAR = Calendar.from_days({})
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(DAYS)
def test_three_quarters_of_the_period_are_gone_on_any_day(today: date) -> None:
    period = Period(today, CALENDAR)
    assert (period.end - period.start).days + 1 == 365
    assert (today - period.start).days / 365 == pytest.approx(0.75, abs=0.01)


def test_every_date_of_the_plan_is_shifted_alike() -> None:
    plan = PlanInput(
        title="方案",
        source_hash="0" * 64,
        source_name="plan.json",
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        sections=[
            SectionInput(
                "一",
                "行动",
                [
                    MeasureInput(
                        "举措", due=date(2025, 3, 2), targets=[TargetInput("率", due=date(2025, 12, 31))]
                    )
                ],
            )
        ],
    )
    period = Period(date(2026, 11, 24), CALENDAR)
    shifted = period.shifted(plan)
    measure = shifted.sections[0].measures[0]
    assert measure.due is not None
    assert (measure.due - shifted.period_start).days == 60
    assert measure.targets[0].due == shifted.period_end == period.end
    assert shifted.source_hash == plan.source_hash


@given(DAYS, st.lists(st.integers(0, 3), max_size=60))
def test_a_thread_only_goes_forward_and_stays_in_office_hours(day: date, steps: list[int]) -> None:
    day = CALENDAR.deadline_on_or_before(day)
    thread = Thread("某线", day)
    for step in steps:
        after = thread.on(CALENDAR.add_working_days(day, step), CALENDAR)
        assert moment(after.day, after.minute) > moment(thread.day, thread.minute)
        assert after.minute < OFFICE_MINUTES
        assert CALENDAR.is_working(after.day)
        thread = after


@given(DAYS, st.sampled_from(["month", "quarter", "year"]))
def test_a_measure_is_never_dispatched_shortly_before_its_first_report(today: date, length: str) -> None:
    period = Period(today, CALENDAR)
    first = first_day(period, length, period.after(period.start, 4))
    cycle = lay_out(length, first, period.end, CALENDAR, Numbers())[0]
    assert CALENDAR.working_days_between(first, cycle.share_due) >= SHORTEST
    assert first < period.today
