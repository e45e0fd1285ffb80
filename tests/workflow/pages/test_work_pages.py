"""The work page of every step: who sees it, who holds it, and what comes back when something is wrong."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flows.measure import MeasureFlow
from flows.nodes.work import work_nodes
from flows.request import RequestFlow
from flows.share import ShareFlow
from tests.factories.plans import EngagementFactory, Promise
from tests.factories.road import fresh, open_item
from tests.workflow.pages.stage import ALL_POINTS, Stage, address, decide, see_work, state_of
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.consolidation import draft_consolidation
from workflow.actions.evaluation import engage_evaluation
from workflow.models import Draft, Measure, Report, Share
from workflow.pages.work import STEPS

pytestmark = pytest.mark.django_db


def brought_to(stage: Stage, node: str) -> Measure | Share:
    """What lies open at the step `node`."""
    measure = stage.joint()
    if node in {"accept", "fill", "review"}:
        return share_at(stage, stage.share(measure), node)
    if node in {"consolidate", "sign"}:
        stage.road.accept_all(measure)
        stage.road.approve_all(measure)
        if node == "sign":
            draft_consolidation(measure, by=stage.cast.handler(stage.lead), summary="汇总")
        return measure
    stage.road.report(measure)
    return measure if node == "verify" else verified_at(stage, measure, node)


def share_at(stage: Stage, share: Share, node: str) -> Share:
    """The lead's share at the step `node`."""
    if node != "accept":
        stage.road.accept(share)
    if node == "review":
        stage.road.submit(share)
    return share


def verified_at(stage: Stage, measure: Measure, node: str) -> Measure:
    """The verified measure at the step `node`."""
    stage.road.verify(measure)
    if node in {"evaluate", "close"}:
        engagement = EngagementFactory(plan=measure.plan, agency=stage.cast.agency)
        engage_evaluation(measure, by=stage.cast.supervisor(measure.plan), engagement=engagement)
    if node == "close":
        stage.road.evaluate(measure)
    return fresh(measure)


MAIN = {
    "accept": "accept",
    "fill": "submit",
    "review": "approve",
    "consolidate": "draft",
    "sign": "report",
    "verify": "verify",
    "evaluate": "score",
    "close": "close",
}


def test_every_step_of_a_person_has_a_page_for_each_of_its_decisions() -> None:
    nodes = {node.name: node for flow in (MeasureFlow, ShareFlow, RequestFlow) for node in work_nodes(flow)}

    assert set(nodes) == set(STEPS)
    for name, step in STEPS.items():
        assert {decision.verb for decision in step.decisions.values()} == set(nodes[name].verbs), name


@pytest.mark.parametrize("node", [*MAIN, "engage"])
def test_the_step_is_shown_with_its_decision_to_who_holds_the_role(stage: Stage, node: str) -> None:
    thing = brought_to(stage, node)

    response = see_work(stage.post(thing), thing)

    assert open_item(thing).node == node
    assert response.status_code == 200
    if node in MAIN:
        assert f'name="decision" value="{MAIN[node]}"' in words(response)


@pytest.mark.parametrize("node", [*MAIN, "engage"])
def test_the_step_is_unknown_to_who_holds_no_role_there(stage: Stage, node: str) -> None:
    thing = brought_to(stage, node)
    plan = open_item(thing).measure.plan
    strangers = [stage.cast.stranger(), stage.cast.observer(plan), stage.cast.handler(stage.support)]

    for person in strangers:
        assert see_work(person, thing).status_code == 404
        assert decide(person, thing, MAIN.get(node, "engage")).status_code == 404


def test_an_item_of_another_process_is_unknown(stage: Stage) -> None:
    measure = stage.joint()
    lead, support = stage.share(measure), stage.share(measure, stage.support)
    mine, others = open_item(lead), open_item(support)
    visitor = Visitor(stage.cast.handler(stage.lead))

    assert visitor.see("ledger:work", others.process_id, mine.pk).status_code == 404
    answer = visitor.send("ledger:work", others.process_id, mine.pk, decision="accept")
    assert answer.status_code == 404
    assert state_of(lead) == "assigned"


def test_a_decision_the_step_does_not_offer_is_unknown(stage: Stage) -> None:
    share = stage.share(stage.joint())

    assert decide(stage.cast.handler(stage.lead), share, "close").status_code == 404
    assert decide(stage.cast.handler(stage.lead), share, "").status_code == 404


def test_an_item_that_somebody_holds_is_shown_without_forms_and_refused_with_their_name(
    stage: Stage,
) -> None:
    share = stage.road.accept(stage.share(stage.joint(targets=())))
    holder, colleague = stage.cast.handler(stage.lead), stage.cast.handler(stage.lead, 2)

    page = see_work(colleague, share)
    answer = decide(colleague, share, "submit", progress="抢报")

    assert f"{holder.name} holds this work item." in words(page)
    assert 'name="progress"' not in words(page)
    assert answer.status_code == 409
    assert holder.name in words(answer)
    assert state_of(share) == "in_progress"


