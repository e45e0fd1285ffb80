"""Another open share leads: one act, one lead at every moment, and the work of the lead goes with it."""

import pytest

from tests.factories.cast import Cast
from tests.factories.refusals import refused
from tests.factories.road import Road, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.drafts import save_draft
from workflow.actions.ending import end_share
from workflow.actions.leading import change_lead
from workflow.models import AuditEvent, Consolidation, Draft, Measure, Share
from workflow.models.consolidation import ConsolidationDecision as D
from workflow.states import ShareState
from workflow.trail.actions import AuditAction

pytestmark = pytest.mark.django_db


def support(measure: Measure) -> Share:
    return measure.shares.select_related("bureau").filter(is_lead=False).order_by("pk")[0]


def test_a_supervisor_makes_another_open_share_the_lead_and_every_share_keeps_its_state(
    cast: Cast, road: Road
) -> None:
    measure = road.measure(supporting=2)
    lead, other = measure.shares.get(is_lead=True), support(measure)
    road.accept(other)

    change_lead(other, by=cast.supervisor(measure.plan), reason="职责调整")

    assert measure.shares.get(is_lead=True) == other
    states = dict(measure.shares.values_list("pk", "state"))
    assert (states[lead.pk], states[other.pk]) == (ShareState.ASSIGNED, ShareState.IN_PROGRESS)
    line = AuditEvent.objects.get(action=AuditAction.MEASURE_CHANGE_LEAD)
    assert line.payload == {"from": "教育局", "to": other.bureau.name}
    assert_sound()


@pytest.mark.parametrize("drafted", [False, True])
def test_the_consolidation_under_way_lapses_and_lies_with_the_new_lead(
    cast: Cast, road: Road, drafted: bool
) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=1)))
    handler = cast.handler(cast.bureau("教育局"))
    if drafted:
        draft_consolidation(measure, by=handler, summary="一稿")
    else:
        save_draft("measure.draft", measure.pk, by=handler, data={"summary": "草"})
    other = support(measure)

    change_lead(other, by=cast.supervisor(measure.plan), reason="职责调整")

    item = open_item(measure)
    assert (item.node, item.bureau) == ("consolidate", other.bureau)
    assert [draft.decision for draft in Consolidation.objects.all()] == [D.LAPSED] * drafted
    assert not Draft.objects.exists()
    assert_sound()
    with refused("right.missing", 403):
        draft_consolidation(measure, by=handler, summary="二稿")
    road.close(road.verify(road.report(measure)))
    assert_sound()


@pytest.mark.parametrize("who", ["approver", "handler", "head"])
def test_only_a_supervisor_changes_the_lead(cast: Cast, road: Road, who: str) -> None:
    measure = road.measure(supporting=1)
    share = support(measure)
    person = cast.approver(measure.plan) if who == "approver" else getattr(cast, who)(share.bureau)
    with refused("right.missing", 403):
        change_lead(share, by=person, reason="x")


def test_the_lead_is_not_made_lead_again_nor_a_share_that_ended_nor_without_a_reason(
    cast: Cast, road: Road
) -> None:
    measure = road.measure(supporting=2)
    supervisor, share = cast.supervisor(measure.plan), support(measure)
    with refused("share.leads_already", 409):
        change_lead(measure.shares.get(is_lead=True), by=supervisor, reason="x")
    with refused("input.reason", 422):
        change_lead(share, by=supervisor, reason=" ")
    end_share(share, by=supervisor, outcome="dropped", reason="x")
    with refused("state.wrong", 409):
        change_lead(share, by=supervisor, reason="x")


def test_the_lead_of_a_reported_measure_is_not_changed(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=1))
    with refused("measure.shares_fixed", 409):
        change_lead(support(measure), by=cast.supervisor(measure.plan), reason="x")
