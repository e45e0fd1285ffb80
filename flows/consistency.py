"""Whether the work on people's desks fits where the things stand: one open run a thing, the item its state asks for."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from viewflow.workflow.status import STATUS

from accounts.roles import Role
from flows.chart import step_label
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.nodes.work import work_nodes
from flows.request import RequestFlow
from flows.share import ShareFlow
from workflow.models import AuditEvent, Consolidation, Cycle, Evaluation, Measure, Request, Share, ShareCycle
from workflow.models.audit_event import Outcome
from workflow.models.consolidation import ConsolidationDecision
from workflow.models.measure import EvaluationDue
from workflow.models.request import PENDING
from workflow.queries.consistency import RUNNING, ledger_findings
from workflow.queries.findings import Finding, found
from workflow.queries.record_consistency import record_findings
from workflow.queries.rights_consistency import rights_findings
from workflow.queries.roadmap_consistency import roadmap_findings
from workflow.queries.stops_consistency import stops_findings
from workflow.queries.trail_consistency import trail_findings
from workflow.states import EvaluationResult, EvaluationState, MeasureState, RequestState, ShareState

SHARE_NODES = {
    ShareState.ASSIGNED: ShareFlow.accept,
    ShareState.IN_PROGRESS: ShareFlow.fill,
    ShareState.REPORTED: ShareFlow.review,
}
"""Where a share's open item stands in each state; in the others there is none."""


def all_findings() -> list[Finding]:
    """Everything in the database that contradicts itself: ledger, work, rights and trail."""
    checks = (
        ledger_findings,
        roadmap_findings,
        stops_findings,
        record_findings,
        work_findings,
        rights_findings,
        trail_findings,
    )
    return [finding for check in checks for finding in check()]


def work_findings() -> Iterator[Finding]:
    """Every run and item that does not fit its thing."""
    for check in (
        _runs,
        _items_of_shares,
        _items_of_measures,
        _items_of_verified,
        _requests,
        _scopes,
        _desks,
    ):
        yield from check()


def _runs() -> Iterator[Finding]:
    shares, measures = (
        _open_runs(share=OuterRef("pk")),
        _open_runs(measure=OuterRef("pk"), share=None, request=None),
    )
    ended = Share.objects.filter(state=ShareState.CLOSED)
    yield from found(ended.filter(Exists(shares)), _("has ended, its run goes on"))
    yield from found(
        Share.objects.exclude(state=ShareState.CLOSED).filter(~Exists(shares)), _("has no open run")
    )
    yield from found(Measure.objects.filter(~Exists(measures), state__in=RUNNING), _("has no open run"))
    yield from found(
        Measure.objects.exclude(state__in=RUNNING).filter(Exists(measures)), _("has an open run")
    )
    of_share = Run.objects.filter(share__isnull=False)
    strange = ~Q(measure=F("share__measure")) | Q(parent=None)
    strange |= ~Q(bureau=F("share__bureau")) & Q(finished=None)
    yield from found(of_share.filter(strange | ~Q(parent__measure=F("measure"))), _("does not fit its share"))


def _open_runs(**where: object) -> QuerySet[Run]:
    return Run.objects.filter(finished=None, **where)


def _open_items(**where: object) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(finished=None, **where)


def _items_of_shares() -> Iterator[Finding]:
    for state in ShareState:
        items = _open_items(share=OuterRef("pk"))
        node = SHARE_NODES.get(state)
        shares = Share.objects.filter(state=state)
        if node is not None:
            yield from found(
                shares.filter(~Exists(items.filter(flow_task=node))),
                _("is in the state “%(state)s”, and nobody has its item") % {"state": state.label},
            )
            items = items.exclude(flow_task=node)
        yield from found(
            shares.filter(Exists(items)),
            _("is in the state “%(state)s”, and has another item") % {"state": state.label},
        )
    due = ShareCycle.objects.filter(share=OuterRef("share"), cycle__is_current=True, due=OuterRef("due"))
    yield from found(
        _open_items(flow_task=ShareFlow.fill).filter(~Exists(due)), _("is due on another day than its share")
    )


def _items_of_measures() -> Iterator[Finding]:
    items = _open_items(measure=OuterRef("pk"), share=None, request=None)
    gathered = Q(state=MeasureState.IN_PROGRESS, shares_open=F("shares_verified"), shares_open__gt=1)
    waiting = Consolidation.objects.filter(
        cycle__measure=OuterRef("pk"), cycle__is_current=True, decision=ConsolidationDecision.NONE
    )
    consolidating = Exists(items.filter(flow_task=MeasureFlow.consolidate))
    signing = Exists(items.filter(flow_task=MeasureFlow.sign))
    yield from found(
        Measure.objects.filter(gathered, ~consolidating, ~signing), _("is gathered, nobody consolidates")
    )
    yield from found(Measure.objects.filter(signing, ~Exists(waiting)), _("is to be signed without a draft"))
    yield from found(Measure.objects.filter(~signing, Exists(waiting)), _("has a draft that nobody signs"))
    reported = Measure.objects.filter(state=MeasureState.REPORTED)
    verifying = Exists(items.filter(flow_task=MeasureFlow.verify))
    yield from found(reported.filter(~verifying), _("is reported, nobody verifies"))
    quiet = Measure.objects.exclude(gathered).exclude(
        state__in=[MeasureState.REPORTED, MeasureState.VERIFIED]
    )
    yield from found(quiet.filter(Exists(items)), _("has an item that its state does not ask for"))
    others = items.exclude(flow_task=MeasureFlow.verify)
    yield from found(reported.filter(Exists(others)), _("is reported, and has another item"))


