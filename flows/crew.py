"""The runs of a measure whose shares change under way: one ends, one joins, another leads; the rest stay where they are."""

from django.db.models import QuerySet
from viewflow.workflow.status import PROCESS, STATUS

from accounts.writes import insert
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.request import RequestFlow
from flows.share import ShareFlow
from workflow.clock.now import now
from workflow.models import Measure, Share
from workflow.routing import Verb
from workflow.rules.refusal import Conflict

VERBS = frozenset({Verb.END_SHARE, Verb.ADD_SHARE, Verb.CHANGE_LEAD, Verb.HAND_OVER})


def follow_crew(measure: Measure, verb: Verb, shares: list[Share]) -> None:
    """Move the runs on after `shares` ended or joined, or another one leads; raises Conflict without an open run.

    A consolidation under way goes back to where the shares are gathered, and starts anew where all of them are approved.
    """
    run = Run.objects.filter(measure=measure, share=None, request=None, finished=None).first()
    if run is None:
        raise Conflict("item.missing")
    run.measure = measure
    _seat_lead(run)
    if verb == Verb.END_SHARE:
        end_share_runs(shares)
    elif verb == Verb.ADD_SHARE:
        start_share_runs(run, shares)
    elif verb == Verb.HAND_OVER:
        hand_over_share_runs(run, shares)
    _gather_anew(run, verb)


def _gather_anew(run: Run, verb: Verb) -> None:
    """Cut a consolidation that lies on a desk; a run that is past it, verified by the office, goes on as it stands."""
    item = WorkItem.objects.filter(process=run, finished=None).first()
    if item is not None and verb not in item.flow_task.cuts:
        return
    if item is not None:
        item.process, item.measure = run, run.measure
        item.flow_task.cut(item, verb)
    if verb in MeasureFlow.gather.wakes_on:
        MeasureFlow.gather.wake(run)


def _seat_lead(run: Run) -> None:
    """The measure's run belongs to the bureau that leads, and so does what waits for the decision of its head."""
    lead = Share.objects.filter(measure=run.measure, is_lead=True).values_list("bureau_id", flat=True).get()
    if run.bureau_id == lead:
        return
    run.bureau_id = lead
    Run.objects.filter(pk=run.pk).update(bureau_id=lead)
    asked = WorkItem.objects.filter(measure=run.measure, finished=None, flow_task=RequestFlow.decide_for_lead)
    Run.objects.filter(task_set__in=asked).update(bureau_id=lead)
    _lay_with(asked, lead)


def end_share_runs(shares: list[Share]) -> None:
    """Take what is open of these shares off the desks; their runs are over."""
    items = WorkItem.objects.filter(share__in=shares, finished=None)
    items.update(status=STATUS.CANCELED, finished=now())
    Run.objects.filter(share__in=shares, finished=None).update(status=PROCESS.CANCELED, finished=now())


def hand_over_share_runs(parent: Run, shares: list[Share]) -> None:
    """What lies open of these shares, and of the measure for its lead, lies with the post of the bureau they have now."""
    for share in Share.objects.filter(pk__in=[share.pk for share in shares]):
        own = Run.objects.filter(share=share, finished=None)
        asked = Run.objects.filter(request__share=share, finished=None, bureau_id__in=own.values("bureau_id"))
        runs = [run.pk for run in [*asked, *own]]
        Run.objects.filter(pk__in=runs).update(bureau_id=share.bureau_id)
        items = WorkItem.objects.filter(process__in=runs, finished=None, bureau__isnull=False)
        _lay_with(items, share.bureau_id)
    joint = WorkItem.objects.filter(process=parent, finished=None, bureau__isnull=False)
    _lay_with(joint.exclude(bureau_id=parent.bureau_id), parent.bureau_id)


def _lay_with(items: QuerySet[WorkItem], bureau_id: int) -> None:
    """Put these items on the desk of the bureau's post, held by nobody."""
    items.update(bureau_id=bureau_id, owner=None, assigned=None, status=STATUS.NEW)


def start_share_runs(parent: Run, shares: list[Share]) -> None:
    """A run under the measure's for each share, and its bureau's item of acceptance."""
    runs = [
        Run(
            flow_class=ShareFlow,
            measure=parent.measure,
            share=share,
            bureau_id=share.bureau_id,
            parent=parent,
            created=now(),
        )
        for share in shares
    ]
    insert(*runs)
    insert(*(ShareFlow.accept.build(run) for run in runs))
