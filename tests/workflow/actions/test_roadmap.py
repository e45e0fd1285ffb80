"""路线图: who files it, what it must add up to, and when a step counts (DOMAIN.md, Milestone)."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories.cast import Cast, appoint
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh
from workflow.actions.ending import end_share
from workflow.actions.items_under_way import finish_item, hand_item, resume_item
from workflow.actions.roadmap import (
    StepInput,
    confirm_milestone,
    file_roadmap,
    reach_milestone,
    return_milestone,
)
from workflow.actions.suspension import suspend_measure
from workflow.clock.now import today
from workflow.models import ActionItem, AuditEvent, Measure, Milestone, Share
from workflow.queries.rules import calendar
from workflow.rules.refusal import Invalid

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 5, 29), date(2026, 10, 30)


@pytest.fixture
def measure(road: Road) -> Measure:
    return road.accept_all(road.measure(supporting=1))


@pytest.fixture
def handler(cast: Cast, measure: Measure) -> User:
    return cast.handler(lead(measure).bureau)


@pytest.fixture
def head(cast: Cast, measure: Measure) -> User:
    return cast.head(lead(measure).bureau)


def lead(measure: Measure) -> Share:
    return measure.shares.select_related("bureau").get(is_lead=True)


def support(measure: Measure) -> Share:
    return measure.shares.select_related("bureau").get(is_lead=False)


def steps(*weights: int, share: int | None = None) -> list[StepInput]:
    days = (FIRST, LAST)
    return [StepInput(f"第{n}步", days[n % 2], weight, share) for n, weight in enumerate(weights)]


def test_the_roadmap_is_due_ten_working_days_after_the_measure_began(measure: Measure) -> None:
    began = AuditEvent.objects.get(measure=measure, action="measure.begin").at.date()

    assert measure.roadmap_due == calendar().add_working_days(began, 10)


def test_the_lead_files_steps_in_the_order_of_their_days(measure: Measure, handler: User) -> None:
    given = [StepInput("后", LAST, 70), StepInput("先", FIRST, 30, support(measure).pk)]

    file_roadmap(measure, by=handler, steps=given)

    assert list(measure.milestones.values_list("position", "title", "weight", "share")) == [
        (1, "先", 30, support(measure).pk),
        (2, "后", 70, None),
    ]
    stored = fresh(measure)
    assert (stored.roadmap_version, stored.progress) == (1, 0)
    line = AuditEvent.objects.get(action="measure.file_roadmap")
    assert [one["title"] for one in line.payload["steps"]] == ["先", "后"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        (steps(30, 60), "roadmap.total", "weight-1"),
        (steps(60, 60), "roadmap.total", "weight-1"),
        ([], "roadmap.count", "title-1"),
        ([StepInput("晚", date(2026, 12, 1), 100)], "roadmap.due", "due-1"),
        ([StepInput("早", date(2026, 1, 5), 100)], "roadmap.due", "due-1"),
        ([StepInput(" ", FIRST, 100)], "input.text", "title-1"),
        ([*steps(100), StepInput("零", FIRST, 0)], "roadmap.weight", "weight-2"),
        (steps(100, share=0), "roadmap.share", "share-1"),
    ],
)
def test_a_roadmap_that_does_not_add_up_is_refused_at_its_field(
    measure: Measure, handler: User, given: list[StepInput], code: str, field: str
) -> None:
    with refused(code):
        file_roadmap(measure, by=handler, steps=given)
    with pytest.raises(Invalid) as wrong:
        file_roadmap(measure, by=handler, steps=given)
    assert wrong.value.field == field


def test_only_a_handler_of_the_lead_files_it(cast: Cast, measure: Measure, head: User) -> None:
    for person in (head, cast.handler(support(measure).bureau), cast.supervisor(measure.plan)):
        with refused("right.missing"):
            file_roadmap(measure, by=person, steps=steps(100))


def test_a_filed_roadmap_changes_with_a_reason_and_keeps_what_is_reached(
    measure: Measure, handler: User
) -> None:
    first, _ = file_roadmap(measure, by=handler, steps=steps(40, 60))
    reach_milestone(first, by=handler, on=today())

    with refused("input.reason"):
        file_roadmap(measure, by=handler, steps=steps(60))
    with refused("roadmap.total"):
        file_roadmap(measure, by=handler, steps=steps(100), reason="调整")
    file_roadmap(measure, by=handler, steps=steps(35, 25), reason="调整")

    assert list(measure.milestones.values_list("weight", flat=True)) == [40, 35, 25]
    assert fresh(measure).roadmap_version == 2
    assert Milestone.objects.get(pk=first.pk).reached_by == handler


def test_a_step_counts_from_the_heads_confirmation_on(measure: Measure, handler: User, head: User) -> None:
    first, second = file_roadmap(measure, by=handler, steps=steps(40, 60))
    reach_milestone(first, by=handler, on=today(), note="已验收")
    assert fresh(measure).progress == 0

    confirm_milestone(first, by=head)
    assert fresh(measure).progress == 40
    reach_milestone(second, by=handler, on=today())
    confirm_milestone(second, by=head)
    assert fresh(measure).progress == 100


def test_a_step_of_a_supporting_bureau_is_its_own_or_the_leads_to_reach_and_confirm(
    cast: Cast, measure: Measure, handler: User, head: User
) -> None:
    theirs = support(measure)
    first, second = file_roadmap(measure, by=handler, steps=steps(40, 60, share=theirs.pk))

    reach_milestone(first, by=cast.handler(theirs.bureau), on=today())
    confirm_milestone(first, by=head)
    reach_milestone(second, by=handler, on=today())
    confirm_milestone(second, by=cast.head(theirs.bureau))

    assert fresh(measure).progress == 100


def test_a_supporting_bureau_has_no_say_in_the_leads_own_step(
    cast: Cast, measure: Measure, handler: User
) -> None:
    [step] = file_roadmap(measure, by=handler, steps=steps(100))

    with refused("right.missing"):
        reach_milestone(step, by=cast.handler(support(measure).bureau), on=today())


def test_nobody_confirms_the_step_that_they_said_is_reached(measure: Measure, handler: User) -> None:
    [step] = file_roadmap(measure, by=handler, steps=steps(100))
    reach_milestone(step, by=handler, on=today())
    appoint(handler, Role.HEAD, lead(measure).bureau)

    with refused("separation.review"):
        confirm_milestone(step, by=handler)


def test_a_head_returns_a_step_before_its_confirmation_a_supervisor_also_after(
    cast: Cast, measure: Measure, handler: User, head: User
) -> None:
    [step] = file_roadmap(measure, by=handler, steps=steps(100))
    reach_milestone(step, by=handler, on=today())
    with refused("input.reason"):
        return_milestone(step, by=head, reason=" ")
    return_milestone(step, by=head, reason="未验收")
    reach_milestone(step, by=handler, on=today())
    confirm_milestone(step, by=head)

    with refused("right.missing"):
        return_milestone(step, by=head, reason="未验收")
    return_milestone(step, by=cast.supervisor(measure.plan), reason="核查未达到")

    assert fresh(measure).progress == 0
    assert Milestone.objects.get(pk=step.pk).reached_on is None


def test_what_does_not_fit_the_steps_stand_is_refused(measure: Measure, handler: User, head: User) -> None:
    step = Milestone.objects.create(measure=measure, position=1, title="原文节点", due=LAST, weight=100)
    with refused("roadmap.not_filed"):
        reach_milestone(step, by=handler, on=today())
    [step] = file_roadmap(measure, by=handler, steps=steps(100))
    with refused("milestone.not_reached"):
        confirm_milestone(step, by=head)
    with refused("roadmap.reached_day"):
        reach_milestone(step, by=handler, on=today() + timedelta(days=1))
    reach_milestone(step, by=handler, on=today())
    with refused("milestone.reached"):
        reach_milestone(step, by=handler, on=today())
    confirm_milestone(step, by=head)
    with refused("milestone.confirmed"):
        confirm_milestone(step, by=head)


def test_a_step_of_the_roadmap_before_is_not_there_any_more(measure: Measure, handler: User) -> None:
    [old] = file_roadmap(measure, by=handler, steps=steps(100))
    file_roadmap(measure, by=handler, steps=steps(50, 50), reason="细化")

    with refused("thing.unknown"):
        reach_milestone(old, by=handler, on=today())


def test_nothing_moves_on_a_suspended_or_a_reported_measure(
    cast: Cast, road: Road, measure: Measure, handler: User
) -> None:
    [step] = file_roadmap(measure, by=handler, steps=steps(100))
    reported = road.report(road.measure(supporting=0))
    with refused("state.wrong"):
        file_roadmap(reported, by=handler, steps=steps(100))
    suspend_measure(
        measure, by=cast.approver(measure.plan), until=today() + timedelta(days=30), reason="等新政策"
    )
    with refused("measure.suspended"):
        reach_milestone(step, by=handler, on=today())


def test_what_an_ending_share_had_in_hand_is_the_leads_and_what_it_reached_stays_its_own(
    cast: Cast, measure: Measure, handler: User
) -> None:
    theirs = support(measure)
    reached, waiting = file_roadmap(measure, by=handler, steps=steps(40, 60, share=theirs.pk))
    reach_milestone(reached, by=handler, on=today())
    item = ActionItem.objects.create(measure=measure, position=1, text="清理", share=theirs)

    end_share(theirs, by=cast.supervisor(measure.plan), outcome="dropped", reason="无此职责")

    assert Milestone.objects.get(pk=waiting.pk).share is None
    assert Milestone.objects.get(pk=reached.pk).share == theirs
    assert ActionItem.objects.get(pk=item.pk).share is None


def test_a_thing_to_do_is_handed_by_the_lead_and_done_by_who_has_it(
    cast: Cast, measure: Measure, handler: User
) -> None:
    theirs = support(measure)
    other = cast.handler(theirs.bureau)
    item = ActionItem.objects.create(measure=measure, position=1, text="清理")
    with refused("right.missing"):
        hand_item(item, by=other, share=theirs)
    with refused("right.missing"):
        finish_item(item, by=other, on=today())

    hand_item(item, by=handler, share=theirs)
    with refused("right.missing"):
        finish_item(item, by=handler, on=today())
    finish_item(item, by=other, on=today(), note="已清理")
    with refused("task.done"):
        hand_item(item, by=handler, share=None)
    resume_item(item, by=other)
    with refused("task.not_done"):
        resume_item(item, by=other)

    item.refresh_from_db()
    assert (item.share, item.done_on, item.note) == (theirs, None, "已清理")


def test_a_thing_is_not_handed_to_a_share_of_another_measure(
    road: Road, measure: Measure, handler: User
) -> None:
    item = ActionItem.objects.create(measure=measure, position=1, text="清理")
    elsewhere = road.measure(supporting=1)

    with refused("roadmap.share"):
        hand_item(item, by=handler, share=support(elsewhere))
