"""交办: a supervisor dispatches measures; shares and cycles come into being (DOMAIN.md, Measure, dispatch).

One act is one numbered order, whether of one measure, of a selection, or of all that are ready.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.numbering import issue
from workflow.actions.step import Step, acting, in_state, refusing_wrong_states, within
from workflow.clock.cycles import CyclePlan, lay_out, single
from workflow.models import ActionItem, Cycle, Document, Measure, Plan, ResponsibleUnit, Share, ShareCycle
from workflow.models.document import DocumentKind
from workflow.models.measure import MeasureKind
from workflow.models.responsible_unit import UnitKind
from workflow.queries.addressees import bureaus_behind, collectives_in, members_of
from workflow.queries.preparation import measures_to_dispatch
from workflow.queries.readiness import gaps_of, with_readiness
from workflow.queries.rules import calendar
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, Invalid, Refused, require
from workflow.states import MeasureState, PlanState
from workflow.trail import record
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one order sent out, and what was refused with its reason."""

    order: Document
    measures: list[Measure]
    refused: list[tuple[Measure, Refused]]


def dispatch_plan(plan: Plan, *, by: Actor) -> Dispatched:
    """Dispatch every measure of the plan that is ready under one numbered order; what is not ready is left as it is."""
    with acting(AuditAction.PLAN_DISPATCH, plan, by=by) as step:
        _may_dispatch(step)
        waiting = measures_to_dispatch(plan)
        ready = [measure for measure in with_readiness(waiting) if not gaps_of(measure)]
        nothing = "plan.none_ready" if waiting.exists() else "plan.nothing_to_dispatch"
        require(bool(ready), Conflict(nothing))
        done = _under_one_order(step, ready)
    return _with_refusals(step, done)


def dispatch_measures(plan: Plan, *, by: Actor, measures: Collection[int]) -> Dispatched:
    """Dispatch the chosen measures (ids) of the plan under one numbered order, each for itself.

    A measure that is refused leaves the others dispatched. Raises Invalid where none is chosen, and the first
    measure's refusal where every one is refused: no number is taken then.
    """
    with acting(AuditAction.PLAN_DISPATCH, plan, by=by) as step:
        _may_dispatch(step)
        chosen = list(plan.measures.filter(pk__in=measures).order_by("position", "pk"))
        require(bool(chosen), Invalid("measure.choose", field="measures"))
        done = _under_one_order(step, chosen)
    return _with_refusals(step, done)


def _under_one_order(step: Step, measures: list[Measure]) -> Dispatched:
    """Each in a savepoint of its own: the number is theirs together, the refusal is one measure's."""
    done = Dispatched(_order(step), [], [])
    for measure in measures:
        try:
            with (
                transaction.atomic(),
                refusing_wrong_states(),
                within(step, measure, AuditAction.MEASURE_DISPATCH) as part,
            ):
                _dispatch(part, done.order)
        except Refused as refusal:
            done.refused.append((measure, refusal))
        else:
            done.measures.append(measure)
    if not done.measures:
        raise done.refused[0][1]
    payload = {"order": done.order.number, "measures": len(done.measures), "refused": len(done.refused)}
    step.note(step.plan, payload=payload)
    return done


def _with_refusals(step: Step, done: Dispatched) -> Dispatched:
    """Write the line of each refusal, once what was dispatched stands."""
    for measure, refusal in done.refused:
        action = AuditAction.MEASURE_DISPATCH
        record.add_refusal(action, measure, refusal, step.occasion, measure_id=measure.pk)
    return done


def dispatch_measure(measure: Measure, *, by: Actor) -> Document:
    """Dispatch one measure under a numbered order of its own. Returns the order."""
    with acting(AuditAction.MEASURE_DISPATCH, measure, by=by, with_plan=True) as step:
        _may_dispatch(step)
        order = _order(step)
        _dispatch(step, order)
    return order


