"""The lamp from the database, held against a plain reading of RULES.md, Lamp, on random ledgers."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.factories.random_ledger import DAY, FIRST, RandomLedger
from tests.factories.scale import dice_of, scaled
from workflow.clock.lamp import Reason, words_of
from workflow.models import (
    CalendarDay,
    Measure,
    RuleVersion,
    ShareCycle,
)
from workflow.queries.lamps import (
    lamp_of,
    lit_by,
    reasons_of,
    scales,
    with_lamp,
    with_lamp_in,
    with_share_lamp,
)
from workflow.queries.rules import calendar, forget
from workflow.rules.numbers import Numbers, due_hint_days
from workflow.states import Lamp, MeasureState, ShareState

pytestmark = pytest.mark.django_db


class PlainReading:
    """RULES.md, Lamp, word by word."""

    def __init__(self, on: date, numbers: Numbers) -> None:
        self.on, self.numbers, self.calendar = on, numbers, calendar()

    def has_passed(self, due: date) -> bool:
        """A due date on a day off moves to the working day before it."""
        return self.calendar.deadline_on_or_before(due) < self.on

    def left(self, due: date) -> int:
        """R: working days left, today counted."""
        return self.calendar.working_days_in(self.on, due)

    def late(self, due: date) -> int:
        """Working days since the date."""
        return self.calendar.working_days_between(due, self.on)

    def share(self, part: ShareCycle) -> Reason:
        """The worst reason of a share in a cycle."""
        share, measure, numbers = part.share, part.share.measure, self.numbers
        if share.state == ShareState.CLOSED or not part.cycle.is_current:
            return Reason.ENDED
        if measure.is_suspended(self.on):
            return Reason.SUSPENDED
        working = share.state in {ShareState.ASSIGNED, ShareState.IN_PROGRESS}
        due = measure.due if measure.kind == "dated" and working else None
        waited = self.late(share.dispatched_on) if share.state == ShareState.ASSIGNED else 0
        hint = due_hint_days(part.working_days, numbers)
        reasons = {
            Reason.DUE_PASSED: due is not None and self.has_passed(due),
            Reason.REPORT_VERY_LATE: working and self.late(part.due) > numbers.report_late_red,
            Reason.REPORT_LATE: working and self.late(part.due) >= 1,
            Reason.RETURNED_TWICE: part.returns >= numbers.returns_yellow,
            Reason.UNACCEPTED_LATE: waited >= numbers.accept_within,
            Reason.DUE_SOON: due is not None and self.left(due) <= hint,
            Reason.REPORT_SOON: working and self.left(part.due) <= numbers.report_hint,
            Reason.UNACCEPTED: waited >= numbers.accept_hint_after and share.state == ShareState.ASSIGNED,
            Reason.ON_TRACK: True,
        }
        return min(reason for reason, holds in reasons.items() if holds)

    def measure(self, measure: Measure) -> Reason:
        """The worst of the measure's own reasons, of its lead and critical shares, and of another share in red."""
        if measure.state in {MeasureState.CLOSED, MeasureState.CANCELLED}:
            return Reason.ENDED
        if measure.state == MeasureState.DRAFT:
            return Reason.NOT_OPEN
        if measure.is_suspended(self.on):
            return Reason.SUSPENDED
        found = [self.own(measure)]
        for part in ShareCycle.objects.filter(share__measure=measure, cycle__is_current=True):
            reason = self.share(part)
            if reason == Reason.ENDED:
                continue
            if part.share.is_lead or part.share.is_critical:
                found.append(reason)
            elif lamp_of(reason) == Lamp.RED:
                found.append(Reason.SUPPORT_IN_RED)
        return min(found)

    def own(self, measure: Measure) -> Reason:
        """What the measure's own dates and facts say."""
        cycle, numbers = measure.cycles.get(is_current=True), self.numbers
        running = measure.state in {MeasureState.ASSIGNED, MeasureState.IN_PROGRESS}
        due = measure.due if measure.kind == "dated" else None
        unread = [
            target.due
            for target in measure.targets.filter(state="confirmed", due__isnull=False)
            if not target.readings.filter(value__isnull=False, report__withdrawn_at=None).exists()
        ]
        last = measure.evaluations.filter(cycle=cycle, state="submitted").order_by("round").last()
        hint = due_hint_days(cycle.working_days, numbers)
        reasons = {
            Reason.DUE_PASSED: due is not None and self.has_passed(due),
            Reason.TARGET_PASSED: any(self.has_passed(day) for day in unread if day),
            Reason.EVALUATION_FAILED: last is not None and last.result == "failed",
            Reason.REPORT_VERY_LATE: self.late(cycle.due) > numbers.report_late_red,
            Reason.REPORT_LATE: self.late(cycle.due) >= 1,
            Reason.DUE_SOON: due is not None and self.left(due) <= hint,
            Reason.TARGET_SOON: any(self.left(day) <= numbers.due_hint_least for day in unread if day),
            Reason.REPORT_SOON: self.left(cycle.due) <= numbers.report_hint,
        }
        return min(
            (reason for reason, holds in reasons.items() if holds and running), default=Reason.ON_TRACK
        )


