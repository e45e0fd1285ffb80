"""审核: a head approves or sends back; the lead's head sends back a supporting share, also after approval."""

from datetime import date

import pytest

from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim, perform
from tests.factories.cast import Cast, appoint
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.shares import approve_report, send_back
from workflow.models import Measure, Report, Share
from workflow.models.report import ReviewDecision
from workflow.routing import Verb
from workflow.states import MeasureState, ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """A lead and two supporting shares, all submitted."""
    measure = road.accept_all(road.measure(supporting=2))
    for share in road.shares(measure, ShareState.IN_PROGRESS):
        road.submit(share)
    return fresh(measure)


def _share(measure: Measure, name: str = "教育局") -> Share:
    return Share.objects.select_related("bureau", "measure").get(measure=measure, bureau__name=name)


def test_the_head_approves_and_the_opinion_is_kept(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    assert approve_report(share, by=cast.head(share.bureau), opinion=" 同意 ").state == ShareState.VERIFIED
    report = Report.objects.get(share_cycle__share=share)
    assert (report.decision, report.decision_reason, report.decided_by) == (
        ReviewDecision.APPROVED,
        "同意",
        cast.head(share.bureau),
    )
    assert (fresh(measure).shares_reported, fresh(measure).shares_verified) == (2, 1)
    assert not WorkItem.objects.filter(share=share, finished=None).exists()
    assert_sound()


@pytest.mark.parametrize("who", ["handler", "head of another", "head of the lead", "supervisor"])
def test_only_the_bureaus_own_head_approves(cast: Cast, measure: Measure, who: str) -> None:
    share = _share(measure, "配合单位1")
    person = {
        "handler": lambda: cast.handler(share.bureau),
        "head of another": lambda: cast.head(cast.bureau("配合单位2")),
        "head of the lead": lambda: cast.head(cast.bureau("教育局")),
        "supervisor": lambda: cast.supervisor(measure.plan),
    }[who]()
    with refused("right.missing", 403):
        approve_report(share, by=person)


def test_silence_never_approves(measure: Measure, road: Road) -> None:
    from tests.factories.clock import Clock

    with Clock(date(2026, 11, 1)):
        assert fresh(measure).shares_verified == 0
        assert {share.state for share in measure.shares.all()} == {ShareState.REPORTED}


def test_what_another_head_claimed_is_theirs_to_decide(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    claim(open_item(share), by=cast.head(share.bureau))
    for decide in (
        lambda: approve_report(share, by=cast.head(share.bureau, 2)),
        lambda: send_back(share, by=cast.head(share.bureau, 2), reason="补充"),
    ):
        with refused("item.held", 409):
            decide()
    approve_report(share, by=cast.head(share.bureau))


def test_the_own_head_sends_back_and_it_returns_to_the_same_desk(cast: Cast, measure: Measure) -> None:
    share = _share(measure)
    head = cast.head(share.bureau)
    assert send_back(share, by=head, reason="数据不全").state == ShareState.IN_PROGRESS
    report = Report.objects.get(share_cycle__share=share)
    assert (report.decision, report.decided_by) == (ReviewDecision.RETURNED, head)
    assert (report.returned_by, report.return_reason) == (head, "数据不全")
    assert share.share_cycles.get().returns == 1
    item = open_item(share)
    assert (item.node, item.owner) == ("fill", cast.handler(share.bureau))
    assert fresh(measure).shares_reported == 2
    assert_sound()


def test_sending_back_needs_a_reason(cast: Cast, measure: Measure) -> None:
    with refused("input.reason", 422):
        send_back(_share(measure), by=cast.head(cast.bureau("教育局")), reason="")


@pytest.mark.parametrize("approved", [False, True])
def test_the_leads_head_sends_back_a_supporting_share_also_after_approval(
    cast: Cast, measure: Measure, road: Road, approved: bool
) -> None:
    share = _share(measure, "配合单位1")
    if approved:
        road.approve(share)
    lead = cast.head(cast.bureau("教育局"))
    assert send_back(share, by=lead, reason="口径不一").state == ShareState.IN_PROGRESS
    report = Report.objects.get(share_cycle__share=share)
    assert (report.returned_by, report.return_reason) == (lead, "口径不一")
    own = (ReviewDecision.APPROVED, cast.head(share.bureau)) if approved else (ReviewDecision.NONE, None)
    assert (report.decision, report.decided_by) == own, "the own head's review stays as it was"
    assert open_item(share).owner == cast.handler(share.bureau)
    assert_sound()


def test_the_leads_head_takes_it_even_from_the_desk_of_the_own_head(cast: Cast, measure: Measure) -> None:
    share = _share(measure, "配合单位1")
    claim(open_item(share), by=cast.head(share.bureau))
    send_back(share, by=cast.head(cast.bureau("教育局")), reason="口径不一")
    cut = WorkItem.objects.filter(share=share).exclude(finished=None).latest("pk")
    assert (cut.node, cut.status, cut.owner) == ("review", "CANCELED", cast.head(share.bureau))
    assert_sound()


def test_the_own_head_sends_back_what_they_approved(cast: Cast, measure: Measure, road: Road) -> None:
    share = _share(measure)
    road.approve(share)
    send_back(share, by=cast.head(share.bureau), reason="重新核对")
    report = Report.objects.get(share_cycle__share=share)
    assert (report.decision, report.returned_by) == (ReviewDecision.APPROVED, cast.head(share.bureau))
    assert_sound()


@pytest.mark.parametrize("who", ["head of another supporting bureau", "handler of the lead", "stranger"])
def test_nobody_else_sends_back_a_supporting_share(cast: Cast, measure: Measure, who: str) -> None:
    person = {
        "head of another supporting bureau": lambda: cast.head(cast.bureau("配合单位2")),
        "handler of the lead": lambda: cast.handler(cast.bureau("教育局")),
        "stranger": cast.stranger,
    }[who]()
    with refused("right.missing", 403):
        send_back(_share(measure, "配合单位1"), by=person, reason="补充")


def test_a_supporting_head_does_not_send_back_the_leads_share(cast: Cast, measure: Measure) -> None:
    with refused("right.missing", 403):
        send_back(_share(measure), by=cast.head(cast.bureau("配合单位1")), reason="补充")


def test_nothing_is_sent_back_once_the_measure_is_reported(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=1))
    with refused("share.measure_reported", 409):
        send_back(_share(measure), by=cast.head(cast.bureau("教育局")), reason="补充")


def test_a_return_of_one_share_of_four_leaves_three_untouched(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=3))
    measure = road.approve_all(measure)

    def others() -> list[object]:
        kept = measure.shares.exclude(bureau__name="配合单位2")
        items = WorkItem.objects.filter(share__in=kept).order_by("pk")
        reports = Report.objects.filter(share_cycle__share__in=kept).order_by("pk")
        cycles = [cycle for share in kept for cycle in share.share_cycles.values()]
        return [list(kept.values()), list(items.values()), list(reports.values()), cycles]

    before = others()
    send_back(_share(measure, "配合单位2"), by=cast.head(cast.bureau("教育局")), reason="补充")
    assert others() == before
    assert (fresh(measure).shares_verified, fresh(measure).state) == (3, MeasureState.IN_PROGRESS)
    assert_sound()