def _may_dispatch(step: Step) -> None:
    require(step.plan.state == PlanState.ON_LEDGER, Conflict("plan.not_on_ledger"))
    step.require(Permission.DISPATCH_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)


def _order(step: Step) -> Document:
    office_id = step.plan.supervision_office_id
    if office_id is None:
        raise Conflict("plan.no_office")
    return issue(step, DocumentKind.DISPATCH_ORDER, office_id)


def _dispatch(step: Step, order: Document) -> None:
    measure = step.measure
    in_state(measure, MeasureState.DRAFT)
    require(not measure.awaits_admission, Conflict("measure.not_admitted", measure_code=measure.code))
    shares = _shares(step)
    _is_ready(measure)
    cycles = _cycles(step)
    insert(*shares)
    insert(*cycles)
    open_cycle(shares, cycles[0])
    _hand_out_items(measure)
    measure.shares_total = measure.shares_open = measure.shares_unaccepted = len(shares)
    measure.dispatch_order, measure.dispatched_on = order, step.today
    step.measure_fields |= {"dispatch_order", "dispatched_on"}
    measure.dispatch()
    step.note(
        measure,
        (MeasureState.DRAFT, MeasureState.ASSIGNED),
        payload={"order": order.number, "shares": len(shares), "cycles": len(cycles)},
    )
    follow(measure, Verb.DISPATCH, by=step.by, shares=shares)


def _hand_out_items(measure: Measure) -> None:
    """What preparation gave to one bureau is its share's; what it gave to a collective the lead hands out."""
    shares = Share.objects.filter(measure=measure, unit=OuterRef("unit")).values("pk")[:1]
    given = ActionItem.objects.filter(measure=measure, unit__kind=UnitKind.BUREAU)
    given.update(share=Subquery(shares))


def _is_ready(measure: Measure) -> None:
    """Raise Conflict where the measure lacks something, as a unit that was opened again after it was on the ledger."""
    gaps = gaps_of(with_readiness(Measure.objects.filter(pk=measure.pk)).get())
    require(not gaps, Conflict("measure.not_ready", measure_code=measure.code))


def open_cycle(shares: list[Share], cycle: Cycle) -> None:
    """Give every share its part of the cycle, in one statement."""
    parts = [
        ShareCycle(
            share=share,
            cycle=cycle,
            due=cycle.due if share.is_lead and len(shares) == 1 else cycle.share_due,
            working_days=cycle.working_days,
        )
        for share in shares
    ]
    if parts:
        insert(*parts)


def _shares(step: Step) -> list[Share]:
    """One share per bureau, lead first; a bureau named twice has one share, and a collective one per member."""
    units = list(ResponsibleUnit.objects.filter(measure=step.measure).select_related("bureau__succeeded_by"))
    kinds = collectives_in(units)
    members = members_of(kinds, step.plan.issuer if kinds else None)
    shares = [
        Share(
            measure=step.measure,
            plan=step.plan,
            bureau=bureau,
            unit=unit,
            is_lead=unit.is_lead,
            dispatched_on=step.today,
        )
        for unit, bureau in bureaus_behind(units, members)
    ]
    require(bool(shares) and shares[0].is_lead, Conflict("measure.no_shares"))
    return shares


def _cycles(step: Step) -> list[Cycle]:
    measure, plan, numbers = step.measure, step.plan, step.rules.numbers
    start = max(plan.period_start, min(step.today, plan.period_end))
    if measure.kind == MeasureKind.DATED and measure.due is not None:
        laid_out: list[CyclePlan] = [single(start, measure.due, calendar())]
    else:
        laid_out = lay_out(measure.cycle_length, start, plan.period_end, calendar(), numbers)
    return [
        Cycle(
            measure=measure,
            index=n,
            period_start=cycle.start,
            period_end=cycle.end,
            share_due=cycle.share_due,
            due=cycle.due,
            working_days=cycle.working_days,
            is_current=n == 1,
            is_last=n == len(laid_out),
        )
        for n, cycle in enumerate(laid_out, start=1)
    ]
