"""Many at once, on PostgreSQL: one wins, the others are told; nothing is lost, done twice or half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Appointment, User
from flows.models import WorkItem
from flows.work import claim, perform
from tests.factories.cast import Cast
from tests.factories.plans import Line, on_ledger
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.factories.scale import scaled
from tests.factories.soundness import assert_sound
from workflow.actions.closure import close_measure
from workflow.actions.deputies import name_deputy
from workflow.actions.dispatch import dispatch_measure, dispatch_plan
from workflow.actions.people import deactivate_person
from workflow.actions.shares import accept_share, approve_report, submit_report, withdraw_report
from workflow.actions.verification import rework_measure, verify_measure
from workflow.clock.now import today
from workflow.models import AuditEvent, Document, Measure, Plan, Share
from workflow.models.audit_event import Outcome
from workflow.routing import Verb
from workflow.rules.refusal import Conflict, Refused
from workflow.states import MeasureState, PlanState, ShareState

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = scaled(100)
CROWD = 12


def _all_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do the acts in threads that start together; what each returned, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(copy_context().run, run, act) for act in acts]
        return [future.result(timeout=120) for future in futures]


def _won(results: list[Any]) -> list[Any]:
    return [result for result in results if not isinstance(result, Refused)]


def _refused(results: list[Any]) -> list[Refused]:
    return [result for result in results if isinstance(result, Refused)]


@pytest.fixture(params=range(ROUNDS), ids=lambda n: f"round{n}")
def _round(request: pytest.FixtureRequest) -> int:
    """So many times: what happens at once does not always happen in the same order."""
    return int(request.param)


pytestmark.append(pytest.mark.usefixtures("_round"))


def _crowd(cast: Cast, share: Share) -> list[User]:
    return [cast.handler(share.bureau, n) for n in range(1, CROWD + 1)]


def _share(measure: Measure, *, lead: bool = True) -> Share:
    return Share.objects.select_related("bureau", "measure__plan").filter(measure=measure, is_lead=lead)[0]


def test_of_many_who_claim_one_item_one_wins_and_the_others_are_told_who(cast: Cast, road: Road) -> None:
    share = _share(road.measure(supporting=0))
    item = open_item(share)
    results = _all_at_once(*(partial(claim, item, by=person) for person in _crowd(cast, share)))
    (won,) = _won(results)
    for refusal in _refused(results):
        assert isinstance(refusal, Conflict)
        assert (refusal.code, refusal.params) == ("item.held", {"holder": str(won.owner)})
    assert open_item(share).owner == won.owner
    assert AuditEvent.objects.filter(action="item.claim", outcome=Outcome.DONE).count() == 1
    assert AuditEvent.objects.filter(action="item.claim", outcome=Outcome.REFUSED).count() == CROWD - 1
    assert_sound()


def test_of_many_who_accept_one_share_one_wins_and_the_others_are_told_who(cast: Cast, road: Road) -> None:
    share = _share(road.measure(supporting=0))
    item = open_item(share)
    results = _all_at_once(
        *(partial(perform, item, by=person, verb=Verb.ACCEPT) for person in _crowd(cast, share))
    )
    assert len(_won(results)) == 1
    holder = open_item(share).owner
    assert {(r.code, r.params.get("holder")) for r in _refused(results)} == {("item.held", str(holder))}
    assert fresh(share.measure).shares_unaccepted == 0
    assert_sound()


def test_two_last_acceptances_at_once_begin_the_measure_once(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=1)
    shares = road.shares(measure, ShareState.ASSIGNED)
    acts = [partial(accept_share, s, by=cast.handler(s.bureau)) for s in shares]
    assert len(_won(_all_at_once(*acts))) == 2
    assert fresh(measure).state == MeasureState.IN_PROGRESS
    assert AuditEvent.objects.filter(action="measure.begin").count() == 1
    assert_sound()


def test_two_last_approvals_at_once_put_one_consolidation(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    shares = road.shares(measure, ShareState.IN_PROGRESS)
    for share in shares:
        road.submit(share)
    acts = [partial(approve_report, s, by=cast.head(s.bureau)) for s in shares]
    assert len(_won(_all_at_once(*acts))) == 2
    assert fresh(measure).shares_verified == 2
    assert open_item(measure).node == "consolidate"
    assert_sound()


def test_approval_against_withdrawal_ends_in_one_of_the_two(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=1))
    share = _share(measure)
    road.submit(share)
    head, handler = cast.head(share.bureau), cast.handler(share.bureau)
    results = _all_at_once(lambda: approve_report(share, by=head), lambda: withdraw_report(share, by=handler))
    (won,), (lost,) = _won(results), _refused(results)
    assert lost.code == "state.wrong"
    assert Share.objects.get(pk=share.pk).state == won.state
    assert_sound()


def test_verification_against_rework_ends_in_one_of_the_two(cast: Cast, road: Road) -> None:
    measure = road.report(road.measure(supporting=1))
    one, other = cast.supervisor(measure.plan), cast.approver(measure.plan)
    lead = measure.shares.get(is_lead=True).pk
    results = _all_at_once(
        lambda: verify_measure(measure, by=one, checklist=ALL_HOLD),
        lambda: rework_measure(measure, by=other, shares=[lead], reason="补"),
    )
    assert fresh(measure).state in {MeasureState.VERIFIED, MeasureState.IN_PROGRESS}
    if fresh(measure).state == MeasureState.VERIFIED:
        assert [r.code for r in _refused(results)] in (["state.wrong"], [])
    assert_sound()


def test_two_submissions_of_one_report_make_one_version(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    share, handler = _share(measure), cast.handler(cast.bureau("教育局"))
    acts = [partial(submit_report, share, by=handler, progress=f"{n}") for n in range(4)]
    results = _all_at_once(*acts)
    assert [report.version for report in _won(results)] == [1]
    assert {refusal.code for refusal in _refused(results)} == {"state.wrong"}
    assert_sound()


def test_two_last_closures_at_once_complete_the_plan_once(cast: Cast, road: Road) -> None:
    lead = cast.bureau("教育局")
    measures = road.dispatched(*(Line(lead, due=date(2026, 6, 30)) for _ in range(2)))
    for measure in measures:
        road.verify(road.report(measure))
    by = [cast.approver(measures[0].plan, n) for n in (1, 2)]
    acts = [partial(close_measure, m, by=person) for m, person in zip(measures, by, strict=True)]
    assert len(_won(_all_at_once(*acts))) == 2
    assert Plan.objects.get().state == PlanState.COMPLETED
    assert AuditEvent.objects.filter(action="plan.complete").count() == 1
    assert_sound()


def test_a_plan_dispatched_by_two_at_once_is_dispatched_once(cast: Cast, road: Road) -> None:
    plan = on_ledger(cast, *(Line(cast.bureau("教育局"), due=date(2026, 6, 30)) for _ in range(3)))
    by = [cast.supervisor(plan, n) for n in (1, 2)]
    results = _all_at_once(*(partial(dispatch_plan, plan, by=person) for person in by))
    assert [done.order.number for done in _won(results)] == ["督〔2026〕1号"]
    assert [refusal.code for refusal in _refused(results)] == ["plan.nothing_to_dispatch"]
    assert_sound()


def test_orders_issued_at_once_are_numbered_without_a_gap(cast: Cast, road: Road) -> None:
    plans = [
        on_ledger(cast, *(Line(cast.bureau("教育局"), due=date(2026, 6, 30)) for _ in range(3)))
        for _ in range(2)
    ]
    acts = [
        partial(dispatch_measure, m, by=cast.supervisor(plan, m.position))
        for plan in plans
        for m in plan.measures.all()
    ]
    results = _all_at_once(*acts, *acts[:3])
    assert len(_won(results)) == 6
    assert {refusal.code for refusal in _refused(results)} == {"state.wrong"}
    assert sorted(Document.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert_sound()


def test_who_is_deactivated_while_they_work_leaves_nothing_held(cast: Cast, road: Road) -> None:
    measures = [road.accept_all(road.measure(supporting=1)) for _ in range(3)]
    person, admin = cast.handler(cast.bureau("教育局")), cast.administrator()
    shares = [_share(measure) for measure in measures]
    acts = [partial(submit_report, s, by=person, progress="x") for s in shares]
    results = _all_at_once(lambda: deactivate_person(person, by=admin), *acts)
    assert isinstance(results[0], User)
    assert {refusal.code for refusal in _refused(results)} <= {"right.inactive", "item.unclaimed"}
    assert not WorkItem.objects.filter(owner=person, finished=None).exists()
    assert_sound()


def test_a_whole_measure_worked_on_by_everybody_at_once_comes_through(cast: Cast, road: Road) -> None:
    """Four bureaus accept, report and approve side by side; nothing is lost on the way."""
    measure = road.measure(supporting=3)
    shares = road.shares(measure, ShareState.ASSIGNED)
    people = [(cast.handler(share.bureau), cast.head(share.bureau)) for share in shares]

    def work(share: Share, handler: User, head: User) -> None:
        accept_share(share, by=handler)
        submit_report(share, by=handler, progress="已完成")
        approve_report(share, by=head)

    acts = [partial(work, s, h, d) for s, (h, d) in zip(shares, people, strict=True)]
    assert _refused(_all_at_once(*acts)) == []
    assert fresh(measure).shares_verified == 4
    assert open_item(measure).node == "consolidate"
    lines = AuditEvent.objects.filter(measure=measure).order_by("seq").values_list("seq", flat=True)
    assert list(lines) == list(range(1, len(lines) + 1))
    assert_sound()


def test_of_two_deputies_named_at_once_one_is_named(cast: Cast) -> None:
    bureau = cast.bureau("教育局")
    head, others = cast.head(bureau), [cast.handler(bureau, n) for n in (1, 2)]
    name = partial(name_deputy, bureau=bureau, by=head, since=today(), until=today(), reason="休假")

    results = _all_at_once(*(partial(name, other) for other in others))

    assert len(_won(results)) == 1
    assert [refusal.code for refusal in _refused(results)] == ["deputy.overlaps"]
    assert Appointment.objects.filter(on_behalf_of=head).count() == 1
