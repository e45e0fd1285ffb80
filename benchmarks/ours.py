"""Ours: W through `flows.work` and the actions, as the pages call them; rights, rules, lock and trail included.

A step is what a POST does once the person is signed in: find the item by the ids of its address, then perform it.
Consolidating takes two people here (rule 1), so that W costs one more transaction than its seventeen steps; so does
creating the measure, which is done before the dispatch in a transaction of its own. Both are on the clock.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from accounts import grants
from accounts.models import Bureau, BureauKind, Membership, User
from accounts.roles import Role, ScopeKind
from benchmarks.unit import (
    BUREAUS,
    SCORE,
    SUMMARY,
    TARGETS,
    Cast,
    Left,
    NotAllowedError,
    Step,
    progress,
    readings,
)
from flows.models import WorkItem
from flows.work import find_item, perform
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.reporting import ReadingInput
from workflow.clock.now import now, today
from workflow.models import (
    AuditEvent,
    Consolidation,
    Engagement,
    Evaluation,
    Measure,
    Plan,
    Report,
    ResponsibleUnit,
    Section,
    Target,
)
from workflow.models.measure import EvaluationDue, MeasureKind
from workflow.models.responsible_unit import UnitKind
from workflow.models.verification import ChecklistPoint
from workflow.routing import Verb
from workflow.rules.refusal import Refused
from workflow.states import PlanState, TargetState

SINCE = date(2020, 1, 1)
DUE_IN = timedelta(days=60)
CHECKLIST = dict.fromkeys(ChecklistPoint.values, True)

TRAIL_OF_STEP = {
    "measure.dispatch": "dispatch",
    "share.accept": "claim",
    "share.submit": "report",
    "share.approve": "approve",
    "measure.report": "consolidate",
    "measure.verify": "verify",
    "evaluation.score": "score",
    "measure.close": "close",
}


class Ours:
    """The project itself."""

    name = "ours"
    checks_rights = True
    keeps_a_trail = True

    def __init__(self) -> None:
        self._measures: dict[int, int] = {}

    def connection(self) -> Any:
        """Django's connection."""
        connection.ensure_connection()
        return connection.connection

    @transaction.atomic
    def prepare(self) -> Cast:
        """A plan on the ledger with an engaged agency, four bureaus and a fifth, and their people."""
        names = [*BUREAUS, "督查室", "评估中心", "民政局"]
        kinds = {"评估中心": BureauKind.AGENCY}
        bureaus = [Bureau.add_root(name=name, kind=kinds.get(name, BureauKind.BUREAU)) for name in names]
        self.bureaus = bureaus[:4]
        office, agency, elsewhere = bureaus[4:]
        self.plan = _plan("JY", office)
        self.section = Section.objects.create(plan=self.plan, number="一", title="行动计划", position=1)
        self.engagement = Engagement.objects.create(
            plan=self.plan,
            agency=agency,
            title="第三方评估",
            since=SINCE,
            until=today() + timedelta(days=365),
        )
        self._create(0)  # stays in preparation, so that the plan is never completed
        other_plan = _plan("QT", office)
        stranger = _person("stranger", elsewhere, Role.HANDLER, elsewhere)
        grants.appoint(stranger, Role.HEAD, ScopeKind.BUREAU, elsewhere, SINCE, None)
        for role in (Role.SUPERVISOR, Role.APPROVER):
            grants.appoint(stranger, role, ScopeKind.PLAN, other_plan, SINCE, None)
        self.cast = Cast(
            handlers=tuple(_person(f"handler-{b.name}", b, Role.HANDLER, b) for b in self.bureaus),
            heads=tuple(_person(f"head-{b.name}", b, Role.HEAD, b) for b in self.bureaus),
            supervisor=_person("supervisor", office, Role.SUPERVISOR, self.plan),
            approver=_person("approver", office, Role.APPROVER, self.plan),
            evaluator=_person("evaluator", agency, Role.EVALUATOR, self.engagement),
            stranger=stranger,
        )
        return self.cast

    def unit(self, number: int) -> Iterator[Step]:
        """Nineteen transactions: two more than steps."""
        cast, made = self.cast, []
        yield Step("dispatch", cast.supervisor, lambda by: made.append(self._create(number)))
        measure: Measure = made[0]
        self._measures[number] = measure.pk
        dispatch = _guarded(lambda by: dispatch_measure(measure, by=by))
        yield Step("dispatch", cast.supervisor, dispatch, doors=(dispatch,))
        given = [
            ReadingInput(target, value)
            for target, value in zip(
                Target.objects.filter(measure=measure).order_by("position").values_list("pk", flat=True),
                readings(number),
                strict=True,
            )
        ]
        for n, bureau in enumerate(self.bureaus):
            told = {"progress": progress(number, bureau.name), "readings": given}
            yield _work("claim", measure, cast.handlers[n], Verb.ACCEPT, bureau)
            yield _work("report", measure, cast.handlers[n], Verb.SUBMIT, bureau, **told)
            yield _work("approve", measure, cast.heads[n], Verb.APPROVE, bureau)
        yield _work("consolidate", measure, cast.handlers[0], Verb.DRAFT, summary=SUMMARY)
        yield _work("consolidate", measure, cast.heads[0], Verb.REPORT)
        yield _work("verify", measure, cast.supervisor, Verb.VERIFY, checklist=CHECKLIST)
        scored = {"score": SCORE, "opinion": "达标", "declared_independent": True}
        yield _work("score", measure, cast.evaluator, Verb.SCORE, **scored)
        yield _work("close", measure, cast.approver, Verb.CLOSE)

    def _create(self, number: int) -> Measure:
        with transaction.atomic():
            measure = Measure.objects.create(
                plan=self.plan,
                section=self.section,
                code=f"JY-{number}",
                position=number % 32_000 + 1,
                title=f"第{number}项举措",
                kind=MeasureKind.DATED,
                due=today() + DUE_IN,
                evaluation_due=EvaluationDue.LAST,
                engagement=self.engagement,
            )
            ResponsibleUnit.objects.bulk_create(self._units(measure))
            Target.objects.bulk_create(_targets(measure))
        return measure

    def _units(self, measure: Measure) -> Iterator[ResponsibleUnit]:
        for n, bureau in enumerate(self.bureaus, start=1):
            yield ResponsibleUnit(
                measure=measure,
                position=n,
                text=bureau.name,
                is_lead=n == 1,
                kind=UnitKind.BUREAU,
                bureau=bureau,
            )

    def left_behind(self, number: int) -> Left:
        """The rows of that W; a work item or run left open makes it unfinished."""
        measure = Measure.objects.get(pk=self._measures[number])
        is_open = (
            measure.work_items.filter(finished=None).exists() or measure.runs.filter(finished=None).exists()
        )
        reports = Report.objects.filter(share_cycle__share__measure=measure, decision="approved").order_by(
            "share_cycle__share__unit__position"
        )
        lines = AuditEvent.objects.filter(measure=measure, outcome="done").values_list("action", flat=True)
        return Left(
            state="unfinished" if is_open else measure.state,
            reports=tuple(
                (
                    report.share_cycle.share.bureau.name,
                    report.progress,
                    tuple(report.readings.order_by("target__position").values_list("value", flat=True)),
                )
                for report in reports
            ),
            summary=Consolidation.objects.get(cycle__measure=measure).summary,
            score=Evaluation.objects.get(measure=measure).score or SCORE * 0,
            trail=Counter(TRAIL_OF_STEP[action] for action in lines if action in TRAIL_OF_STEP),
        )


