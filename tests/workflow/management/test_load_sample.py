"""The sample: what a newcomer finds after the first start.

Loaded once for all tests of this module, outside their transactions; what a test changes is rolled back as usual.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from accounts.models import Appointment, Bureau, User
from accounts.roles import Role, ScopeKind
from flows.inbox import Box, open_items
from flows.models import WorkItem
from flows.work import claim, perform
from tests.factories.trail import unguarded
from workflow.actions.dispatch import dispatch_measure
from workflow.clock.now import at
from workflow.documents.ledger_sheet import Head, ledger_sheet
from workflow.intake.edition_comparison import compare, read_measures
from workflow.intake.reading import read_bytes
from workflow.management.sample.bureaus import AGENCY, OFFICE, OWN_CENTRE, WITH_SHARES
from workflow.management.sample.dated import NOT_DISPATCHED
from workflow.management.sample.people import PASSWORD, POSTS
from workflow.models import (
    AuditEvent,
    Consolidation,
    Cycle,
    Engagement,
    Evidence,
    Measure,
    Plan,
    Report,
    Share,
)
from workflow.models.audit_event import Outcome
from workflow.models.consolidation import ConsolidationDecision
from workflow.models.report import ReviewDecision
from workflow.models.verification import ChecklistPoint
from workflow.queries.editions import measures_to_renew
from workflow.queries.lamps import with_lamp
from workflow.queries.ledger import Filters
from workflow.queries.ledger_sheet import sheet_rows
from workflow.queries.rules import calendar, forget
from workflow.routing import Verb
from workflow.rules.refusal import Forbidden
from workflow.states import Lamp, MeasureState, PlanState, ShareState

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL_HOLD = dict.fromkeys(ChecklistPoint.values, True)


@pytest.fixture(scope="module", autouse=True)
def _sample(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The database of this module: the sample as it is on the morning of 24 November 2026."""
    evidence: Path = tmp_path_factory.mktemp("sample-evidence")
    with django_db_blocker.unblock(), at(NOW):
        forget()
        assert "memory" in str(connection.settings_dict["NAME"]) or "test" in connection.settings_dict["NAME"]
        with override_settings(MEDIA_ROOT=str(evidence)):
            call_command("load_sample", stdout=StringIO())
        yield
        with unguarded():
            call_command("flush", interactive=False, verbosity=0)
        forget()


@pytest.fixture
def plan() -> Plan:
    """The one plan."""
    return Plan.objects.get()


def person(username: str) -> User:
    """The person who signs in as `username`."""
    return User.objects.get(username=username)


def measure(number: str) -> Measure:
    """The measure by section and number."""
    return Measure.objects.select_related("plan").get(code=f"JY-{number}")


def test_today_lies_three_quarters_into_the_plan(plan: Plan) -> None:
    gone = (TODAY - plan.period_start).days / (plan.period_end - plan.period_start).days
    assert gone == pytest.approx(0.75, abs=0.03)
    assert (plan.period_end - plan.period_start).days == 364


def test_the_plan_is_on_the_ledger_by_somebody_who_did_not_prepare_it(plan: Plan) -> None:
    assert plan.state == PlanState.ON_LEDGER
    assert plan.put_on_ledger_by == person("fenguan1")
    prepared = AuditEvent.objects.filter(action="plan.prepare", plan=plan)
    assert {event.actor for event in prepared} == {person("ducha1")}


def test_dates_of_the_source_are_shifted_into_the_period(plan: Plan) -> None:
    dated = measure("02-01").targets.exclude(due=None)
    assert {target.due for target in dated} == {plan.period_end}


def test_measures_stand_at_every_state() -> None:
    found = Counter(Measure.objects.values_list("state", flat=True))
    assert sum(found.values()) == 33
    assert set(found) == set(MeasureState.values) - {MeasureState.CANCELLED}
    assert found[MeasureState.CLOSED] >= 2
    assert found[MeasureState.REPORTED] >= 2


def test_shares_stand_at_every_state() -> None:
    assert set(Share.objects.values_list("state", flat=True)) == set(ShareState.values)


def test_every_colour_of_the_lamp_is_on() -> None:
    found = Counter(with_lamp(Measure.objects.all(), TODAY).values_list("lamp", flat=True))
    assert set(found) == set(Lamp.values)
    assert found[Lamp.GREEN] > found[Lamp.RED]


def test_verified_measures_wait_for_an_agency_for_a_score_and_for_closure() -> None:
    waiting = WorkItem.objects.filter(finished=None, measure__state=MeasureState.VERIFIED)
    assert {item.node for item in waiting} == {"engage", "evaluate", "close"}


def test_one_measure_was_closed_and_put_back() -> None:
    reopened = measure("06-02")
    assert reopened.state == MeasureState.IN_PROGRESS
    event = AuditEvent.objects.get(action="measure.reopen", measure=reopened)
    assert event.basis
    assert event.reason


