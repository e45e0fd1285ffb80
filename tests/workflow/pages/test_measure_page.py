"""A measure's page: what each reader may read and do, who it waits for, past cycles, and what it costs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import BureauKind, User
from tests.factories.clock import Clock
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.road import fresh
from tests.workflow.pages.stage import Stage
from tests.workflow.pages.visits import Visitor, words
from workflow.actions.consolidation import draft_consolidation, return_consolidation
from workflow.actions.shares import send_back
from workflow.models import AuditEvent, Measure
from workflow.queries.timeline import PAGE

pytestmark = pytest.mark.django_db


def page(person: User, measure: Measure, **query: int) -> str:
    """The measure's page as that person sees it."""
    response = Visitor(person).see("ledger:measure-detail", measure.code, **query)
    assert response.status_code == 200
    return words(response)


def test_the_page_says_your_turn_to_who_can_act_and_whom_it_waits_for_to_others(stage: Stage) -> None:
    measure = stage.joint()

    mine, other = (
        page(stage.cast.handler(stage.lead), measure),
        page(stage.cast.observer(measure.plan), measure),
    )

    assert "Your turn" in mine
    assert "Your turn" not in other
    assert "It waits for others" in other
    assert "教育局、人力社保局、东街道、西街道" in other


def test_the_facts_of_the_measure_stand_on_the_page(stage: Stage) -> None:
    measure = stage.joint()
    difference = {"kind": "units", "narrative": "教育局", "list": "教育局、科技局"}
    Measure.objects.filter(pk=measure.pk).update(
        schedule="持续推进", text="扩大普惠性资源", differences=[difference]
    )

    shown = page(stage.cast.supervisor(measure.plan), measure)

    for fact in (
        "持续推进",
        "扩大普惠性资源",
        difference["list"],
        "督查室定",
        "覆盖率",
        "督〔2026〕1号",
        "各街道",
    ):
        assert fact in shown


def test_the_lamp_is_told_with_its_reason(stage: Stage, clock: Clock) -> None:
    measure = stage.joint()
    clock.to(date(2026, 12, 2))

    shown = page(stage.cast.supervisor(measure.plan), measure)

    assert "lamp-red" in shown
    assert "The due date has passed and nothing has been reported." in shown
    assert "2 working days over" in shown


def test_a_supporting_bureau_reads_its_own_report_and_knows_only_the_state_of_others(stage: Stage) -> None:
    measure = stage.joint(targets=())
    for bureau, text in ((stage.support, "人社的进展"), (stage.streets[0], "街道的进展")):
        stage.road.submit(stage.road.accept(stage.share(measure, bureau)), progress=text)

    shown = page(stage.cast.handler(stage.support), measure)

    assert "人社的进展" in shown
    assert "街道的进展" not in shown
    assert "submitted for review" in shown


def test_the_lead_and_the_plans_offices_read_every_report(stage: Stage) -> None:
    measure = stage.joint(targets=())
    stage.road.submit(stage.road.accept(stage.share(measure, stage.support)), progress="人社的进展")

    for person in (stage.cast.handler(stage.lead), stage.cast.supervisor(measure.plan), stage.cast.auditor()):
        assert "人社的进展" in page(person, measure)


def test_the_reason_of_a_return_is_read_by_the_bureau_it_is_meant_for_and_not_by_its_neighbours(
    stage: Stage,
) -> None:
    measure = stage.joint(targets=())
    share = stage.road.accept(stage.share(measure, stage.support))
    stage.road.submit(share)
    send_back(share, by=stage.cast.head(stage.support), reason="数据口径不对")

    assert "数据口径不对" in page(stage.cast.handler(stage.support), measure)
    assert "数据口径不对" not in page(stage.cast.handler(stage.streets[0]), measure)


def test_the_consolidated_report_is_not_read_by_supporting_bureaus(stage: Stage) -> None:
    measure = stage.joint()
    stage.road.accept_all(measure)
    stage.road.approve_all(measure)
    draft_consolidation(measure, by=stage.cast.handler(stage.lead), summary="初稿")
    return_consolidation(measure, by=stage.cast.head(stage.lead), reason="口径不一")
    measure = stage.road.report(measure)

    assert "汇总</p>" in page(stage.cast.head(stage.lead), measure)
    assert "口径不一" in page(stage.cast.head(stage.lead), measure)
    for words_of_the_lead in ("汇总</p>", "口径不一"):
        assert words_of_the_lead not in page(stage.cast.head(stage.support), measure)


