"""核查 and 退回: the checklist, rule 2, the other office, and named shares only."""

from datetime import date, timedelta

import pytest

from accounts.belonging import succeed
from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim
from tests.factories.cast import LONG_AGO, Cast, appoint, join
from tests.factories.clock import Clock
from tests.factories.plans import PlanFactory
from tests.factories.refusals import refused
from tests.factories.road import ALL_HOLD, Road, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.drafts import save_draft
from workflow.actions.shares import approve_report
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import Measure, Plan, Report, Share, Verification
from workflow.models.verification import ChecklistPoint, VerificationDecision
from workflow.states import MeasureState, ShareState

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(road: Road) -> Measure:
    """Reported by a lead and three supporting bureaus."""
    return road.report(road.measure(supporting=3))


def test_every_point_holds_and_the_measure_is_verified(cast: Cast, measure: Measure) -> None:
    supervisor = cast.supervisor(measure.plan)
    verification = verify_measure(measure, by=supervisor, checklist=ALL_HOLD, opinion="属实", site_visit=True)
    assert (verification.decision, verification.decided_by) == (VerificationDecision.VERIFIED, supervisor)
    assert (verification.opinion, verification.site_visit) == ("属实", True)
    assert fresh(measure).state == MeasureState.VERIFIED
    item = open_item(measure)
    assert (item.node, item.role, item.plan) == ("close", Role.APPROVER, measure.plan)
    assert_sound()


@pytest.mark.parametrize("point", ChecklistPoint.values)
def test_each_point_of_the_checklist_must_hold(cast: Cast, measure: Measure, point: str) -> None:
    for value in (False, None):
        checklist = {**ALL_HOLD, point: value}
        with refused("input.checklist", 422):
            verify_measure(measure, by=cast.supervisor(measure.plan), checklist=checklist)