def test_past_cycles_of_ongoing_measures_have_reports_and_one_was_missed() -> None:
    ended = Cycle.objects.filter(is_current=False, closures__phased=True).distinct()
    assert ended.count() >= 20
    for cycle in ended:
        assert Report.objects.filter(share_cycle__cycle=cycle, decision=ReviewDecision.APPROVED).exists(), (
            cycle
        )
    missed = Cycle.objects.exclude(missed_at=None)
    assert [cycle.measure.code for cycle in missed] == ["JY-01-05"]


def test_one_consolidation_waits_for_a_signature_and_one_was_returned() -> None:
    waiting = Consolidation.objects.filter(decision=ConsolidationDecision.NONE, cycle__is_current=True)
    assert "JY-03-04" in {row.cycle.measure.code for row in waiting}
    assert Consolidation.objects.filter(decision=ConsolidationDecision.RETURNED).exists()


def test_reports_were_returned_with_reasons_and_came_again() -> None:
    returned = Report.objects.filter(decision=ReviewDecision.RETURNED)
    assert returned.count() >= 5
    assert all(report.decision_reason for report in returned)
    assert Report.objects.filter(version=2, decision=ReviewDecision.APPROVED).exists()


def test_evidence_of_every_grade_is_there_and_belongs_to_a_report() -> None:
    files = Evidence.objects.select_related("content")
    assert {file.grade_proposed for file in files} == {"A", "B", "C"}
    assert all(file.report_id is not None and file.content.size > 50 for file in files)


def test_texts_are_the_bureaus_own() -> None:
    texts = list(Report.objects.filter(unchanged=False).values_list("progress", flat=True))
    assert len(texts) > 150
    assert all(len(text) > 20 and "{" not in text for text in texts)
    assert len(set(texts)) > 0.9 * len(texts)


@pytest.mark.parametrize("unit", WITH_SHARES, ids=lambda unit: unit.name)
def test_every_bureau_with_a_share_has_two_handlers_and_two_heads(unit: object) -> None:
    bureau = Bureau.objects.get(name=unit.name)  # type: ignore[attr-defined]
    assert Share.objects.filter(bureau=bureau).exists()
    held = Appointment.objects.filter(scope_kind=ScopeKind.BUREAU, scope_id=bureau.pk)
    assert Counter(held.values_list("role", flat=True)) == {Role.HANDLER: 2, Role.HEAD: 2}


def test_every_bureau_with_a_share_is_one_of_the_samples() -> None:
    names = set(Share.objects.values_list("bureau__name", flat=True))
    undispatched = {"区教育局", "区合作交流办"}
    assert names | undispatched == {unit.name for unit in WITH_SHARES}


def test_two_people_hold_each_of_the_other_roles(plan: Plan) -> None:
    for role in (Role.SUPERVISOR, Role.APPROVER, Role.OBSERVER):
        assert Appointment.objects.filter(role=role, scope_id=plan.pk).count() == 2
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        assert Appointment.objects.filter(role=role).count() == 2
    for engagement in Engagement.objects.all():
        assert Appointment.objects.filter(role=Role.EVALUATOR, scope_id=engagement.pk).count() == 2


def test_supervisors_belong_to_the_supervision_office(plan: Plan) -> None:
    assert plan.supervision_office is not None
    assert plan.alternate_office is not None
    assert plan.supervision_office.name == OFFICE
    for name in ("ducha1", "ducha2"):
        assert [m.bureau for m in person(name).memberships.all()] == [plan.supervision_office]


def test_one_agency_is_independent_and_the_other_belongs_to_the_lead() -> None:
    lead = Bureau.objects.get(name="区教育局")
    assert Bureau.objects.get(name=AGENCY).is_root()
    assert Bureau.objects.get(name=OWN_CENTRE).is_descendant_of(lead)


def test_everybody_signs_in_with_the_printed_password() -> None:
    passwords = set(User.objects.values_list("password", flat=True))
    assert User.objects.count() == len(POSTS)
    assert all(check_password(PASSWORD, stored) for stored in passwords)


def test_the_trail_of_each_chain_is_in_order_of_time() -> None:
    last: dict[str, tuple[int, datetime]] = {}
    for event in AuditEvent.objects.order_by("chain", "seq"):
        seq, moment = last.get(event.chain, (0, event.at))
        assert event.seq == seq + 1, event
        assert event.at >= moment, event
        last[event.chain] = (event.seq, event.at)
    assert len(last) == 1 + 1 + 33