def _compare(ledger: RandomLedger, numbers: Numbers, days: int) -> tuple[set[Reason], set[Reason]]:
    seen_measures, seen_shares = set(), set()
    for on in sorted({ledger.day() for _ in range(days)}):
        plain = PlainReading(on, numbers)
        for measure in with_lamp(Measure.objects.filter(plan=ledger.plan), on):
            expected = plain.measure(measure)
            assert Reason(measure.lamp_reason) == expected, (on, measure.pk)  # type: ignore[attr-defined]
            assert measure.lamp == lamp_of(expected)  # type: ignore[attr-defined]
            seen_measures.add(expected)
        parts = ShareCycle.objects.filter(share__plan=ledger.plan).select_related("share__measure", "cycle")
        for part in with_share_lamp(parts, on):
            assert Reason(part.lamp_reason) == plain.share(part), (on, part.pk)  # type: ignore[attr-defined]
            seen_shares.add(plain.share(part))
    return seen_measures, seen_shares


def test_the_lamp_of_the_database_is_the_lamp_of_the_rules(cast: Cast) -> None:
    dice = dice_of(20260302)
    ledger = RandomLedger(cast, dice)
    ledger.measures(60)
    measures, shares = _compare(ledger, Numbers(), scaled(1200))
    assert measures | shares == set(Reason), "every reason was met"


@pytest.mark.parametrize(
    "numbers",
    [
        Numbers(due_hint_percent=15, report_hint=5, report_late_red=2, returns_yellow=1, accept_within=4),
        Numbers(due_hint_percent=0, due_hint_least=7),
        Numbers(due_hint_least=9, due_hint_most=4),
        Numbers(due_hint_percent=33, due_hint_most=30),
    ],
    ids=["other numbers", "no part of the period", "a least above the most", "a third"],
)
def test_a_plan_with_numbers_of_its_own_is_read_by_them_and_the_others_are_not(
    cast: Cast, numbers: Numbers
) -> None:
    dice = dice_of(7)
    own, common = RandomLedger(cast, dice), RandomLedger(cast, dice)
    RuleVersion.objects.create(plan=own.plan, number=1, holds_from=date(2026, 1, 1), data=numbers.as_data())
    forget()
    own.measures(15)
    common.measures(15)
    _compare(own, numbers, scaled(400))
    _compare(common, Numbers(), scaled(200))


def test_every_reason_has_its_colour_and_its_words() -> None:
    colours = {reason: lamp_of(reason) for reason in Reason}
    assert {reason for reason, colour in colours.items() if colour == Lamp.RED} == {
        Reason.DUE_PASSED,
        Reason.TARGET_PASSED,
        Reason.EVALUATION_FAILED,
        Reason.REPORT_VERY_LATE,
    }
    assert colours[Reason.SUPPORT_IN_RED] == colours[Reason.RETURNED_TWICE] == Lamp.YELLOW
    assert {lamp for lamp in Lamp if reasons_of(lamp)} == set(Lamp)
    for reason in Reason:
        assert words_of(reason, Numbers())
        assert "%" not in words_of(reason, Numbers())


def test_a_list_can_be_filtered_by_its_lamp(cast: Cast) -> None:
    ledger = RandomLedger(cast, dice_of(3))
    ledger.measures(20)
    on = FIRST + 20 * DAY
    everything = {measure.pk: measure.lamp for measure in with_lamp(Measure.objects.all(), on)}  # type: ignore[attr-defined]
    for lamp in Lamp:
        wanted = {pk for pk, colour in everything.items() if colour == lamp}
        assert {m.pk for m in with_lamp(Measure.objects.all(), on).filter(lamp=lamp)} == wanted
        assert {m.pk for m in with_lamp_in(Measure.objects.all(), lamp, on)} == wanted


def test_numbers_that_another_process_published_decide_at_once(cast: Cast) -> None:
    ledger = RandomLedger(cast, dice_of(5))
    ledger.measures(15)
    on = FIRST + 20 * DAY
    _lamps(on)
    numbers = Numbers(due_hint_least=40, report_late_red=1)
    version = {"number": 1, "holds_from": date(2026, 1, 1), "data": numbers.as_data()}
    RuleVersion.objects.create(plan=ledger.plan, **version)  # and nothing is forgotten here
    plain = PlainReading(on, numbers)
    assert _lamps(on) == {measure.pk: plain.measure(measure) for measure in Measure.objects.all()}


@pytest.mark.parametrize("works", [True, False])
def test_a_day_that_another_process_changed_counts_at_once(cast: Cast, works: bool) -> None:
    ledger = RandomLedger(cast, dice_of(6))
    ledger.measures(15)
    on = FIRST + 20 * DAY
    days = [CalendarDay(date=on + n * DAY, is_working=not works) for n in range(-6, 7)]
    CalendarDay.objects.bulk_create(days)
    _lamps(on)
    CalendarDay.objects.update(is_working=works)  # and nothing is forgotten here
    seen = _lamps(on)
    plain = PlainReading(on, Numbers())
    assert seen == {measure.pk: plain.measure(measure) for measure in Measure.objects.all()}


def _lamps(on: date) -> dict[int, Reason]:
    return {measure.pk: Reason(measure.lamp_reason) for measure in lit_by(Measure.objects.all(), scales(on))}
