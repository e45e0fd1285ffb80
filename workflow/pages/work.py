"""The work page of every step: one address per work item, one way to carry it out."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from flows.chart import step_label
from flows.models import WorkItem
from flows.work import find_item, handlers_for, may_claim, may_hand_over, may_take, perform
from workflow.actions.drafts import discard_draft
from workflow.actions.step import not_suspended
from workflow.clock.now import today
from workflow.pages.form import LedgerForm
from workflow.pages.page import Page
from workflow.pages.route import drawn_route
from workflow.pages.steps.accept import Accept
from workflow.pages.steps.close import Close
from workflow.pages.steps.consolidate import Consolidate
from workflow.pages.steps.engage import Engage
from workflow.pages.steps.evaluate import Evaluate
from workflow.pages.steps.fill import Fill
from workflow.pages.steps.request import DecideAbove, DecideRequest, SignRequest
from workflow.pages.steps.review import Review
from workflow.pages.steps.rework import ReworkForm
from workflow.pages.steps.sign import Sign
from workflow.pages.steps.step import Step
from workflow.pages.steps.verify import Verify
from workflow.queries.deadlines import days_left
from workflow.queries.drafts import others_who_typed
from workflow.rules.refusal import Conflict, Invalid, Refused, require

STEPS: Mapping[str, type[Step]] = {
    "accept": Accept,
    "fill": Fill,
    "review": Review,
    "consolidate": Consolidate,
    "sign": Sign,
    "verify": Verify,
    "engage": Engage,
    "evaluate": Evaluate,
    "close": Close,
    "sign_request": SignRequest,
    "decide_for_lead": DecideRequest,
    "decide_request": DecideRequest,
    "decide_above": DecideAbove,
}
"""The step behind each node that a person carries out; a test holds it against the flows."""


class Work(Page):
    """GET shows the step; POST names a decision in `decision` and carries it out."""

    tab = "ledger:inbox"

    def get(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """The step with its forms; what is done already leads to its measure."""
        work = find_item(self.person, run, item)
        if work.finished is not None:
            messages.info(request, _("This step has been done; here is how the measure stands."))
            return redirect("ledger:measure-detail", code=work.measure.code)
        return self.page(step_of(work, self.person))

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Carry the decision out; what was entered wrongly comes back with the page (422)."""
        work = find_item(self.person, run, item)
        step, name = step_of(work, self.person), request.POST.get("decision", "")
        form = step.form(name, request.POST)
        if not form.is_valid():
            must_be_at_hand(step)
            return self.page(step, form, name)
        try:
            self.receive(step)
            perform(work, by=self.person, verb=step.decisions[name].verb, **form.particulars())
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(step, form, name)
        return self.done(step, form, name)

    def receive(self, step: Step) -> None:
        """Take in the files that came along, from who may work on the item now."""
        if self.request.FILES:
            must_be_at_hand(step)
            step.receive(self.request.POST, self.request.FILES)

    def done(self, step: Step, form: LedgerForm, name: str) -> HttpResponse:
        """Say what was decided, and go to the measure: it shows who is next."""
        if step.draft_kind:
            discard_draft(step.draft_kind, step.thing_id)
        messages.success(self.request, done_words(step, form, name))
        return redirect("ledger:measure-detail", code=step.measure.code)

    def page(self, step: Step, tried: LedgerForm | None = None, name: str = "") -> HttpResponse:
        """The work page, with the errors of the form just tried."""
        return self.show(step.template, work_context(step, tried, name), status=200 if tried is None else 422)


def step_of(item: WorkItem, person: User) -> Step:
    """The step at the item's node."""
    return STEPS[item.node](item, person)


def must_be_at_hand(step: Step) -> None:
    """Raise the refusal that keeps the person from working on the item now: done, suspended, another's, unclaimed, a rule."""
    item = step.item
    require(item.finished is None, Conflict("item.ended"))
    not_suspended(item.measure, today(item.measure.plan.time_zone))
    if item.owner is not None and item.owner_id != step.person.pk:
        raise Conflict("item.held", holder=str(item.owner))
    require(may_take(item, step.person), Conflict("item.unclaimed"))
    step.check()


def done_words(step: Step, form: LedgerForm, name: str) -> str:
    """What the person is told when decision `name` is done: the decision, and to whom a measure went back."""
    action, code = step.decisions[name].label, step.measure.code
    if isinstance(form, ReworkForm):
        action = _("%(action)s (%(bureaus)s)") % {"action": action, "bureaus": "、".join(form.bureaus)}
    return _("Done: %(action)s, %(code)s.") % {"action": action, "code": code}


def work_context(step: Step, tried: LedgerForm | None, name: str) -> dict[str, Any]:
    """All that a step's template shows."""
    item = step.item
    takes, claims = may_take(item, step.person), may_claim(item, step.person)
    obstacle = obstacle_of(step) if takes or claims else ""
    return {
        "item": item,
        "measure": step.measure,
        "share": item.share,
        "step_label": step_label(item.node),
        "is_open": takes and not obstacle,
        "obstacle": obstacle,
        "desk": desk_of(item, step.person, may_claim=claims and not obstacle),
        "came_back": step.came_back(),
        "forms": step.forms(tried, name) if takes and not obstacle else {},
        "tried": name,
        "form": tried,
        "days_left": days_left(item.due, today()),
        "draft": step.draft,
        "typed_by": others_who_typed(step.draft, step.person),
        "route": drawn_route(step.measure),
        **step.facts(),
    }


def obstacle_of(step: Step) -> str:
    """Why the step cannot be carried out now, as a sentence: its measure is suspended, or a rule; "" when it can."""
    try:
        not_suspended(step.measure, today(step.measure.plan.time_zone))
    except Refused as refusal:
        return str(refusal)
    return step.obstacle()


def desk_of(item: WorkItem, person: User, *, may_claim: bool) -> dict[str, Any]:
    """On whose desk the item lies, and what this person can do about that."""
    return {
        "holder": item.owner,
        "is_mine": item.owner_id == person.pk,
        "may_claim": may_claim,
        "handlers": handlers_for(item).exclude(pk=item.owner_id) if may_hand_over(item, person) else (),
    }