def test_approval_of_the_single_open_share_reports_the_measure(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    share = _share(measure)
    road.submit(share)
    perform(open_item(share), by=cast.head(share.bureau), verb=Verb.APPROVE)
    measure = fresh(measure)
    assert measure.state == MeasureState.REPORTED
    assert measure.reported_at is not None
    assert open_item(measure).node == "verify"
    assert_sound()


def test_approval_of_the_last_of_several_puts_the_consolidation_on_the_leads_desk(
    cast: Cast, road: Road
) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=1)))
    assert measure.state == MeasureState.IN_PROGRESS
    item = open_item(measure)
    assert (item.node, item.bureau, item.role, item.due) == (
        "consolidate",
        cast.bureau("教育局"),
        Role.HANDLER,
        date(2026, 3, 5),
    )


def test_rule_1_who_submitted_does_not_approve(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    share = _share(measure)
    both = cast.handler(share.bureau)
    appoint(both, Role.HEAD, share.bureau)
    road.submit(share)
    for decide in (lambda: approve_report(share, by=both), lambda: send_back(share, by=both, reason="补充")):
        with refused("separation.review", 403):
            decide()


def test_rule_1_a_head_who_typed_in_the_draft_does_not_review_it(cast: Cast, road: Road) -> None:
    from workflow.actions.drafts import save_draft

    measure = road.accept_all(road.measure(supporting=0))
    share = _share(measure)
    save_draft("share.submit", share.pk, by=cast.head(share.bureau), data={"progress": "草"})
    road.submit(share)
    with refused("separation.review", 403):
        approve_report(share, by=cast.head(share.bureau))
    approve_report(share, by=cast.head(share.bureau, 2))


def test_rule_1_a_new_version_is_reviewed_by_who_did_not_write_that_one(cast: Cast, road: Road) -> None:
    from workflow.actions.drafts import save_draft

    measure = road.accept_all(road.measure(supporting=0))
    share = _share(measure)
    save_draft("share.submit", share.pk, by=cast.head(share.bureau), data={"progress": "草"})
    road.submit(share)
    send_back(share, by=cast.head(share.bureau, 2), reason="补充")
    road.submit(share)
    approve_report(share, by=cast.head(share.bureau))