def test_an_item_that_is_done_leads_to_its_measure_and_is_not_done_twice(stage: Stage) -> None:
    share = stage.share(stage.joint())
    person, where = stage.cast.handler(stage.lead), address(share)
    Visitor(person).send("ledger:work", *where, decision="accept")

    page = Visitor(person).see("ledger:work", *where)
    again = Visitor(person).send("ledger:work", *where, decision="accept")

    assert page.status_code == 302
    assert page.url.endswith(f"/measures/{share.measure.code}/")
    assert again.status_code == 409


def test_what_was_entered_comes_back_with_the_error_at_its_field(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.joint()))
    target = share.measure.targets.get()

    answer = decide(stage.post(share), share, "submit", progress="已建成三所", **{f"reading-{target.pk}": ""})

    page = words(answer)
    assert answer.status_code == 422
    assert "已建成三所</textarea>" in page
    assert f'href="#submit-reading-{target.pk}"' in page
    assert f'id="submit-reading-{target.pk}_error"' in page
    assert not Report.objects.exists()


def test_a_value_that_is_no_number_comes_back_as_it_was_typed(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.joint()))
    target = share.measure.targets.get()

    answer = decide(
        stage.post(share), share, "submit", progress="已建成", **{f"reading-{target.pk}": "约九成"}
    )

    assert answer.status_code == 422
    assert 'value="约九成"' in words(answer)


def test_a_target_without_a_value_is_reported_with_a_reason(stage: Stage) -> None:
    share = stage.road.accept(stage.share(stage.joint(targets=(Promise(),))))
    target = share.measure.targets.get()

    answer = decide(
        stage.post(share), share, "submit", progress="已建成", **{f"reason-{target.pk}": "年底统计"}
    )

    assert answer.status_code == 302
    assert Report.objects.get().readings.get().reason == "年底统计"


@pytest.mark.parametrize(
    ("node", "decision", "field"),
    [
        ("review", "send_back", "send_back-reason"),
        ("consolidate", "draft", "draft-summary"),
        ("sign", "return_draft", "return_draft-reason"),
        ("verify", "verify", "verify-checklist"),
        ("verify", "rework", "rework-reason"),
        ("engage", "engage", "engage-engagement"),
        ("evaluate", "score", "score-score"),
        ("close", "rework", "rework-reason"),
    ],
)
def test_a_decision_without_its_particulars_is_asked_again_at_the_field(
    stage: Stage, node: str, decision: str, field: str
) -> None:
    thing = brought_to(stage, node)
    before = state_of(thing)

    answer = decide(stage.post(thing), thing, decision)

    assert answer.status_code == 422
    assert f'href="#{field}"' in words(answer)
    assert state_of(thing) == before


def test_a_checklist_with_a_point_missing_does_not_verify(stage: Stage) -> None:
    measure = brought_to(stage, "verify")

    answer = decide(stage.post(measure), measure, "verify", checklist=ALL_POINTS[1:])

    assert answer.status_code == 422
    assert state_of(measure) == "reported"


def test_a_returned_report_shows_the_handler_why_and_the_head_what_changed(stage: Stage) -> None:
    share = brought_to(stage, "review")
    decide(stage.post(share), share, "send_back", reason="缺少统计日期")
    page = words(see_work(stage.post(share), share))
    assert "缺少统计日期" in page
    assert "已完成</textarea>" in page

    target = share.measure.targets.get()
    decide(stage.post(share), share, "submit", progress="已完成至三月", **{f"reading-{target.pk}": "97"})
    page = words(see_work(stage.post(share), share))

    assert "<ins>至三月</ins>" in page
    assert "<del>100</del><ins>97</ins>" in page


def test_an_unmet_target_keeps_the_closure_from_being_offered(stage: Stage) -> None:
    measure = stage.joint("never")
    stage.road.accept_all(measure)
    for bureau in (stage.lead, stage.support, *stage.streets):
        share = stage.share(measure, bureau)
        stage.road.submit(share, value=Decimal(90))
        stage.road.approve(share)
    stage.road.verify(stage.road.report(measure))

    page = words(see_work(stage.post(measure), measure))
    answer = decide(stage.post(measure), measure, "close")

    assert 'value="close"' not in page
    assert "These targets keep the measure open" in page
    assert answer.status_code == 409
    assert state_of(measure) == "verified"


def test_a_draft_is_forgotten_once_its_step_is_decided_otherwise(stage: Stage) -> None:
    measure = brought_to(stage, "verify")
    person = stage.post(measure)
    Visitor(person).send("ledger:save-draft", *address(measure), opinion="尚待核对")
    assert Draft.objects.exists()

    decide(person, measure, "rework", shares=[stage.share(measure).pk], reason="数据不实")

    assert not Draft.objects.exists()


@pytest.mark.parametrize("node", [*MAIN, "engage"])
def test_a_work_page_takes_a_bounded_number_of_statements(stage: Stage, node: str) -> None:
    thing = brought_to(stage, node)
    visitor, where = Visitor(stage.post(thing)), address(thing)
    visitor.see("ledger:work", *where)

    with CaptureQueriesContext(connection) as statements:
        visitor.see("ledger:work", *where)

    assert len(statements) <= 26
