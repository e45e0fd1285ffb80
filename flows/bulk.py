"""What happens to all runs of a measure at once, in a number of statements that does not grow with the shares."""

from django.db.models import OuterRef, Q, Subquery
from viewflow.workflow.status import PROCESS, STATUS

from accounts.models import User
from accounts.roles import Role, ScopeKind
from accounts.writes import insert
from flows.holders import last_holders
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.request import RequestFlow
from flows.share import ShareFlow
from workflow.actions.clock_moving import move_dates
from workflow.clock.now import now, today
from workflow.models import Cycle, Measure, Request, Share, ShareCycle
from workflow.rules.refusal import Conflict, require


def _runs(measure: Measure, shares: list[Share], lead_bureau: int) -> list[Run]:
    """Saved runs of the shares under one of the measure; share and measure are bound to them."""
    parent = Run(flow_class=MeasureFlow, measure=measure, bureau_id=lead_bureau, created=now())
    insert(parent)
    runs = [
        Run(
            flow_class=ShareFlow,
            measure=measure,
            share=share,
            bureau_id=share.bureau_id,
            parent=parent,
            created=now(),
        )
        for share in shares
    ]
    insert(*runs)
    return runs


def start_runs(measure: Measure, shares: list[Share]) -> None:
    """Dispatch: one run for the measure, one per share, and every bureau's item of acceptance."""
    lead = next(share for share in shares if share.is_lead)
    runs = _runs(measure, shares, lead.bureau_id)
    insert(*(ShareFlow.accept.build(run) for run in runs))


def reopen_runs(measure: Measure, shares: list[Share]) -> None:
    """Reopening starts new runs; the named shares go on with their report."""
    lead = (
        Run.objects.filter(measure=measure, share=None, request=None)
        .order_by("-pk")
        .values_list("bureau_id")[:1]
    )
    runs = _runs(measure, shares, lead.get()[0])
    _put(measure, runs)


def start_request(request: Request) -> None:
    """A run of its own for a request, and the item of its bureau's head."""
    run = Run(
        flow_class=RequestFlow,
        measure=request.measure,
        request=request,
        bureau_id=request.share.bureau_id,
        created=now(),
    )
    insert(run)
    RequestFlow.begin.launch(run)


def put_report_items(measure: Measure, shares: list[Share]) -> None:
    """Rework and renewal: take what is open off the desks of these shares and put a new report there."""
    by_id = {share.pk: share for share in shares}
    runs = list(Run.objects.filter(share_id__in=by_id, finished__isnull=True))
    require(len(runs) == len(by_id), Conflict("item.missing"))
    for run in runs:
        run.measure, run.share = measure, by_id[run.share_id]
    WorkItem.objects.filter(process__in=runs, finished__isnull=True).update(
        status=STATUS.CANCELED, finished=now()
    )
    _put(measure, runs)


def _put(measure: Measure, runs: list[Run]) -> None:
    shares = [run.share for run in runs if run.share is not None]
    holders = last_holders(shares, today(measure.plan.time_zone))
    due = dict(
        ShareCycle.objects.filter(share__in=shares, cycle__is_current=True).values_list("share_id", "due")
    )
    for run in runs:
        run.holder_id = holders.get(run.share_id or 0)
        run.report_due = due[run.share_id or 0]
    WorkItem.objects.bulk_create(ShareFlow.fill.build(run) for run in runs)


def date_anew(measure: Measure) -> None:
    """The current cycle has other dates: what lies on a desk and is due with it is due with it still."""
    own = ShareCycle.objects.filter(share=OuterRef("share"), cycle__is_current=True)
    lying = WorkItem.objects.filter(measure=measure, finished__isnull=True)
    lying.filter(flow_task=ShareFlow.fill).update(due=Subquery(own.values("due")[:1]))
    joint = Cycle.objects.filter(measure=OuterRef("measure"), is_current=True)
    lying.filter(flow_task=MeasureFlow.sign).update(due=Subquery(joint.values("due")[:1]))


def _locked_measures(where: Q) -> None:
    """Hold the rows of the measures of these items, lowest first: whoever moves an item holds its measure's."""
    measures = WorkItem.objects.filter(where).values("measure_id")
    rows = Measure.objects.select_for_update(no_key=True).filter(pk__in=measures).order_by("pk")
    list(rows.values_list("pk", flat=True))


def end_runs(measure: Measure) -> None:
    """The measure was struck off: its runs and those of its shares are done.

    Nothing of them lies on a desk any more: every open share is approved, and the closing item was the last.
    """
    Run.objects.filter(measure=measure, finished__isnull=True).update(status=PROCESS.DONE, finished=now())


def move_items(measure: Measure) -> None:
    """The measure's clock stood, or did not stand as long as was thought: what lies on a desk is due so much later."""
    open_ones = WorkItem.objects.filter(measure=measure, finished__isnull=True)
    move_dates(open_ones, "due", measure.clock_moved)


def cancel_runs(measure: Measure) -> None:
    """The measure ended before its road did: what lies on desks is taken off, and every run is over."""
    WorkItem.objects.filter(measure=measure, finished__isnull=True).update(
        status=STATUS.CANCELED, finished=now()
    )
    Run.objects.filter(measure=measure, finished__isnull=True).update(status=PROCESS.CANCELED, finished=now())


def release_items(person: User, scope: tuple[ScopeKind, int] | None, role: Role | None = None) -> list[int]:
    """Put what `person` holds in the scope, or (None) everywhere, back on the desk of the post; returns the items' ids.

    `role`: only the steps of that post; who leaves one keeps the work of another.
    """
    where = Q(owner=person, finished__isnull=True)
    if role is not None:
        where &= Q(role=role)
    if scope is not None:
        where &= Q(**{f"{scope[0].value}_id": scope[1]})
    _locked_measures(where)
    items = list(WorkItem.objects.filter(where).order_by("pk").values_list("pk", flat=True))
    WorkItem.objects.filter(pk__in=items).update(owner=None, assigned=None, status=STATUS.NEW)
    return items