def _plan(code: str, office: Bureau) -> Plan:
    return Plan.objects.create(
        code=code,
        title=f"方案 {code}",
        source_hash=code,
        period_start=SINCE,
        period_end=today() + timedelta(days=365),
        issuer=office,
        supervision_office=office,
        state=PlanState.ON_LEDGER,
        put_on_ledger_at=now(),
    )


def _person(name: str, bureau: Bureau, role: Role, scope: Bureau | Plan | Engagement) -> User:
    kinds = {Bureau: ScopeKind.BUREAU, Plan: ScopeKind.PLAN, Engagement: ScopeKind.ENGAGEMENT}
    person = User.objects.create(username=f"ours-{name}", name=name, password="!")
    Membership.objects.create(user=person, bureau=bureau, since=SINCE)
    grants.appoint(person, role, kinds[type(scope)], scope, SINCE, None)
    return person


def _guarded(act: Callable[[User], object]) -> Callable[[User], object]:
    def guarded(by: User) -> object:
        try:
            return act(by)
        except Refused as refusal:
            raise NotAllowedError(str(refusal)) from refusal

    return guarded


def _work(
    name: str, measure: Measure, person: User, verb: Verb, bureau: Bureau | None = None, **told: Any
) -> Step:
    """The step at the open item of the measure, or of the bureau's share; the page's door and the action's own."""
    where = {"share": None} if bureau is None else {"share__bureau": bureau}
    item = WorkItem.objects.select_related("share", "measure__plan").get(
        measure=measure, finished=None, **where
    )
    run_id, item_id = item.process_id, item.pk
    thing, action = item.share or item.measure, item.flow_task.verbs[verb]
    by_page = _guarded(lambda by: perform(find_item(by, run_id, item_id), by=by, verb=verb, **told))
    by_action = _guarded(lambda by: action(thing, by=by, **told))
    return Step(name, person, by_page, doors=(by_page, by_action))


def _targets(measure: Measure) -> Iterator[Target]:
    for n in range(1, TARGETS + 1):
        yield Target(
            measure=measure,
            position=n,
            text=f"第{n}个目标",
            comparator=">=",
            value=100,
            every_share=True,
            state=TargetState.CONFIRMED,
        )