def test_a_collective_says_how_many_of_its_members_have_reported(stage: Stage) -> None:
    measure = stage.joint(targets=())
    stage.road.submit(stage.road.accept(stage.share(measure, stage.streets[0])))

    assert "1/2 reported" in page(stage.cast.supervisor(measure.plan), measure)


def test_a_past_cycle_stays_readable_beside_the_current_one(stage: Stage) -> None:
    measure = stage.ongoing()
    for bureau in (stage.lead, stage.support):
        stage.road.submit(stage.road.accept(stage.share(measure, bureau)), progress="一季度进展")
        stage.road.approve(stage.share(measure, bureau))
    measure = stage.road.verify(stage.road.report(measure))
    person = stage.cast.supervisor(measure.plan)

    now, before = page(person, measure), page(person, measure, cycle=1)

    assert "一季度进展" not in now
    assert "一季度进展" in before
    assert "This is cycle 1" in before
    assert "Cycle closed" in before


def test_a_measure_one_may_not_know_of_is_unknown(stage: Stage) -> None:
    measure = stage.joint()

    for person in (stage.cast.stranger(), stage.cast.administrator(), stage.cast.handler(stage.cast.office)):
        assert Visitor(person).see("ledger:measure-detail", measure.code).status_code == 404


def test_a_measure_not_yet_dispatched_is_known_to_the_plans_offices_alone(stage: Stage) -> None:
    plan = drafted(stage.cast, Line(stage.lead, due=date(2026, 11, 30)))
    measure = plan.measures.get()

    shown = page(stage.cast.supervisor(plan), measure)
    assert "Not dispatched yet" in shown
    assert f"/measures/{measure.code}/preparation/" in shown
    assert f"/measures/{measure.code}/preparation/" not in page(stage.cast.observer(plan), measure)
    answer = Visitor(stage.cast.handler(stage.lead)).see("ledger:measure-detail", measure.code)
    assert answer.status_code == 404


def test_the_supervisor_is_led_to_the_dispatch_of_a_measure_on_the_ledger(stage: Stage) -> None:
    plan = on_ledger(stage.cast, Line(stage.lead, due=date(2026, 11, 30)))
    measure = plan.measures.get()

    assert f"/measures/{measure.code}/dispatch/" in page(stage.cast.supervisor(plan), measure)
    assert f"/measures/{measure.code}/dispatch/" not in page(stage.cast.approver(plan), measure)


def test_the_timeline_has_older_pages(stage: Stage) -> None:
    measure = stage.joint(targets=())
    share = stage.road.accept(stage.share(measure, stage.support))
    while fresh(measure).event_seq < PAGE + 10:
        stage.road.submit(share)
        send_back(share, by=stage.cast.head(stage.support), reason="再报")
    person = stage.cast.supervisor(measure.plan)

    newest = page(person, measure)
    older = re.search(r"\?before=(\d+)#timeline", newest)
    assert older is not None
    oldest = page(person, measure, before=int(older[1]))

    assert "dispatched the measure" not in newest
    assert "dispatched the measure" in oldest
    assert 'href="?before=' not in oldest


def test_refused_tries_do_not_stand_in_the_timeline(stage: Stage) -> None:
    measure = stage.joint()
    share = stage.share(measure, stage.support)
    Visitor(stage.cast.head(stage.lead)).send("ledger:send-back", measure.code, share.pk, reason="不该留下")
    assert AuditEvent.objects.filter(measure=measure, outcome="refused").exists()

    assert "不该留下" not in page(stage.cast.supervisor(measure.plan), measure)


@pytest.mark.parametrize("reader", ["supervisor", "approver", "handler", "head"])
def test_the_page_takes_the_same_number_of_statements_whatever_the_number_of_shares(
    stage: Stage, reader: str
) -> None:
    def statements(measure: Measure) -> int:
        people = {
            "supervisor": lambda: stage.cast.supervisor(measure.plan),
            "approver": lambda: stage.cast.approver(measure.plan),
            "handler": lambda: stage.cast.handler(stage.lead),
            "head": lambda: stage.cast.head(stage.lead),
        }
        visitor = Visitor(people[reader]())
        visitor.see("ledger:measure-detail", measure.code)
        with CaptureQueriesContext(connection) as found:
            visitor.see("ledger:measure-detail", measure.code)
        return len(found)

    few = stage.joint(targets=())
    stage.road.submit(stage.road.accept(stage.share(few, stage.support)))
    for n in range(12):
        stage.cast.bureau(f"第{n}街道", BureauKind.SUBDISTRICT)
    many = stage.joint(targets=())
    stage.road.accept_all(many)
    for share in many.shares.all():
        stage.road.submit(share)

    assert statements(many) <= statements(few) + 1
    assert statements(many) <= 36
