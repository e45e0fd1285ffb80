"""Where the real thing stands, told in the model's words, and which kind of refusal a code is."""

from typing import Any

from flows.models import WorkItem
from tests.reference.model import Model
from tests.reference.things import Kind
from tests.reference.world import Real
from workflow.models import Cycle, Measure, Request, ShareCycle
from workflow.models import Share as RealShare
from workflow.rules.refusal import Forbidden, Invalid, Refused

OF_LIMITS = {
    "share.unaccepted_limit",
    "request.refused_before",
    "request.refusal_limit",
    "request.extensions_used",
    "request.extension_long",
    "input.suspended_until",
    "objection.late",
    "objection.again",
}
OF_DESKS = {"item.held", "item.unclaimed"}
OF_INPUT = {"item.hand_over", "input.later"}


def kind_of(refusal: Refused) -> Kind:
    """The kind of a real refusal, by its code."""
    if refusal.code in OF_LIMITS:
        return Kind.LIMIT
    if refusal.code.startswith("separation."):
        return Kind.SEPARATION
    if refusal.code in OF_DESKS or isinstance(refusal, Forbidden):
        return Kind.RIGHT
    if refusal.code in OF_INPUT or isinstance(refusal, Invalid):
        return Kind.INPUT
    return Kind.STATE


def real_standing(real: Real) -> dict[str, Any]:
    """Measure, cycle, shares, requests and desks as stored."""
    names = {bureau.pk: name for name, bureau in real.world.bureaus.items()}
    measure = Measure.objects.select_related("plan").get(pk=real.pk)
    shares = RealShare.objects.filter(measure=real.pk).order_by("pk")
    requests = list(Request.objects.filter(measure=real.pk).order_by("pk"))
    numbers = {request.pk: n for n, request in enumerate(requests)}
    desks = {}
    for item in WorkItem.objects.select_related("owner").filter(measure=real.pk, finished=None):
        thing = "measure"
        if item.request_id:
            thing = f"request-{numbers[item.request_id]}"
        elif item.share_id:
            thing = names[next(s.bureau_id for s in shares if s.pk == item.share_id)]
        desks[thing, item.node] = item.owner.name if item.owner else ""
    cycle = Cycle.objects.filter(measure=real.pk, is_current=True).first()
    return {
        "measure": str(measure.state),
        "plan": str(measure.plan.state),
        "cycle": cycle.index if cycle else 0,
        "until": measure.suspended_until,
        "shares": {names[s.bureau_id]: (str(s.state), str(s.outcome), s.is_lead) for s in shares},
        "requests": [(names_of(names, shares, r), r.kind, str(r.state), r.decider) for r in requests],
        "desks": desks,
    }


def names_of(names: dict[int, str], shares: Any, request: Request) -> str:
    """The bureau that asks."""
    return names[next(share.bureau_id for share in shares if share.pk == request.share_id)]


def model_standing(model: Model) -> dict[str, Any]:
    """The same of the model; a suspension that is over by its date stays written."""
    lasting = model.suspended_until if model.suspended_until.year > 1 else None
    return {
        "measure": model.state,
        "plan": model.plan,
        "cycle": model.cycle,
        "until": lasting,
        "shares": {s.bureau: (s.state, s.outcome, s.leads) for s in model.shares},
        "requests": [(r.share.bureau, r.kind, r.state, r.decider) for r in model.requests],
        "desks": model.desks(),
    }


def take_dates(real: Real, model: Model) -> None:
    """The timetable is a given fact to the model: the days of each share in its current cycle."""
    names = {bureau.pk: name for name, bureau in real.world.bureaus.items()}
    parts = ShareCycle.objects.select_related("share").filter(share__measure=real.pk, cycle__is_current=True)
    by_name = {names[part.share.bureau_id]: part for part in parts}
    for share in model.shares:
        part = by_name.get(share.bureau)
        if part is not None:
            share.due, share.first_due, share.length = part.due, part.first_due, part.working_days
            share.dispatched = part.share.dispatched_on
