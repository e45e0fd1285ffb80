"""报送 and 撤回: what a report must hold, who gives it, and who takes it back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.work import claim, hand_over, release
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Promise
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.drafts import save_draft
from workflow.actions.reporting import ReadingInput
from workflow.actions.shares import submit_report, withdraw_report
from workflow.models import Draft, Measure, Report, Share
from workflow.states import ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """In progress, with a lead and a supporting share; one target for the lead, one for every share."""
    promises = [Promise("覆盖率"), Promise("活动场次", ">=", Decimal(2), every_share=True)]
    return road.accept_all(road.measure(supporting=1, targets=promises))


def _share(measure: Measure, *, lead: bool = True) -> Share:
    return Share.objects.select_related("bureau", "measure").get(measure=measure, is_lead=lead)


def _readings(measure: Measure, *values: str) -> list[ReadingInput]:
    targets = list(measure.targets.order_by("position"))
    return [ReadingInput(t.pk, Decimal(v)) for t, v in zip(targets, values, strict=False)]


def test_a_report_keeps_words_readings_version_and_who_wrote_it(
    cast: Cast, measure: Measure, clock: Clock
) -> None:
    share = _share(measure)
    handler = cast.handler(share.bureau)
    report = submit_report(
        share,
        by=handler,
        progress="  已完成  ",
        problems="无",
        next_steps="继续",
        needs_coordination=True,
        readings=_readings(measure, "96.5", "3"),
    )
    assert (report.version, report.progress, report.submitted_by) == (1, "已完成", handler)
    assert report.touched_by == [handler.pk]
    stored = report.readings.order_by("target__position")
    assert [reading.value for reading in stored] == [Decimal("96.5"), Decimal(3)]
    assert {reading.as_of for reading in stored} == {clock.today}
    assert fresh(measure).shares_reported == 1
    assert_sound()


def test_a_supporting_share_reads_only_what_every_share_reads(cast: Cast, measure: Measure) -> None:
    share = _share(measure, lead=False)
    only_lead, every = measure.targets.order_by("position")
    handler = cast.handler(share.bureau)
    with refused("input.reading_unknown", 422):
        submit_report(share, by=handler, progress="x", readings=[ReadingInput(only_lead.pk, Decimal(1))])
    report = submit_report(share, by=handler, progress="x", readings=[ReadingInput(every.pk, Decimal(1))])
    assert report.readings.get().target == every


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        ({}, "input.reading"),
        ({"reason": "   "}, "input.reading"),
        ({"value": Decimal("NaN")}, "input.number"),
        ({"value": Decimal("Infinity")}, "input.number"),
        ({"value": Decimal(10**12)}, "input.number"),
        ({"value": Decimal(1), "as_of": date(2026, 3, 3)}, "input.as_of"),
    ],
)
def test_each_target_needs_a_value_or_a_reason(
    cast: Cast, measure: Measure, reading: dict[str, object], code: str
) -> None:
    share = _share(measure, lead=False)
    every = measure.targets.get(every_share=True)
    given = [ReadingInput(every.pk, **reading)]  # type: ignore[arg-type]
    with refused(code, 422):
        submit_report(share, by=cast.handler(share.bureau), progress="x", readings=given)


def test_a_target_left_out_is_missing(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    with refused("input.reading", 422):
        submit_report(share, by=cast.handler(share.bureau), progress="x", readings=_readings(measure, "1"))


def test_a_reason_stands_for_a_value(cast: Cast, measure: Measure) -> None:
    share = _share(measure, lead=False)
    every = measure.targets.get(every_share=True)
    report = submit_report(
        share,
        by=cast.handler(share.bureau),
        progress="x",
        readings=[ReadingInput(every.pk, reason="尚无统计 " * 100)],
    )
    reading = report.readings.get()
    assert (reading.value, reading.reason[:4]) == (None, "尚无统计")


def test_a_waived_target_is_read_by_nobody(cast: Cast, measure: Measure) -> None:
    from workflow.actions.preparation import waive_target

    for target in measure.targets.all():
        waive_target(target, by=cast.approver(measure.plan), reason="口径变化")
    share = _share(measure)
    assert submit_report(share, by=cast.handler(share.bureau), progress="x").readings.count() == 0


def test_a_report_without_words_is_refused(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    with refused("input.text", 422):
        submit_report(
            share, by=cast.handler(share.bureau), progress=" \n ", readings=_readings(measure, "1", "1")
        )


@pytest.mark.parametrize("who", ["another handler", "head", "stranger", "handler of another"])
def test_only_the_handler_who_holds_it_submits(cast: Cast, measure: Measure, who: str) -> None:
    share = _share(measure)
    person, code = {
        "another handler": (lambda: cast.handler(share.bureau, 2), "item.held"),
        "head": (lambda: cast.head(share.bureau), "right.missing"),
        "stranger": (cast.stranger, "right.missing"),
        "handler of another": (lambda: cast.handler(cast.bureau("配合单位1")), "right.missing"),
    }[who]
    with refused(code):
        submit_report(share, by=person(), progress="x", readings=_readings(measure, "1", "1"))


def test_whoever_the_work_was_handed_to_submits(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    other = cast.handler(share.bureau, 2)
    hand_over(open_item(share), to=other, by=cast.head(share.bureau))
    with refused("item.held", 409):
        submit_report(
            share, by=cast.handler(share.bureau), progress="x", readings=_readings(measure, "1", "1")
        )
    submit_report(share, by=other, progress="x", readings=_readings(measure, "1", "1"))


def test_whoever_claimed_released_work_submits(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    release(open_item(share), by=cast.handler(share.bureau))
    claim(open_item(share), by=cast.handler(share.bureau, 2))
    submit_report(
        share, by=cast.handler(share.bureau, 2), progress="x", readings=_readings(measure, "1", "1")
    )
    assert_sound()


def test_who_lost_the_role_cannot_submit_what_they_hold(cast: Cast, measure: Measure, clock: Clock) -> None:
    share = _share(measure)
    handler = cast.handler(share.bureau)
    handler.appointments.update(until=clock.today - timedelta(days=1))
    with refused("right.missing", 403):
        submit_report(share, by=handler, progress="x", readings=_readings(measure, "1", "1"))


def test_who_was_deactivated_is_told_so(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    handler = cast.handler(share.bureau)
    type(handler).objects.filter(pk=handler.pk).update(is_active=False)
    with refused("right.inactive", 403):
        submit_report(share, by=handler, progress="x", readings=_readings(measure, "1", "1"))


def test_everybody_who_typed_in_the_draft_wrote_the_report(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    writers = [cast.handler(share.bureau, 2), cast.head(share.bureau), cast.handler(share.bureau)]
    for writer in writers:
        save_draft("share.submit", share.pk, by=writer, data={"progress": "草"})
    report = submit_report(
        share, by=cast.handler(share.bureau), progress="x", readings=_readings(measure, "1", "1")
    )
    assert report.touched_by == sorted(writer.pk for writer in writers)
    assert not Draft.objects.exists()


def test_who_submitted_takes_it_back_before_the_review(cast: Cast, measure: Measure, road: Road) -> None:
    share = _share(measure)
    road.submit(share)
    withdrawn = withdraw_report(share, by=cast.handler(share.bureau))
    assert withdrawn.state == ShareState.IN_PROGRESS
    assert fresh(measure).shares_reported == 0
    item = open_item(share)
    assert (item.node, item.owner) == ("fill", cast.handler(share.bureau))
    assert_sound()
    assert road.submit(share).version == 2
    assert [report.withdrawn_at is None for report in Report.objects.order_by("version")] == [False, True]


def test_nobody_else_takes_it_back(cast: Cast, measure: Measure, road: Road) -> None:
    share = _share(measure)
    road.submit(share)
    with refused("share.not_submitter", 403):
        withdraw_report(share, by=cast.handler(share.bureau, 2))
    with refused("right.missing", 403):
        withdraw_report(share, by=cast.head(share.bureau))


def test_what_was_reviewed_is_not_taken_back(cast: Cast, measure: Measure, road: Road) -> None:
    share = _share(measure)
    road.submit(share)
    road.approve(share)
    with refused("state.wrong", 409):
        withdraw_report(share, by=cast.handler(share.bureau))


def test_a_report_can_be_taken_back_from_the_desk_of_the_head_who_claimed_it(
    cast: Cast, measure: Measure, road: Road
) -> None:
    share = _share(measure)
    road.submit(share)
    claim(open_item(share), by=cast.head(share.bureau))
    withdraw_report(share, by=cast.handler(share.bureau))
    assert open_item(share).node == "fill"
    assert_sound()
