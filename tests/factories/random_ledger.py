"""A ledger of random measures, written straight into the tables: every date and state that a lamp rests on."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Bureau
from tests.factories.cast import Cast
from tests.factories.plans import EngagementFactory, PlanFactory, SectionFactory
from workflow.models import Cycle, Evaluation, Measure, Plan, Reading, Report, Share, ShareCycle, Target
from workflow.queries.rules import calendar
from workflow.states import MeasureState, ShareState

DAY = timedelta(days=1)
FIRST = date(2026, 1, 26)
"""The random ledgers live around the Spring Festival of 2026, with its holidays and make-up days."""
NOON = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


class RandomLedger:
    """A plan with random measures, written straight into the tables."""

    def __init__(self, cast: Cast, dice: random.Random) -> None:
        self.dice, self.person = dice, cast.stranger()
        self.plan: Plan = PlanFactory()
        self.section = SectionFactory(plan=self.plan, position=1)
        self.bureaus = [cast.bureau(f"单位{n}") for n in range(4)]
        self.engagement = EngagementFactory(plan=self.plan, agency=cast.agency)

    def day(self, spread: int = 60) -> date:
        """A day around the holidays."""
        return FIRST + self.dice.randrange(spread) * DAY

    def measures(self, count: int) -> None:
        """Add random measures."""
        for n in range(count):
            self._measure(n)

    def _measure(self, n: int) -> None:
        dice, kind = self.dice, self.dice.choice(["dated", "ongoing"])
        measure = Measure.objects.create(
            plan=self.plan,
            section=self.section,
            code=f"L-{self.plan.pk}-{n}",
            position=n,
            title="x",
            kind=kind,
            due=self.day() if kind == "dated" else None,
            cycle_length="" if kind == "dated" else "month",
            state=dice.choice([*MeasureState.values, "assigned", "in_progress", "in_progress"]),
            suspended_until=dice.choice([*[None] * 7, self.day()]),
        )
        cycle = self._cycles(measure)
        for bureau in self.bureaus[: dice.randint(1, 4)]:
            self._share(measure, cycle, bureau)
        if dice.random() < 0.6:
            self._target(measure)
        for turn in range(1, dice.choice([1, 1, 2, 3])):
            self._evaluation(measure, cycle, turn)

    def _cycles(self, measure: Measure) -> Cycle:
        due = calendar().deadline_on_or_before(measure.due or self.day())
        days = {"period_start": FIRST, "period_end": FIRST + 60 * DAY, "share_due": due, "due": due}
        for index, is_current in ((1, False), (2, True)):
            cycle = Cycle.objects.create(
                measure=measure,
                index=index,
                is_current=is_current,
                is_last=is_current,
                working_days=self.dice.randrange(120),
                **days,
            )
        return cycle

    def _share(self, measure: Measure, cycle: Cycle, bureau: Bureau) -> None:
        state = self.dice.choice(ShareState.values)
        share = Share.objects.create(
            measure=measure,
            plan=self.plan,
            bureau=bureau,
            is_lead=bureau == self.bureaus[0],
            is_critical=self.dice.random() < 0.2,
            state=state,
            outcome="done" if state == ShareState.CLOSED else "",
            dispatched_on=self.day(50),
        )
        for each in measure.cycles.all():
            ShareCycle.objects.create(
                share=share,
                cycle=each,
                due=self.day(),
                working_days=self.dice.randrange(120),
                returns=self.dice.choice([0, 0, 0, 0, 1, 2]),
            )

    def _target(self, measure: Measure) -> None:
        dice = self.dice
        target = Target.objects.create(
            measure=measure,
            position=1,
            text="x",
            due=dice.choice([None, self.day(), self.day()]),
            state=dice.choice(["proposed", "confirmed", "confirmed", "waived"]),
        )
        if dice.random() < 0.5:
            report = Report.objects.create(
                share_cycle=ShareCycle.objects.filter(share__measure=measure).first(),
                version=1,
                progress="x",
                submitted_by=self.person,
                submitted_at=NOON,
                withdrawn_at=dice.choice([None, NOON]),
            )
            value = dice.choice([None, Decimal(1)])
            Reading.objects.create(report=report, target=target, value=value, reason="y", as_of=FIRST)

    def _evaluation(self, measure: Measure, cycle: Cycle, turn: int) -> None:
        state = self.dice.choice(["submitted", "withdrawn"])
        scored: dict[str, Any] = {
            "score": 1,
            "evaluated_by": self.person,
            "result": self.dice.choice(["failed", "passed"]),
        }
        Evaluation.objects.create(
            measure=measure,
            cycle=cycle,
            engagement=self.engagement,
            round=turn,
            state=state,
            **(scored if state == "submitted" else {}),
        )