def test_only_what_is_reported_is_verified(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    with refused("state.wrong", 409):
        verify_measure(measure, by=cast.supervisor(measure.plan), checklist=ALL_HOLD)


@pytest.mark.parametrize("who", ["approver", "observer", "auditor", "head", "supervisor of another plan"])
def test_only_a_supervisor_of_the_plan_verifies(cast: Cast, measure: Measure, who: str) -> None:
    person = {
        "approver": lambda: cast.approver(measure.plan),
        "observer": lambda: cast.observer(measure.plan),
        "auditor": lambda: cast.auditor(measure.plan),
        "head": lambda: cast.head(cast.bureau("教育局")),
        "supervisor of another plan": lambda: cast.supervisor(PlanFactory()),
    }[who]()
    with refused("right.missing", 403):
        verify_measure(measure, by=person, checklist=ALL_HOLD)


def test_what_another_supervisor_claimed_is_theirs(cast: Cast, measure: Measure) -> None:
    claim(open_item(measure), by=cast.supervisor(measure.plan, 2))
    with refused("item.held", 409):
        verify_measure(measure, by=cast.supervisor(measure.plan), checklist=ALL_HOLD)


@pytest.mark.parametrize("bureau", ["教育局", "配合单位2"])
def test_rule_2_a_supervisor_does_not_verify_a_measure_of_their_own_bureau(
    cast: Cast, measure: Measure, bureau: str
) -> None:
    own = cast.supervisor(measure.plan, 2, bureau=cast.bureau(bureau))
    with refused("separation.verify_bureau", 403):
        verify_measure(measure, by=own, checklist=ALL_HOLD)
    with refused("separation.verify_bureau", 403):
        rework_measure(measure, by=own, shares=[measure.shares.first().pk], reason="补")  # type: ignore[union-attr]


CYCLE = (date(2026, 3, 2), date(2026, 3, 16))
"""From the dispatch of the measure to the day of its verification."""


@pytest.mark.parametrize(
    ("since", "until", "own"),
    [
        (LONG_AGO, CYCLE[0] - timedelta(days=1), False),
        (LONG_AGO, CYCLE[0], True),
        (date(2026, 3, 5), date(2026, 3, 6), True),
        (CYCLE[1], None, True),
        (CYCLE[1] + timedelta(days=1), None, False),
    ],
)
def test_rule_2_counts_a_membership_at_any_time_in_the_cycle(
    cast: Cast, measure: Measure, clock: Clock, since: date, until: date | None, own: bool
) -> None:
    person = cast.supervisor(measure.plan, 2)
    join(person, cast.bureau("配合单位1"), since, until)
    clock.to(CYCLE[1])
    if own:
        with refused("separation.verify_bureau", 403):
            verify_measure(measure, by=person, checklist=ALL_HOLD)
    else:
        verify_measure(measure, by=person, checklist=ALL_HOLD)


@pytest.mark.parametrize("person_is_of", ["what came before", "what came after"])
def test_rule_2_counts_bureaus_of_the_same_line(cast: Cast, measure: Measure, person_is_of: str) -> None:
    share_bureau, other = cast.bureau("配合单位1"), cast.bureau("别局")
    person = cast.supervisor(measure.plan, 2, bureau=other)
    succeed(other, share_bureau) if person_is_of == "what came before" else succeed(share_bureau, other)
    with refused("separation.verify_bureau", 403):
        verify_measure(measure, by=person, checklist=ALL_HOLD)


def test_rule_2_does_not_count_the_tree(cast: Cast, road: Road) -> None:
    above = cast.bureau("区政府")
    cast.bureau("教育局", under=above)
    measure = road.report(road.measure(supporting=0))
    verify_measure(measure, by=cast.supervisor(measure.plan, 2, bureau=above), checklist=ALL_HOLD)


def test_rule_2_who_typed_in_a_report_does_not_verify(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    person = cast.supervisor(measure.plan)
    save_draft("share.submit", measure.shares.get().pk, by=person, data={"progress": "草"})
    road.report(measure)
    with refused("separation.verify_report", 403):
        verify_measure(measure, by=person, checklist=ALL_HOLD)


def test_rule_2_who_reviewed_a_report_does_not_verify(cast: Cast, road: Road, clock: Clock) -> None:
    """Even when the membership by which they reviewed was entered wrongly and taken back."""
    measure = road.accept_all(road.measure(supporting=0))
    share = measure.shares.select_related("bureau").get()
    person = cast.head(share.bureau)
    appoint(person, Role.SUPERVISOR, measure.plan)
    road.submit(share)
    approve_report(share, by=person)
    person.memberships.all().delete()
    with refused("separation.verify_report", 403):
        verify_measure(measure, by=person, checklist=ALL_HOLD)


def test_rule_2_who_wrote_the_consolidation_does_not_verify(cast: Cast, road: Road) -> None:
    measure = road.approve_all(road.accept_all(road.measure(supporting=1)))
    person = cast.supervisor(measure.plan)
    save_draft("measure.draft", measure.pk, by=person, data={"summary": "草"})
    road.report(measure)
    with refused("separation.verify_report", 403):
        verify_measure(measure, by=person, checklist=ALL_HOLD)


def test_where_the_supervision_office_has_a_share_only_the_other_office_verifies(
    cast: Cast, measure: Measure
) -> None:
    Plan.objects.filter(pk=measure.plan_id).update(
        supervision_office=cast.bureau("配合单位1"), alternate_office=cast.bureau("监察室")
    )
    outsider = cast.supervisor(measure.plan, 2, bureau=cast.bureau("别局"))
    with refused("separation.office", 403):
        verify_measure(measure, by=outsider, checklist=ALL_HOLD)
    with refused("separation.verify_bureau", 403):
        verify_measure(
            measure,
            by=cast.supervisor(measure.plan, 3, bureau=cast.bureau("配合单位1")),
            checklist=ALL_HOLD,
        )
    right = cast.supervisor(measure.plan, 4, bureau=cast.bureau("监察室"))
    verify_measure(measure, by=right, checklist=ALL_HOLD)


def _touchable(measure: Measure, kept: list[int]) -> list[object]:
    shares = Share.objects.filter(pk__in=kept).order_by("pk")
    return [
        list(shares.values()),
        list(WorkItem.objects.filter(share__in=kept).order_by("pk").values()),
        list(Report.objects.filter(share_cycle__share__in=kept).order_by("pk").values()),
        [cycle for share in shares for cycle in share.share_cycles.values()],
    ]


@pytest.mark.parametrize("before", [MeasureState.REPORTED, MeasureState.VERIFIED])
def test_a_rework_reopens_the_named_share_of_four_and_leaves_three_untouched(
    cast: Cast, measure: Measure, road: Road, before: str
) -> None:
    by = cast.supervisor(measure.plan)
    if before == MeasureState.VERIFIED:
        measure, by = road.verify(measure), cast.approver(measure.plan)
    named = measure.shares.select_related("bureau").get(bureau__name="配合单位2")
    kept = [share.pk for share in measure.shares.exclude(pk=named.pk)]
    untouched = _touchable(measure, kept)
    rework_measure(measure, by=by, shares=[named.pk], reason="数据不实")
    assert _touchable(measure, kept) == untouched
    measure = fresh(measure)
    assert (measure.state, measure.shares_verified, measure.reported_at) == (
        MeasureState.IN_PROGRESS,
        3,
        None,
    )
    assert Share.objects.get(pk=named.pk).state == ShareState.IN_PROGRESS
    report = Report.objects.get(share_cycle__share=named)
    assert (report.returned_by, report.return_reason) == (by, "数据不实")
    assert report.decided_by == cast.head(named.bureau), "the head's review stays as it was"
    assert named.share_cycles.get().returns == 1
    assert open_item(named).owner == cast.handler(named.bureau)
    assert_sound()


def test_after_a_rework_the_named_report_anew_and_the_lead_consolidates_again(
    cast: Cast, measure: Measure, road: Road
) -> None:
    named = [share.pk for share in measure.shares.order_by("pk")[:2]]
    rework_measure(measure, by=cast.supervisor(measure.plan), shares=named, reason="补")
    measure = road.report(measure)
    assert measure.state == MeasureState.REPORTED
    versions = Report.objects.order_by("share_cycle__share").values_list("version", flat=True)
    assert sorted(versions) == [1, 1, 1, 1, 2, 2]
    assert_sound()
    verify_measure(measure, by=cast.supervisor(measure.plan), checklist=ALL_HOLD)


def test_who_returned_a_measure_may_verify_it_later(cast: Cast, measure: Measure, road: Road) -> None:
    supervisor = cast.supervisor(measure.plan)
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=supervisor, shares=[lead.pk], reason="补")
    road.report(measure)
    verify_measure(measure, by=supervisor, checklist=ALL_HOLD)
    assert [v.decision for v in Verification.objects.order_by("pk")] == ["returned", "verified"]


@pytest.mark.parametrize("wanted", ["none", "a share of another measure", "one in progress"])
def test_a_rework_names_approved_shares_of_the_measure(
    cast: Cast, measure: Measure, road: Road, wanted: str
) -> None:
    by = cast.supervisor(measure.plan)
    other = road.measure(supporting=0)
    shares = {"none": [], "a share of another measure": [other.shares.get().pk], "one in progress": [0]}[
        wanted
    ]
    with refused("input.shares", 422):
        rework_measure(measure, by=by, shares=shares, reason="补")


def test_a_rework_needs_a_reason(cast: Cast, measure: Measure) -> None:
    with refused("input.reason", 422):
        rework_measure(
            measure,
            by=cast.supervisor(measure.plan),
            shares=[measure.shares.get(is_lead=True).pk],
            reason=" ",
        )


def test_the_approver_returns_a_reported_measure_too_and_that_is_no_verification(
    cast: Cast, measure: Measure
) -> None:
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.approver(measure.plan), shares=[lead.pk], reason="与批示不符")
    assert not Verification.objects.exists()
    assert_sound()


@pytest.mark.parametrize("who", ["observer", "auditor", "head"])
def test_nobody_else_returns_a_measure(cast: Cast, measure: Measure, who: str) -> None:
    person = {
        "observer": lambda: cast.observer(measure.plan),
        "auditor": lambda: cast.auditor(measure.plan),
        "head": lambda: cast.head(cast.bureau("教育局")),
    }[who]()
    with refused("right.missing", 403):
        rework_measure(measure, by=person, shares=[measure.shares.get(is_lead=True).pk], reason="补")


def test_the_approver_returns_it_even_while_a_supervisor_holds_the_item(cast: Cast, measure: Measure) -> None:
    claim(open_item(measure), by=cast.supervisor(measure.plan))
    lead = measure.shares.get(is_lead=True)
    rework_measure(measure, by=cast.approver(measure.plan), shares=[lead.pk], reason="补")
    assert_sound()


def test_nothing_is_returned_before_it_is_reported(cast: Cast, road: Road) -> None:
    measure = road.accept_all(road.measure(supporting=0))
    with refused("state.wrong", 409):
        rework_measure(
            measure, by=cast.supervisor(measure.plan), shares=[measure.shares.get().pk], reason="补"
        )
