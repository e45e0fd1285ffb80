"""What halts or ends a measure, at the pages: offered to the approver, seen by everybody, work held up meanwhile."""

from datetime import date

import pytest

from tests.factories.clock import Clock
from tests.factories.plans import Line
from tests.factories.road import fresh
from tests.workflow.pages.decision_checks import is_open_to, is_refused, offers
from tests.workflow.pages.stage import Stage, address, see_work
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.cancellation import cancel_measure
from workflow.actions.suspension import suspend_measure
from workflow.models import Measure
from workflow.states import MeasureState

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 6, 30)


@pytest.fixture
def measure(stage: Stage) -> Measure:
    return stage.road.accept_all(stage.joint())


def suspend(stage: Stage, measure: Measure) -> Measure:
    suspend_measure(measure, by=stage.cast.approver(measure.plan), until=UNTIL, reason="等新政策")
    return fresh(measure)


def test_an_approver_suspends_and_resumes(stage: Stage, measure: Measure, clock: Clock) -> None:
    approver = stage.cast.approver(measure.plan)
    is_open_to(approver, "suspend-measure", measure, until=UNTIL.isoformat(), reason="等新政策")
    assert fresh(measure).is_suspended(clock.today)
    is_open_to(approver, "resume-measure", measure, reason="政策已出")
    assert not fresh(measure).is_suspended(clock.today)


def test_the_form_says_how_long_it_may_take(stage: Stage, measure: Measure) -> None:
    visitor = Visitor(stage.cast.approver(measure.plan))
    page = words(visitor.see("ledger:suspend-measure", measure.code))
    assert 'max="2026-09-01"' in page
    answer = visitor.send("ledger:suspend-measure", measure.code, until="2026-09-02", reason="等")
    assert answer.status_code == 422
    assert "at the latest 2026-09-01" in words(answer)


def test_a_supervisor_neither_suspends_nor_cancels(stage: Stage, measure: Measure) -> None:
    supervisor = stage.cast.supervisor(measure.plan)
    for name, data in (
        ("suspend-measure", {"until": UNTIL.isoformat(), "reason": "等"}),
        ("cancel-measure", {"reason": "并", "basis": "文"}),
    ):
        is_refused(supervisor, 403, "Your roles do not allow this here.", name, measure, **data)


def test_everybody_sees_until_when_and_why(stage: Stage, measure: Measure) -> None:
    suspend(stage, measure)
    for person in (stage.cast.handler(stage.lead), stage.cast.observer(measure.plan)):
        page = offers(person, measure)
        assert "Suspended until 2026-06-30: the clocks stand." in page
        assert "等新政策" in page
        assert "Your turn" not in page


def test_no_days_are_counted_while_the_clock_stands(stage: Stage, measure: Measure) -> None:
    observer = Visitor(stage.cast.observer(measure.plan))
    assert "days left" in words(observer.see("ledger:measure-detail", measure.code))
    suspend(stage, measure)
    assert "days left" not in words(observer.see("ledger:measure-detail", measure.code))


def test_other_decisions_are_not_offered_meanwhile(stage: Stage, measure: Measure) -> None:
    suspend(stage, measure)
    approver = stage.cast.approver(measure.plan)
    page = offers(approver, measure)
    assert "/resume/" in page
    assert "/cancel/" in page
    assert "/waive/" not in page
    target = measure.targets.get()
    sentence = "The measure is suspended until 2026-06-30"
    is_refused(approver, 409, sentence, "waive-target", measure, target.pk, reason="口径")


def test_the_inbox_marks_the_work_and_its_page_does_not_let_it_be_done(
    stage: Stage, measure: Measure
) -> None:
    suspend(stage, measure)
    handler, share = stage.cast.handler(stage.lead), stage.share(measure)
    inbox = words(Visitor(handler).see("ledger:inbox", box="mine"))
    assert "suspended" in inbox
    assert "until 2026-06-30" in inbox
    page = words(see_work(handler, share))
    assert "The measure is suspended until 2026-06-30" in page
    assert 'name="progress"' not in page
    answer = Visitor(handler).send("ledger:work", *address(share), decision="submit", progress="一")
    assert answer.status_code == 409


def test_the_ledger_says_that_it_is_suspended(stage: Stage, measure: Measure) -> None:
    suspend(stage, measure)
    page = words(Visitor(stage.cast.observer(measure.plan)).see("ledger:measures"))
    assert "Suspended: the clocks stand." in page


def test_an_approver_cancels(stage: Stage, measure: Measure) -> None:
    approver = stage.cast.approver(measure.plan)
    is_open_to(approver, "cancel-measure", measure, reason="并入他项", basis="会议纪要三号")
    assert fresh(measure).state == MeasureState.CANCELLED
    page = offers(approver, measure)
    assert "Cancelled: nothing waits for anybody." in page
    assert "会议纪要三号" in page


def test_cancelled_measures_are_no_part_of_the_plans_whole(stage: Stage) -> None:
    lines = [Line(stage.lead, (stage.support,), due=UNTIL), Line(stage.lead, due=UNTIL)]
    gone, _ = stage.road.dispatched(*lines)
    cancel_measure(gone, by=stage.cast.approver(gone.plan), reason="并", basis="文")
    page = Visitor(stage.cast.observer(gone.plan)).see("ledger:plan-detail", gone.plan.code)
    assert page.context["total"] == 1
    assert [bureau.name for bureau in page.context["bureaus"]] == [stage.lead.name]
    assert "1 cancelled measure is not counted." in words(page)


def test_an_approver_transfers_an_ongoing_measure_to_routine_work(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.ongoing()))
    approver = stage.cast.approver(measure.plan)
    is_open_to(approver, "transfer-to-routine", measure, reason="已成常态")
    assert fresh(measure).state == MeasureState.CLOSED
    assert "Transferred to routine work" in offers(approver, measure)


def test_a_cycle_that_is_being_reported_is_not_cut_off(stage: Stage) -> None:
    measure = stage.road.verify(stage.road.report(stage.ongoing()))
    stage.road.submit(stage.share(measure))
    sentence = "A report of this cycle is under way"
    approver = stage.cast.approver(measure.plan)
    is_refused(approver, 409, sentence, "transfer-to-routine", measure, reason="常态")
