"""A bureau is renamed, merged or replaced: its open shares follow to the successor with a hand-over record."""

import pytest

from accounts.models import Bureau
from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.ending import end_share
from workflow.actions.master_data import BureauFacts, change_bureau
from workflow.actions.shares import send_back
from workflow.actions.succession import split_bureau
from workflow.clock.now import today
from workflow.models import AuditEvent, HandOver, Measure, Share
from workflow.queries.separation import measures_of_own_bureaus
from workflow.states import MeasureState, ShareOutcome, ShareState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


def merge(cast: Cast, old: Bureau, new: Bureau, basis: str = "机构改革方案") -> None:
    facts = BureauFacts(old.name, old.kind)
    change_bureau(old, facts, by=cast.administrator(), active=False, succeeded_by=new, basis=basis)


@pytest.fixture
def new(cast: Cast) -> Bureau:
    """The bureau that comes after."""
    return cast.bureau("文教局")


def share_of(measure: Measure, bureau: Bureau) -> Share:
    return measure.shares.select_related("bureau", "measure").get(bureau=bureau)


def test_a_renamed_bureau_keeps_its_shares_and_bears_the_old_name_as_an_alias(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    bureau = cast.bureau("教育局")
    change_bureau(bureau, BureauFacts("教育体育局", bureau.kind), by=cast.administrator(), active=True)
    assert list(bureau.aliases.values_list("name", flat=True)) == ["教育局"]
    assert share_of(measure, bureau).is_lead
    assert not HandOver.objects.exists()
    assert_sound()


@pytest.mark.parametrize("stage", ["assigned", "in progress", "reported"])
def test_an_open_share_follows_with_its_item_and_a_hand_over_record(
    cast: Cast, road: Road, new: Bureau, stage: str
) -> None:
    measure, old = road.measure(supporting=1), cast.bureau("教育局")
    share = share_of(measure, old)
    if stage != "assigned":
        road.accept(share)
    if stage == "reported":
        road.submit(share)
    before = Share.objects.get(pk=share.pk).state

    merge(cast, old, new)

    moved = share_of(measure, new)
    assert (moved.pk, moved.state, moved.is_lead) == (share.pk, before, True)
    item = open_item(moved)
    assert (item.bureau, item.owner) == (new, None)
    record = HandOver.objects.get()
    assert (record.from_bureau, record.to_bureau, record.measure, record.share) == (old, new, measure, moved)
    assert (record.by, record.basis) == (cast.administrator(), "机构改革方案")
    line = AuditEvent.objects.get(action=AuditAction.SHARE_HAND_OVER)
    assert (line.measure, line.payload) == (measure, {"from": "教育局", "to": "文教局"})
    assert_sound()
    road.close(road.verify(road.report(measure)))
    assert_sound()


def test_what_was_done_keeps_the_old_bureau_and_a_return_comes_to_the_new_post(
    cast: Cast, road: Road, new: Bureau
) -> None:
    measure, old = road.approve_all(road.accept_all(road.measure(supporting=1))), cast.bureau("教育局")
    share = share_of(measure, old)
    merge(cast, old, new)
    assert set(share.work_items.values_list("bureau", flat=True)) == {old.pk}
    item = open_item(measure)
    assert (item.node, item.bureau) == ("consolidate", new)
    send_back(share, by=cast.head(new), reason="补")
    assert (open_item(share).bureau, open_item(share).owner) == (new, None)
    assert_sound()


def test_the_signature_under_a_draft_lies_with_the_successors_head(
    cast: Cast, road: Road, new: Bureau
) -> None:
    measure, old = road.approve_all(road.accept_all(road.measure(supporting=1))), cast.bureau("教育局")
    draft_consolidation(measure, by=cast.handler(old), summary="一稿")
    merge(cast, old, new)
    item = open_item(measure)
    assert (item.node, item.bureau) == ("sign", new)
    assert_sound()


@pytest.mark.parametrize("stage", ["assigned", "gathered", "reported", "verified"])
@pytest.mark.parametrize("leads", [False, True])
def test_where_the_successor_has_a_share_the_one_handed_over_ends_as_transferred(
    cast: Cast, road: Road, stage: str, leads: bool
) -> None:
    measure = road.measure(supporting=2)
    lead, support = cast.bureau("教育局"), cast.bureau("配合单位1")
    if stage == "gathered":
        road.approve_all(road.accept_all(measure))
    if stage in {"reported", "verified"}:
        road.report(measure)
    if stage == "verified":
        road.verify(measure)
    before = fresh(measure).state
    old, stays = (lead, support) if leads else (support, lead)

    merge(cast, old, stays)

    ended, kept = share_of(measure, old), share_of(measure, stays)
    assert (ended.state, ended.outcome) == (ShareState.CLOSED, ShareOutcome.TRANSFERRED)
    assert (ended.outcome_reason, ended.is_lead) == ("机构改革方案", False)
    assert kept.is_lead
    assert HandOver.objects.get().share == ended
    assert (fresh(measure).state, fresh(measure).shares_open) == (before, 2)
    assert_sound()


def test_the_one_approved_share_that_is_left_reports_the_measure(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    lead, support = cast.bureau("教育局"), cast.bureau("配合单位1")
    road.submit(share_of(measure, lead))
    road.approve(share_of(measure, lead))
    merge(cast, support, lead)
    assert fresh(measure).state == MeasureState.REPORTED
    assert open_item(measure).node == "verify"
    assert_sound()


def test_shares_are_not_handed_over_without_a_basis_nor_to_whose_own_share_has_ended(
    cast: Cast, road: Road
) -> None:
    measure = road.measure(supporting=2)
    old, gone = cast.bureau("教育局"), cast.bureau("配合单位1")
    cast.administrator()
    with refused("bureau.basis", 422, people=True):
        merge(cast, old, gone, basis=" ")
    end_share(share_of(measure, gone), by=cast.supervisor(measure.plan), outcome="dropped", reason="x")
    with refused("succession.share_ended", 422, people=True):
        merge(cast, old, gone)


def test_nobody_but_an_administrator_records_a_succession(cast: Cast, road: Road, new: Bureau) -> None:
    measure, old = road.measure(supporting=1), cast.bureau("教育局")
    facts = BureauFacts(old.name, old.kind)
    for person in (cast.supervisor(measure.plan), cast.head(old)):
        with refused("right.missing", 403):
            change_bureau(old, facts, by=person, active=False, succeeded_by=new, basis="x")


def test_of_a_split_bureau_each_open_share_goes_to_the_successor_chosen_for_it(
    cast: Cast, road: Road, new: Bureau
) -> None:
    first, second = road.measure(supporting=1), road.measure(supporting=1)
    old, other = cast.bureau("教育局"), cast.bureau("体育局")
    chosen = {share_of(second, old).pk: other}
    split_bureau(old, by=cast.administrator(), successor=new, chosen=chosen, basis="三定方案")
    assert share_of(first, new).is_lead
    assert share_of(second, other).is_lead
    old.refresh_from_db()
    assert (old.active, old.succeeded_by) == (False, new)
    assert AuditEvent.objects.get(action=AuditAction.BUREAU_SPLIT).payload == {
        "successors": ["体育局", "文教局"],
        "handed_over": 2,
    }
    assert_sound()


def test_who_belonged_to_the_split_bureau_does_not_verify_for_any_of_its_successors(
    cast: Cast, road: Road, new: Bureau
) -> None:
    measure, old, other = road.measure(supporting=1), cast.bureau("教育局"), cast.bureau("体育局")
    tied = cast.supervisor(measure.plan, 2, bureau=old)
    chosen = {share_of(measure, old).pk: other}
    split_bureau(old, by=cast.administrator(), successor=new, chosen=chosen, basis="三定方案")
    road.report(measure)
    assert measures_of_own_bureaus([measure.pk], tied, today()) == {measure.pk}
    with refused("separation.verify_bureau", 403):
        road.verify(measure, n=2)


def test_a_bureau_is_split_once_among_bureaus_that_stand_by_an_administrator(
    cast: Cast, road: Road, new: Bureau
) -> None:
    measure, old, by = road.measure(supporting=1), cast.bureau("教育局"), cast.administrator()
    supervisor = cast.supervisor(measure.plan)
    with refused("right.missing", 403):
        split_bureau(old, by=supervisor, successor=new, chosen={}, basis="x")
    with refused("input.successor", 422, people=True):
        split_bureau(old, by=by, successor=old, chosen={}, basis="x")
    with refused("input.basis", 422, people=True):
        split_bureau(old, by=by, successor=new, chosen={}, basis="")
    split_bureau(old, by=by, successor=new, chosen={}, basis="x")
    with refused("succession.done", 409, people=True):
        split_bureau(old, by=by, successor=new, chosen={}, basis="x")


def test_what_ended_stays_with_the_old_bureau(cast: Cast, road: Road, new: Bureau) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=1))))
    merge(cast, cast.bureau("教育局"), new)
    assert share_of(measure, cast.bureau("教育局")).is_lead
    assert not HandOver.objects.exists()
    assert_sound()