def test_the_whole_trail_was_written_in_order_of_time() -> None:
    moments = list(AuditEvent.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_everything_happened_in_office_hours_of_working_days_before_today() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    moments = [event.astimezone(zone) for event in AuditEvent.objects.values_list("at", flat=True)]
    assert max(moments).date() < TODAY
    assert max(moments).date() >= TODAY - timedelta(days=4)
    assert all(calendar().is_working(moment.date()) for moment in moments)
    assert all(8 <= moment.hour < 18 for moment in moments)


def test_nothing_was_refused_on_the_way() -> None:
    assert not AuditEvent.objects.filter(outcome=Outcome.REFUSED).exists()


def test_decisions_are_recorded_with_their_reasons(plan: Plan) -> None:
    assert all(row.schedule_basis for row in plan.measures.all())
    for unit in plan.measures.get(code="JY-08-03").units.exclude(kind="bureau"):
        assert unit.is_decided
        assert unit.decision_reason
    assert set(plan.measures.values_list("cycle_length", flat=True)) == {"", "month", "quarter", "year"}


@pytest.mark.parametrize("username", ["jyj.jb1", "jyj.jb2"])
def test_a_handler_of_the_lead_has_a_desk_worth_looking_at(username: str) -> None:
    assert 5 <= len(open_items(person(username), Box.MINE).items) <= 15


def test_a_head_of_the_lead_has_to_review_and_to_sign() -> None:
    items = open_items(person("jyj.fz1"), Box.UNCLAIMED).items
    assert {"review", "sign"} <= {item.node for item in items}


def test_a_supervisor_has_several_things_to_do() -> None:
    nodes = [item.node for item in open_items(person("ducha1"), Box.UNCLAIMED).items]
    assert len(nodes) >= 3
    assert set(nodes) >= {"verify", "engage"}


def test_an_approver_has_two_or_three_closures_before_them() -> None:
    nodes = [item.node for item in open_items(person("fenguan1"), Box.UNCLAIMED).items]
    assert nodes in (["close"] * 2, ["close"] * 3)


def test_an_evaluator_has_two_measures_to_score() -> None:
    nodes = [item.node for item in open_items(person("pinggu1"), Box.UNCLAIMED).items]
    assert nodes == ["evaluate", "evaluate"]


def test_the_counts_that_pages_show_are_right() -> None:
    call_command("check_consistency", stdout=StringIO())


def test_the_list_names_people_and_the_password() -> None:
    out = StringIO()
    call_command("load_sample", "--list", stdout=out)
    printed = out.getvalue()
    assert PASSWORD in printed
    for username in ("ducha1", "jyj.jb1", "jyj.fz1", "fenguan1", "pinggu1", "shenji1", "admin1", "guancha1"):
        assert username in printed


def test_loading_twice_is_refused_and_changes_nothing() -> None:
    before = (AuditEvent.objects.count(), Bureau.objects.count(), User.objects.count())
    with pytest.raises(CommandError):
        call_command("load_sample", stdout=StringIO())
    call_command("load_sample", "--if-empty", stdout=StringIO())
    assert (AuditEvent.objects.count(), Bureau.objects.count(), User.objects.count()) == before


def test_an_evaluator_who_was_a_member_of_a_bureau_has_to_stand_back() -> None:
    waiting = WorkItem.objects.select_related("measure__plan", "share").get(
        measure=measure("04-02"), finished=None, share=None
    )
    with pytest.raises(Forbidden) as refused:
        perform(
            waiting,
            by=person("pinggu2"),
            verb=Verb.SCORE,
            score=90,
            opinion="属实",
            declared_independent=True,
        )
    assert refused.value.code == "separation.evaluator_member"


def test_the_measure_left_for_newcomers_goes_from_dispatch_to_closure() -> None:
    tour = measure(NOT_DISPATCHED)
    assert tour.state == MeasureState.DRAFT
    dispatch_measure(tour, by=person("ducha1"))
    for letters in ("jyj", "hzb"):
        share = tour.shares.get(bureau__name={"jyj": "区教育局", "hzb": "区合作交流办"}[letters])
        for who, verb, data in (
            ("jb1", Verb.ACCEPT, {}),
            ("jb1", Verb.SUBMIT, {"progress": "机制印发，课程开设。"}),
            ("fz1", Verb.APPROVE, {}),
        ):
            perform(open_item(share=share), by=person(f"{letters}.{who}"), verb=verb, **data)
    perform(open_item(measure=tour, share=None), by=person("jyj.jb1"), verb=Verb.DRAFT, summary="两家完成。")
    perform(open_item(measure=tour, share=None), by=person("jyj.fz1"), verb=Verb.REPORT)
    perform(
        claim(open_item(measure=tour, share=None), by=person("ducha2")),
        by=person("ducha2"),
        verb=Verb.VERIFY,
        checklist=ALL_HOLD,
    )
    perform(open_item(measure=tour, share=None), by=person("fenguan1"), verb=Verb.CLOSE, opinion="同意")
    assert measure(NOT_DISPATCHED).state == MeasureState.CLOSED


def open_item(**where: object) -> WorkItem:
    """The one open item there."""
    return WorkItem.objects.select_related("measure__plan", "share", "process", "owner").get(
        finished=None, **where
    )


def test_its_ledger_downloaded_and_brought_back_changes_nothing() -> None:
    plan = Plan.objects.get()
    rows = sheet_rows(Measure.objects.all(), Filters(plan=plan.pk), TODAY)
    back = read_bytes(ledger_sheet(rows, Head(plan.title, TODAY, plan)), "台账.xlsx")
    found = compare(measures_to_renew(plan), plan, read_measures(back.plan), {})
    assert found.is_empty
    assert len(found.unchanged) == Measure.objects.count()
