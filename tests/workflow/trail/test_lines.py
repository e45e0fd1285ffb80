"""Every action leaves its lines in its own transaction, and every refusal one of its own after the rollback."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.roles import Role, ScopeKind
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.plans import Line, Promise, drafted
from tests.factories.road import Road, fresh
from workflow.actions.closure import reopen_measure
from workflow.actions.ledger import put_on_ledger
from workflow.actions.people import join_bureau, register_person
from workflow.actions.preparation import decide_schedule
from workflow.actions.shares import accept_share, send_back, submit_report
from workflow.models import AuditEvent, Measure, RuleVersion, Share, TrailHead
from workflow.models.audit_event import Outcome
from workflow.rules.refusal import Conflict, Forbidden, Invalid
from workflow.trail.actions import AuditAction as A
from workflow.trail.actor import INSTALLATION, Duty

pytestmark = pytest.mark.django_db


def _lines(measure: Measure) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(measure=measure).order_by("seq"))


def _story(measure: Measure, after: int = 0) -> list[tuple[str, str, str]]:
    return [(line.action, line.from_state, line.to_state) for line in _lines(measure) if line.seq > after]


def test_a_line_says_who_by_which_role_where_on_what_from_to_and_when(
    cast: Cast, road: Road, clock: Clock
) -> None:
    measure = road.measure(supporting=1)
    share = measure.shares.get(is_lead=True)
    handler = cast.handler(share.bureau)
    accept_share(share, by=handler)
    line = _lines(measure)[-1]
    assert (line.actor, line.duty, line.on_behalf_of) == (handler, "", None)
    assert (line.role, line.scope_kind, line.scope_id) == (Role.HANDLER, ScopeKind.BUREAU, share.bureau_id)
    assert (line.object_type, line.object_id, line.action) == ("share", share.pk, A.SHARE_ACCEPT)
    assert (line.from_state, line.to_state) == ("assigned", "in_progress")
    assert (line.measure, line.plan, line.outcome) == (measure, measure.plan, Outcome.DONE)
    assert line.at.astimezone().date() == clock.today
    assert line.recorded_at is not None


def test_the_recorded_time_is_the_databases_and_not_the_clocks(road: Road, clock: Clock) -> None:
    clock.to(date(2031, 5, 6))
    before = datetime.now(UTC) - timedelta(minutes=1)
    measure = road.close(road.verify(road.report(road.measure(supporting=0))))
    line = _lines(measure)[-1]
    assert line.at.year == 2031
    assert before < line.recorded_at < before + timedelta(minutes=10)


def test_numbers_of_a_chain_have_no_gap_and_follow_the_order(road: Road) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=1))))
    lines = _lines(measure)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert {line.chain for line in lines} == {f"measure:{measure.pk}"}
    assert [line.pk for line in lines] == sorted(line.pk for line in lines)
    assert fresh(measure).event_seq == len(lines)


def test_the_story_of_a_measure_is_told_from_dispatch_to_closure(road: Road) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=1))))
    told = _story(measure)
    start = next(n for n, line in enumerate(told) if line[0] == A.MEASURE_DISPATCH)
    assert told[start:] == [
        (A.MEASURE_DISPATCH, "draft", "assigned"),
        (A.SHARE_ACCEPT, "assigned", "in_progress"),
        (A.SHARE_ACCEPT, "assigned", "in_progress"),
        (A.MEASURE_BEGIN, "assigned", "in_progress"),
        (A.SHARE_SUBMIT, "in_progress", "reported"),
        (A.SHARE_SUBMIT, "in_progress", "reported"),
        (A.SHARE_APPROVE, "reported", "verified"),
        (A.SHARE_APPROVE, "reported", "verified"),
        (A.CONSOLIDATION_DRAFT, "", ""),
        (A.MEASURE_REPORT, "in_progress", "reported"),
        (A.MEASURE_VERIFY, "reported", "verified"),
        (A.MEASURE_CLOSE, "verified", "closed"),
        (A.SHARE_END, "verified", "closed"),
        (A.SHARE_END, "verified", "closed"),
    ]


def test_reason_and_basis_are_kept_beside_the_payload(cast: Cast, road: Road) -> None:
    measure = road.close(road.verify(road.report(road.measure(supporting=0))))
    shares = [share.pk for share in measure.shares.all()]
    reopen_measure(
        measure, by=cast.approver(measure.plan), shares=shares, reason="回头看不符", basis="审计报告"
    )
    line = next(line for line in _lines(measure) if line.action == A.MEASURE_REOPEN)
    assert (line.reason, line.basis) == ("回头看不符", "审计报告")
    assert line.payload["shares"] == shares
    assert line.payload["verifiers"] == [cast.supervisor(measure.plan).pk]


def test_a_line_remembers_the_version_of_the_rules_in_force(road: Road) -> None:
    RuleVersion.objects.create(number=3, holds_from=date(2026, 1, 1), data={})
    measure = road.measure(supporting=0)
    assert _lines(measure)[-1].rule_version == "*:3"


def test_a_refusal_leaves_one_line_of_its_own_and_changes_nothing_else(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    share = measure.shares.get(is_lead=True)
    before = Share.objects.values().get(pk=share.pk), Measure.objects.values().get(pk=measure.pk)
    with pytest.raises(Forbidden):
        accept_share(share, by=cast.stranger())
    last = _lines(measure)[-1]
    assert (last.outcome, last.reason, last.actor) == (Outcome.REFUSED, "right.missing", cast.stranger())
    assert (last.action, last.object_type, last.object_id) == (A.SHARE_ACCEPT, "share", share.pk)
    assert (last.from_state, last.to_state) == ("assigned", "")
    assert Share.objects.values().get(pk=share.pk) == before[0]
    assert Measure.objects.values().get(pk=measure.pk) == before[1] | {
        "event_seq": before[1]["event_seq"] + 1
    }


def test_a_refusal_after_rows_were_written_takes_them_back(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = measure.shares.select_related("bureau").get(is_lead=True)
    other = cast.handler(share.bureau, 2)
    with pytest.raises(Conflict) as refused:
        submit_report(share, by=other, progress="已完成")
    assert refused.value.code == "item.held"
    assert not share.share_cycles.get().reports.exists()
    assert _lines(measure)[-1].payload == {"params": {"holder": str(cast.handler(share.bureau))}}


def test_a_refusal_keeps_the_role_by_which_the_person_came_that_far(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    share = measure.shares.select_related("bureau").get()
    road.submit(share)
    with pytest.raises(Invalid):
        send_back(share, by=cast.head(share.bureau), reason="  ")
    assert _lines(measure)[-1].role == Role.HEAD


def test_what_is_about_a_plan_is_on_the_plans_chain(cast: Cast, road: Road) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=date(2026, 6, 30)))
    assert AuditEvent.objects.filter(chain=f"plan:{plan.pk}", measure=None).count() == 1
    with pytest.raises(Forbidden):
        put_on_ledger(plan, by=cast.stranger())
    lines = AuditEvent.objects.filter(chain=f"plan:{plan.pk}").order_by("seq")
    assert [line.seq for line in lines] == [1, 2]
    assert lines.last().reason == "right.missing"  # type: ignore[union-attr]


def test_what_is_about_people_is_on_the_chain_of_people(cast: Cast) -> None:
    person = register_person("li", by=INSTALLATION, name="李", password=None)
    join_bureau(person, cast.bureau("教育局"), by=INSTALLATION, since=date(2026, 1, 1))
    lines = list(AuditEvent.objects.filter(chain="people").order_by("seq"))
    assert [(line.seq, line.action, line.duty) for line in lines] == [
        (1, A.PERSON_REGISTER, "installation"),
        (2, A.MEMBERSHIP_BEGIN, "installation"),
    ]
    assert TrailHead.objects.get(chain="people").last == 2


def test_a_refusal_before_anything_exists_names_no_thing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        register_person("li", by=Duty("tick"), name="李", password=None)
    line = AuditEvent.objects.get()
    assert (line.chain, line.duty, line.object_type, line.object_id) == ("people", "tick", "", None)


def test_a_line_stores_codes_and_not_the_words_of_a_language(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    with pytest.raises(Conflict):
        accept_share(measure.shares.get(), by=cast.handler(cast.bureau("教育局")))
    assert _lines(measure)[-1].payload == {"params": {"state": "in_progress", "of": "share"}}


def test_a_decision_in_preparation_is_told_on_the_measures_chain(cast: Cast, road: Road) -> None:
    line = Line(cast.bureau("教育局"), due=date(2026, 6, 30), targets=[Promise()])
    plan = drafted(cast, line)
    measure = plan.measures.get()
    decide_schedule(measure, by=cast.supervisor(plan), cycle_length="quarter", basis="按季")
    assert [line.action for line in _lines(measure)] == [
        A.UNIT_DECIDE,
        A.SCHEDULE_DECIDE,
        A.TARGET_CONFIRM,
        A.SCHEDULE_DECIDE,
    ]
    assert _lines(measure)[-1].basis == "按季"
