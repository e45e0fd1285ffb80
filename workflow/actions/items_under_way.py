"""具体举措 under way: the lead hands a single thing to do to a share, whose handler says when it is done."""

from datetime import date

from accounts.models import User
from accounts.roles import Permission, ScopeKind
from workflow.actions.shares import UNREPORTED
from workflow.actions.step import Step, acting, fitting, in_state
from workflow.models import ActionItem, Share
from workflow.rules.refusal import Conflict, Invalid, NotFound, require
from workflow.states import ShareState
from workflow.trail.actions import AuditAction

NOTE_LONGEST = 500


def hand_item(item: ActionItem, *, by: User, share: Share | None) -> ActionItem:
    """A handler of the lead hands the thing to an open share of the measure, or takes it back (None)."""
    with acting(AuditAction.TASK_HAND, item, by=by) as step:
        item = _fresh(step, item)
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, _lead_bureau(step))
        require(item.done_on is None, Conflict("task.done"))
        given = None if share is None else _open_share(step, share.pk)
        item.share = given
        item.save(update_fields=["share"])
        step.note(item, payload={"text": item.text, "bureau": given.bureau.name if given else ""})
    return item


def finish_item(item: ActionItem, *, by: User, on: date, note: str = "") -> ActionItem:
    """A handler of the share that has it, or of the lead where none has, says that the thing is done."""
    with acting(AuditAction.TASK_FINISH, item, by=by) as step:
        item = _fresh(step, item)
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, _bureau_of(step, item))
        require(item.done_on is None, Conflict("task.done"))
        require(on <= step.today, Invalid("roadmap.reached_day", field="on"))
        item.done_on, item.done_by = on, step.person
        item.note = fitting(note.strip(), "note", NOTE_LONGEST)
        item.save(update_fields=["done_on", "done_by", "note"])
        step.note(item, payload={"text": item.text, "on": on.isoformat()})
    return item


def resume_item(item: ActionItem, *, by: User) -> ActionItem:
    """Not done after all, by a handler as above."""
    with acting(AuditAction.TASK_RESUME, item, by=by) as step:
        item = _fresh(step, item)
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, _bureau_of(step, item))
        require(item.done_on is not None, Conflict("task.not_done"))
        item.done_on = item.done_by = None
        item.save(update_fields=["done_on", "done_by"])
        step.note(item, payload={"text": item.text})
    return item


def _fresh(step: Step, item: ActionItem) -> ActionItem:
    in_state(step.measure, *UNREPORTED)
    found = ActionItem.objects.select_related("share").filter(pk=item.pk, measure=step.measure).first()
    if found is None:
        raise NotFound("thing.unknown")
    found.measure = step.measure
    return found


def _lead_bureau(step: Step) -> int:
    return Share.objects.values_list("bureau_id", flat=True).get(measure=step.measure, is_lead=True)


def _bureau_of(step: Step, item: ActionItem) -> int:
    """The bureau that has the thing; the lead's where no open share has it."""
    return item.share.bureau_id if item.share is not None and item.share.is_open else _lead_bureau(step)


def _open_share(step: Step, key: int) -> Share:
    found = Share.objects.select_related("bureau").filter(pk=key, measure=step.measure)
    share = found.exclude(state=ShareState.CLOSED).first()
    if share is None:
        raise Invalid("roadmap.share", field="share")
    return share