def _items_of_verified() -> Iterator[Finding]:
    """Verified: to be engaged, evaluated or closed, by what is due in the current cycle."""
    verified = Measure.objects.filter(state=MeasureState.VERIFIED)
    current = Cycle.objects.filter(measure=OuterRef("pk"), is_current=True)
    due = Q(
        Q(evaluation_due=EvaluationDue.EVERY)
        | Q(Exists(current.filter(is_last=True)), evaluation_due=EvaluationDue.LAST),
        Exists(current.filter(evaluation_waived_by=None)),
    )
    rounds = Evaluation.objects.filter(measure=OuterRef("pk"), cycle__is_current=True)
    running = Exists(rounds.filter(state=EvaluationState.ENGAGED))
    newer = Evaluation.objects.filter(cycle=OuterRef("cycle"), round__gt=OuterRef("round"))
    passed = [EvaluationResult.PASSED, EvaluationResult.CONDITIONAL]
    settled = Exists(rounds.filter(~Exists(newer), result__in=passed))
    for node, where in (
        (MeasureFlow.evaluate, Q(running)),
        (MeasureFlow.close, Q(~running) & (~due | Q(settled))),
        (MeasureFlow.engage, Q(~running) & due & ~Q(settled)),
    ):
        items = Exists(_open_items(measure=OuterRef("pk"), share=None, flow_task=node))
        yield from found(
            verified.filter(where).filter(~items),
            _("is verified, nobody has the item “%(step)s”") % {"step": step_label(node.name)},
        )
    open_nodes = Exists(_open_items(measure=OuterRef("pk"), share=None, flow_task=MeasureFlow.close))
    yield from found(
        verified.filter(open_nodes, Exists(current.filter(is_last=False))), _("closes before its last cycle")
    )


def _requests() -> Iterator[Finding]:
    """A pending request has one open run and lies with who signs or decides it; a decided one has none."""
    pending, runs = Q(state__in=PENDING), Exists(_open_runs(request=OuterRef("pk")))
    yield from found(Request.objects.filter(pending, ~runs), _("has no open run"))
    yield from found(Request.objects.filter(~pending, runs), _("has ended, its run goes on"))
    items = _open_items(request=OuterRef("pk"))
    for where, node in (
        (Q(state=RequestState.RAISED), RequestFlow.sign_request),
        (Q(state=RequestState.SIGNED, decider=Role.HEAD), RequestFlow.decide_for_lead),
        (Q(state=RequestState.SIGNED, decider=Role.SUPERVISOR), RequestFlow.decide_request),
        (Q(state=RequestState.SIGNED, decider=Role.APPROVER), RequestFlow.decide_above),
    ):
        yield from found(
            Request.objects.filter(where).filter(~Exists(items.filter(flow_task=node))),
            _("waits, nobody has the item “%(step)s”") % {"step": step_label(node.name)},
        )
    yield from found(
        Measure.objects.filter(
            state=MeasureState.IN_PROGRESS, shares_open=1, shares_verified=1, requests_open=0
        ),
        _("has its only open share approved, and is not reported"),
    )


def _scopes() -> Iterator[Finding]:
    """An item belongs to its run's thing, and may be taken where its step says."""
    strange = ~Q(measure=F("process__measure"))
    strange |= Q(request__isnull=False) & ~Q(request=F("process__request"))
    strange |= Q(request__isnull=True, process__request__isnull=False)
    strange |= Q(share__isnull=False) & ~Q(share=F("process__share"))
    strange |= Q(share__isnull=True, process__share__isnull=False)
    strange |= Q(share__isnull=False, process__share__isnull=True)
    yield from found(WorkItem.objects.filter(strange), _("does not belong to its run"))
    for node in (*work_nodes(ShareFlow), *work_nodes(MeasureFlow), *work_nodes(RequestFlow)):
        items = _open_items(flow_task=node)
        own = {
            "bureau": F("process__bureau"),
            "plan": F("measure__plan"),
            "engagement": F("measure__engagement"),
        }[node.scope.value]
        fits = Q(**{node.scope.value: own}, role=node.by)
        yield from found(
            items.exclude(fits),
            _("at “%(step)s” lies on a desk that is not its own") % {"step": step_label(node.name)},
        )


def _desks() -> Iterator[Finding]:
    yield from found(_open_items(owner__is_active=False), _("is held by somebody who left"))
    yield from found(_open_items(process__finished__isnull=False), _("is open, its run is over"))
    lines = AuditEvent.objects.filter(
        measure=OuterRef("measure"),
        actor=OuterRef("owner"),
        outcome=Outcome.DONE,
        at__gte=OuterRef("created"),
    )
    done = WorkItem.objects.filter(status=STATUS.DONE)
    yield from found(done.filter(~Exists(lines)), _("was done, and the trail knows nothing of it"))
