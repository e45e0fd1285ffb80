"""The sample's days: its period around today, working days of it, and the source's dates shifted into it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from workflow.actions.loading import MeasureInput, PlanInput, SectionInput, TargetInput
from workflow.clock.calendar import Calendar

LENGTH = 365
GONE = 274
"""Days of the period that lie before today: three quarters."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year of which three quarters are gone on `today`; `calendar` tells its working days."""

    today: date
    calendar: Calendar

    @property
    def start(self) -> date:
        """The first day."""
        return self.today - timedelta(days=GONE)

    @property
    def end(self) -> date:
        """The last day."""
        return self.start + timedelta(days=LENGTH - 1)

    def from_start(self, days: int) -> date:
        """The working day on or before the day that is `days` after the first."""
        return self.calendar.deadline_on_or_before(self.start + timedelta(days=days))

    def from_today(self, working_days: int) -> date:
        """So many working days after today, before it for a negative number."""
        return self.calendar.add_working_days(self.today, working_days)

    def after(self, day: date, working_days: int) -> date:
        """So many working days after `day`, before it for a negative number; a working day in any case."""
        return self.calendar.deadline_on_or_before(self.calendar.add_working_days(day, working_days))

    def shifted(self, plan: PlanInput) -> PlanInput:
        """The plan with its period and every date in it moved alike; the source's hash and words stay."""

        def moved(day: date | None) -> date | None:
            if day is None:
                return None
            return min(self.start + (day - plan.period_start), self.end)

        def target(given: TargetInput) -> TargetInput:
            return replace(given, due=moved(given.due))

        def measure(given: MeasureInput) -> MeasureInput:
            return replace(given, due=moved(given.due), targets=[target(one) for one in given.targets])

        def section(given: SectionInput) -> SectionInput:
            return replace(given, measures=[measure(one) for one in given.measures])

        return replace(
            plan,
            period_start=self.start,
            period_end=self.end,
            sections=[section(one) for one in plan.sections],
        )
