"""暂缓: while it lasts nothing moves and the clocks stand; it ends by a decision or by its date."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

import workflow.actions
from flows.models import WorkItem
from flows.work import claim, hand_over, perform, release
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.shares import accept_share, force_accept, submit_report
from workflow.actions.step import STAY_OPEN, acting
from workflow.actions.suspension import last_day, resume_measure, suspend_measure
from workflow.models import AuditEvent, Cycle, Measure, Milestone, Share, ShareCycle, Suspension, Target
from workflow.queries.item_lamps import measure_lamps, share_lamps
from workflow.queries.rules import calendar
from workflow.routing import Verb
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db

UNTIL = date(2026, 6, 30)


@pytest.fixture
def measure(road: Road) -> Measure:
    """Two bureaus at work since 2 March, due on 30 November."""
    return road.accept_all(road.measure(supporting=1))


def suspend(cast: Cast, measure: Measure, until: date = UNTIL) -> Suspension:
    return suspend_measure(measure, by=cast.approver(measure.plan), until=until, reason="等新政策")


def resume(cast: Cast, measure: Measure) -> Suspension:
    return resume_measure(measure, by=cast.approver(measure.plan))


def dates(measure: Measure) -> dict[str, Any]:
    """Every date of the measure that a clock counts to."""
    return {
        "measure": fresh(measure).due,
        "cycles": list(Cycle.objects.filter(measure=measure).values_list("share_due", "due")),
        "parts": list(ShareCycle.objects.filter(share__measure=measure).values_list("due", flat=True)),
        "items": list(WorkItem.objects.filter(measure=measure, finished=None).values_list("due", flat=True)),
        "accept": list(Share.objects.filter(measure=measure).values_list("dispatched_on", flat=True)),
    }


def things() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every action on a measure or a share, found by its first parameter."""
    for found in pkgutil.iter_modules(workflow.actions.__path__):
        module = importlib.import_module(f"workflow.actions.{found.name}")
        for name, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if not is_own or name.startswith("_"):
                continue
            parameters = list(inspect.signature(function).parameters.values())
            names = {parameter.name for parameter in parameters}
            if parameters and parameters[0].annotation in (Measure, Share) and "by" in names:
                yield name, function


LASTING = {"resume_measure", "cancel_measure", "raise_objection"}
ACTIONS = [pytest.param(action, id=name) for name, action in things() if name not in LASTING]


def test_the_list_of_actions_is_complete() -> None:
    names = {name for name, _ in things()}
    assert names >= LASTING | {
        "accept_share",
        "submit_report",
        "verify_measure",
        "miss_cycle",
        "close_measure",
    }


@pytest.mark.parametrize("action", ACTIONS)
def test_while_a_measure_is_suspended_every_other_action_on_it_is_refused(
    cast: Cast, measure: Measure, action: Callable[..., Any]
) -> None:
    suspend(cast, measure)
    first, *others = inspect.signature(action).parameters.values()
    thing = measure if first.annotation is Measure else measure.shares.get(is_lead=True)
    asked = {p.name: "x" for p in others if p.default is p.empty and p.name != "by"}
    with refused("measure.suspended", 409):
        action(thing, by=cast.approver(measure.plan), **asked)


@pytest.mark.parametrize("action", [action for action in AuditAction if action not in STAY_OPEN])
def test_whatever_locks_a_suspended_measure_is_refused(
    cast: Cast, measure: Measure, action: AuditAction
) -> None:
    suspend(cast, measure)
    for thing in (measure, measure.shares.get(is_lead=True)):
        with refused("measure.suspended", 409), acting(action, thing, by=cast.stranger()):
            pytest.fail("the body must not run")


def test_an_item_of_a_suspended_measure_is_not_performed(cast: Cast, measure: Measure) -> None:
    share = measure.shares.get(is_lead=True)
    suspend(cast, measure)
    with refused("measure.suspended", 409):
        perform(open_item(share), by=cast.handler(share.bureau), verb=Verb.SUBMIT, progress="一")


def test_who_holds_the_work_may_change_meanwhile(cast: Cast, measure: Measure) -> None:
    share = measure.shares.get(is_lead=True)
    suspend(cast, measure)
    release(open_item(share), by=cast.handler(share.bureau))
    claim(open_item(share), by=cast.handler(share.bureau, 2))
    hand_over(open_item(share), to=cast.handler(share.bureau), by=cast.head(share.bureau))
    assert open_item(share).owner == cast.handler(share.bureau)
    assert_sound()


@pytest.mark.parametrize("who", ["supervisor", "observer", "auditor"])
def test_only_an_approver_suspends_and_resumes(cast: Cast, measure: Measure, who: str) -> None:
    person = getattr(cast, who)(measure.plan)
    with refused("right.missing", 403):
        suspend_measure(measure, by=person, until=UNTIL, reason="等")
    suspend(cast, measure)
    with refused("right.missing", 403):
        resume_measure(measure, by=person)


def test_a_suspension_needs_a_reason(cast: Cast, measure: Measure) -> None:
    with refused("input.reason", 422):
        suspend_measure(measure, by=cast.approver(measure.plan), until=UNTIL, reason=" ")


@pytest.mark.parametrize("until", [None, date(2026, 3, 1), date(2026, 9, 2)])
def test_a_suspension_takes_six_months_at_most(cast: Cast, measure: Measure, until: date | None) -> None:
    with refused("input.suspended_until", 422):
        suspend_measure(measure, by=cast.approver(measure.plan), until=until, reason="等")


