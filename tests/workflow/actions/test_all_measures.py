"""The whole life of all measures of the shipped plan, after the sample's recorded decisions, through the actions."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Bureau, User
from flows.models import WorkItem
from flows.work import claim
from tests.factories.clock import Clock
from tests.factories.road import ALL_HOLD, fresh, open_item
from tests.factories.soundness import assert_sound
from workflow.actions.closure import close_measure
from workflow.actions.consolidation import draft_consolidation, sign_consolidation
from workflow.actions.dispatch import dispatch_plan
from workflow.actions.evaluation import create_engagement, engage_evaluation, score_evaluation
from workflow.actions.reporting import ReadingInput
from workflow.actions.shares import accept_share, approve_report, submit_report
from workflow.actions.verification import verify_measure
from workflow.management.sample.bureaus import AGENCY, WITH_SHARES, build_tree
from workflow.management.sample.people import appoint_for_engagement, register
from workflow.management.sample.period import Period
from workflow.management.sample.preparing import load, prepare, read_sample
from workflow.models import AuditEvent, Cycle, Engagement, Measure, Plan, Share, Target
from workflow.queries.reports import targets_of_share
from workflow.queries.rules import calendar
from workflow.states import MeasureState, PlanState, ShareState

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 9)
LETTERS = {unit.name: unit.letters for unit in WITH_SHARES}
STOPS = 6
"""How often on the way the whole database is checked."""


class Play:
    """The sample's people, each at their post, taking every measure the whole way."""

    def __init__(self, plan: Plan, people: Mapping[str, User], engagement: Engagement) -> None:
        self.plan, self.people, self.engagement = plan, people, engagement

    def handler(self, bureau: Bureau) -> User:
        """经办人."""
        return self.people[f"{LETTERS[bureau.name]}.jb1"]

    def head(self, bureau: Bureau) -> User:
        """负责人."""
        return self.people[f"{LETTERS[bureau.name]}.fz1"]

    def pass_cycle(self, measure: Measure) -> None:
        """From the shares' work to the end of the current cycle."""
        for share in Share.objects.filter(measure=measure).select_related("bureau", "measure"):
            self._report(share)
        if fresh(measure).state == MeasureState.IN_PROGRESS:
            lead = measure.shares.select_related("bureau").get(is_lead=True)
            draft_consolidation(measure, by=self.handler(lead.bureau), summary="汇总")
            sign_consolidation(measure, by=self.head(lead.bureau))
        verify_measure(measure, by=self.people["ducha2"], checklist=ALL_HOLD)
        if fresh(measure).state == MeasureState.VERIFIED:
            self._end(measure)

    def _report(self, share: Share) -> None:
        handler = self.handler(share.bureau)
        if share.state == ShareState.ASSIGNED:
            accept_share(share, by=handler)
        if WorkItem.objects.filter(share=share, finished=None, owner=None).exists():
            claim(open_item(share), by=handler)
        readings = [ReadingInput(target.pk, _met(target)) for target in targets_of_share(share)]
        submit_report(share, by=handler, progress="已完成", readings=readings)
        approve_report(share, by=self.head(share.bureau))

    def _end(self, measure: Measure) -> None:
        if open_item(measure).node == "engage":
            engage_evaluation(measure, by=self.people["ducha1"], engagement=self.engagement)
            score_evaluation(
                measure,
                by=self.people["pinggu1"],
                score=Decimal(88),
                opinion="属实",
                declared_independent=True,
            )
        close_measure(measure, by=self.people["fenguan2"], opinion="同意销号")


def _met(target: Target) -> Decimal:
    """A value that meets the target."""
    if target.value is None:
        return Decimal(1)
    return target.value + {">": 1, "<": -1}.get(target.comparator, 0)


@pytest.fixture
def play(clock: Clock) -> Play:
    """The plan on the ledger and dispatched as a whole on the first working day of its period."""
    clock.to(TODAY)
    period = Period(TODAY, calendar())
    bureaus, long_ago = build_tree(), period.after(period.start, -20)
    people = register(bureaus, long_ago)
    plan = prepare(period, load(period, read_sample(), people), people, bureaus)
    clock.to(period.after(period.start, 1))
    engagement = create_engagement(
        plan,
        by=people["ducha1"],
        agency=bureaus[AGENCY],
        title="第三方评估",
        since=plan.period_start,
        until=plan.period_end + timedelta(days=90),
    )
    appoint_for_engagement(people, engagement, plan.period_start)
    dispatch_plan(plan, by=people["ducha1"])
    return Play(plan, people, engagement)


def test_every_measure_of_the_plan_is_struck_off_and_the_plan_completed(play: Play, clock: Clock) -> None:
    measures = list(play.plan.measures.all())
    assert len(measures) == 33
    assert {measure.state for measure in measures} == {MeasureState.ASSIGNED}
    assert_sound()
    cycles = list(
        Cycle.objects.filter(measure__plan=play.plan).select_related("measure").order_by("share_due", "pk")
    )
    for n, cycle in enumerate(cycles, start=1):
        clock.to(cycle.share_due)
        play.pass_cycle(cycle.measure)
        if n % (len(cycles) // STOPS) == 0:
            assert_sound()
    states = set(play.plan.measures.values_list("state", flat=True))
    assert states == {MeasureState.CLOSED}
    assert Plan.objects.get(pk=play.plan.pk).state == PlanState.COMPLETED
    assert not AuditEvent.objects.filter(outcome="refused").exists()
    assert_sound()
