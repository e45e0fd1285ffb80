"""汇总: the lead's handler drafts from approved shares, its head signs or returns."""

from datetime import date

import pytest

from accounts.roles import Role
from flows.work import claim
from tests.factories.cast import Cast, appoint
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.consolidation import draft_consolidation, return_consolidation, sign_consolidation
from workflow.actions.drafts import save_draft
from workflow.actions.shares import send_back
from workflow.models import Consolidation, Draft, Measure
from workflow.models.consolidation import ConsolidationDecision as D
from workflow.states import MeasureState, ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Both shares approved, nothing drafted."""
    return road.approve_all(road.accept_all(road.measure(supporting=1)))


def test_the_draft_goes_to_the_leads_head_who_signs_and_thereby_reports(cast: Cast, measure: Measure) -> None:
    draft = draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary=" 总体完成 ")
    assert (draft.version, draft.summary, draft.decision) == (1, "总体完成", D.NONE)
    item = open_item(measure)
    assert (item.node, item.role, item.bureau, item.due) == (
        "sign",
        Role.HEAD,
        cast.bureau("教育局"),
        date(2026, 11, 30),
    )
    assert_sound()
    signed = sign_consolidation(measure, by=cast.head(cast.bureau("教育局")), opinion="同意上报")
    assert signed.state == MeasureState.REPORTED
    stored = Consolidation.objects.get()
    assert (stored.decision, stored.decided_by) == (D.SIGNED, cast.head(cast.bureau("教育局")))
    assert open_item(measure).node == "verify"
    assert_sound()


def test_a_returned_draft_goes_back_to_the_handler_and_the_next_is_a_new_version(
    cast: Cast, measure: Measure
) -> None:
    handler, head = cast.handler(cast.bureau("教育局")), cast.head(cast.bureau("教育局"))
    draft_consolidation(measure, by=handler, summary="一稿")
    with refused("input.reason", 422):
        return_consolidation(measure, by=head, reason="")
    return_consolidation(measure, by=head, reason="补数据")
    assert open_item(measure).node == "consolidate"
    assert_sound()
    assert draft_consolidation(measure, by=handler, summary="二稿").version == 2
    assert [c.decision for c in Consolidation.objects.order_by("version")] == [D.RETURNED, D.NONE]


def test_nothing_is_consolidated_before_every_share_is_approved(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = road.shares(measure, ShareState.IN_PROGRESS)[0]
    road.submit(share)
    road.approve(share)
    with refused("measure.shares_open", 409):
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="x")


def test_a_single_share_needs_no_consolidation(cast: Cast, road: Road) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=0)))
    with refused("state.wrong", 409):
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="x")


@pytest.mark.parametrize("who", ["head", "supporting handler", "supervisor", "stranger"])
def test_only_the_leads_handler_drafts(cast: Cast, measure: Measure, who: str) -> None:
    person = {
        "head": lambda: cast.head(cast.bureau("教育局")),
        "supporting handler": lambda: cast.handler(cast.bureau("配合单位1")),
        "supervisor": lambda: cast.supervisor(measure.plan),
        "stranger": cast.stranger,
    }[who]()
    with refused("right.missing", 403):
        draft_consolidation(measure, by=person, summary="x")


@pytest.mark.parametrize("who", ["handler", "supporting head"])
def test_only_the_leads_head_signs(cast: Cast, measure: Measure, who: str) -> None:
    draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="x")
    person = {
        "handler": lambda: cast.handler(cast.bureau("教育局"), 2),
        "supporting head": lambda: cast.head(cast.bureau("配合单位1")),
    }[who]()
    with refused("right.missing", 403):
        sign_consolidation(measure, by=person)


def test_nothing_is_signed_without_a_draft(cast: Cast, measure: Measure) -> None:
    for decide in (sign_consolidation, return_consolidation):
        particulars = {"reason": "补"} if decide is return_consolidation else {}
        with refused("consolidation.missing", 404):
            decide(measure, by=cast.head(cast.bureau("教育局")), **particulars)


def test_a_second_draft_waits_until_the_first_is_decided(cast: Cast, measure: Measure) -> None:
    draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="一稿")
    with refused("item.missing", 409):
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="二稿")


def test_a_draft_without_words_is_refused(cast: Cast, measure: Measure) -> None:
    with refused("input.text", 422):
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="  ")


def test_rule_1_who_drafted_does_not_sign_or_return(cast: Cast, measure: Measure) -> None:
    both = cast.handler(cast.bureau("教育局"))
    appoint(both, Role.HEAD, cast.bureau("教育局"))
    draft_consolidation(measure, by=both, summary="x")
    with refused("separation.review", 403):
        sign_consolidation(measure, by=both)
    with refused("separation.review", 403):
        return_consolidation(measure, by=both, reason="补")


def test_rule_1_a_head_who_typed_in_the_draft_does_not_sign(cast: Cast, measure: Measure) -> None:
    head = cast.head(cast.bureau("教育局"))
    save_draft("measure.draft", measure.pk, by=head, data={"summary": "草"})
    draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="x")
    assert not Draft.objects.exists()
    with refused("separation.review", 403):
        sign_consolidation(measure, by=head)
    sign_consolidation(measure, by=cast.head(cast.bureau("教育局"), 2))


def test_what_another_claimed_is_not_drafted(cast: Cast, measure: Measure) -> None:
    claim(open_item(measure), by=cast.handler(cast.bureau("教育局"), 2))
    with refused("item.held", 409):
        draft_consolidation(measure, by=cast.handler(cast.bureau("教育局")), summary="x")


@pytest.mark.parametrize("stage", ["consolidate", "sign"])
def test_a_share_sent_back_takes_the_consolidation_off_the_desk(
    cast: Cast, measure: Measure, road: Road, stage: str
) -> None:
    lead = cast.bureau("教育局")
    if stage == "sign":
        draft_consolidation(measure, by=cast.handler(lead), summary="一稿")
    share = measure.shares.select_related("bureau").get(is_lead=False)
    send_back(share, by=cast.head(lead), reason="口径不一")
    assert_sound()
    for lapsed in Consolidation.objects.all():
        assert (lapsed.decision, lapsed.decision_reason, lapsed.decided_by) == (
            D.RETURNED,
            "口径不一",
            cast.head(lead),
        )
    with refused("measure.shares_open", 409):
        sign_consolidation(measure, by=cast.head(lead))
    road.approve_all(measure)
    assert open_item(measure).node == "consolidate"
    assert_sound()


def test_a_draft_from_before_a_return_is_not_signed_afterwards(
    cast: Cast, measure: Measure, road: Road
) -> None:
    lead = cast.bureau("教育局")
    draft_consolidation(measure, by=cast.handler(lead), summary="一稿")
    share = measure.shares.select_related("bureau").get(is_lead=False)
    send_back(share, by=cast.head(lead), reason="口径不一")
    road.approve_all(measure)
    with refused("consolidation.missing", 404):
        sign_consolidation(measure, by=cast.head(lead))
    draft_consolidation(measure, by=cast.handler(lead), summary="二稿")
    sign_consolidation(measure, by=cast.head(lead))
    assert fresh(measure).state == MeasureState.REPORTED