def test_the_longest_suspension_ends_a_day_before_the_same_day_of_the_month() -> None:
    assert last_day(date(2026, 3, 2), 6) == date(2026, 9, 1)
    assert last_day(date(2026, 8, 31), 6) == date(2027, 2, 27)


def test_only_a_measure_under_way_is_suspended(cast: Cast, road: Road) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=0))))
    with refused("state.wrong", 409):
        suspend(cast, measure)


def test_what_is_not_suspended_is_not_resumed(cast: Cast, measure: Measure) -> None:
    with refused("measure.not_suspended", 409):
        resume(cast, measure)


def test_the_lamps_are_grey_while_it_lasts(cast: Cast, clock: Clock, measure: Measure) -> None:
    clock.to(date(2026, 12, 15))
    share = measure.shares.get(is_lead=True)
    assert measure_lamps([measure.pk], clock.today)[measure.pk].colour == "red"
    suspend(cast, measure, date(2026, 12, 31))
    assert measure_lamps([measure.pk], clock.today)[measure.pk].colour == "grey"
    assert share_lamps([share.pk], clock.today)[share.pk].colour == "grey"
    clock.to(date(2027, 1, 4))
    assert measure_lamps([measure.pk], clock.today)[measure.pk].colour == "red", "late before is late after"


def test_a_suspension_lapses_by_its_date_and_every_date_has_moved(
    cast: Cast, clock: Clock, measure: Measure
) -> None:
    before = dates(measure)
    suspension = suspend(cast, measure)
    clock.to(UNTIL)
    share = measure.shares.get(is_lead=True)
    with refused("measure.suspended", 409):
        submit_report(share, by=cast.handler(share.bureau), progress="一")
    days = calendar().working_days_in(date(2026, 3, 2), UNTIL)
    assert suspension.working_days == days > 80
    clock.to(date(2026, 7, 1))
    later = dates(measure)
    assert later["measure"] == calendar().add_working_days(before["measure"], days)
    assert later["items"] == later["parts"] == [calendar().add_working_days(d, days) for d in before["parts"]]
    submit_report(share, by=cast.handler(share.bureau), progress="一")
    assert_sound()


def test_resumed_early_the_dates_come_back_by_what_it_did_not_take(
    cast: Cast, clock: Clock, measure: Measure
) -> None:
    before = dates(measure)
    suspend(cast, measure)
    clock.wait(10)
    suspension = resume(cast, measure)
    assert (suspension.working_days, suspension.resumed_by) == (10, cast.approver(measure.plan))
    assert dates(measure)["measure"] == calendar().add_working_days(before["measure"], 10)
    assert dates(measure)["items"] == dates(measure)["parts"]
    assert_sound()


def test_resumed_on_the_same_day_nothing_has_moved(cast: Cast, measure: Measure) -> None:
    before = dates(measure)
    suspend(cast, measure)
    assert dates(measure) != before
    resume(cast, measure)
    assert dates(measure) == before


def test_the_time_to_accept_stands_too(cast: Cast, road: Road, clock: Clock) -> None:
    measure = road.measure(supporting=0)
    share = measure.shares.get()
    suspend(cast, measure, date(2026, 3, 31))
    clock.to(date(2026, 4, 1))
    with refused("share.unaccepted_limit", 409):
        force_accept(share, by=cast.supervisor(measure.plan), reason="逾期")
    accept_share(share, by=cast.handler(share.bureau))
    assert_sound()


def test_later_cycles_move_with_the_current_one(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0, cycle="quarter")
    before = dates(measure)["cycles"]
    days = suspend(cast, measure).working_days
    moved = [tuple(calendar().add_working_days(day, days) for day in pair) for pair in before]
    assert dates(measure)["cycles"] == moved
    assert_sound()


def test_milestones_and_targets_to_come_move_and_past_ones_stay(
    cast: Cast, clock: Clock, measure: Measure
) -> None:
    past, ahead = date(2026, 4, 1), date(2026, 10, 12)
    for n, due in enumerate((past, ahead), start=1):
        Milestone.objects.create(measure=measure, position=n, title="节点", due=due, weight=50)
        Target.objects.create(measure=measure, position=n, text="目标", due=due, state="confirmed")
    clock.to(date(2026, 5, 6))
    days = suspend(cast, measure).working_days
    moved = [past, calendar().add_working_days(ahead, days)]
    assert list(Milestone.objects.filter(measure=measure).values_list("due", flat=True)) == moved
    assert list(Target.objects.filter(measure=measure).values_list("due", flat=True)) == moved


def test_a_measure_is_suspended_again_after_the_first_has_lapsed(
    cast: Cast, clock: Clock, measure: Measure
) -> None:
    suspend(cast, measure, date(2026, 3, 31))
    clock.to(date(2026, 4, 1))
    suspend(cast, measure, date(2026, 4, 30))
    clock.to(date(2026, 4, 15))
    resume(cast, measure)
    assert Suspension.objects.earliest("pk").resumed_at is None
    assert not fresh(measure).is_suspended(clock.today)
    assert_sound()


def test_the_trail_names_day_and_reason(cast: Cast, measure: Measure) -> None:
    suspend(cast, measure)
    resume(cast, measure)
    lines = AuditEvent.objects.filter(measure=measure).order_by("-seq")[:2]
    assert [line.action for line in lines] == ["measure.resume", "measure.suspend"]
    assert (lines[1].reason, lines[1].payload) == ("等新政策", {"until": "2026-06-30"})
