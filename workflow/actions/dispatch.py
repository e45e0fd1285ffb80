"""交办: a supervisor dispatches measures; shares and cycles come into being (DOMAIN.md, Measure, dispatch)."""

from accounts.roles import Permission, ScopeKind
from accounts.writes import insert
from workflow.actions.numbering import issue
from workflow.actions.step import Step, acting, in_state, within
from workflow.clock.cycles import CyclePlan, lay_out, single
from workflow.models import Cycle, Document, Measure, Plan, ResponsibleUnit, Share, ShareCycle
from workflow.models.document import DocumentKind
from workflow.models.measure import MeasureKind
from workflow.queries.addressees import bureaus_behind, collectives_in, members_of
from workflow.queries.preparation import measures_to_dispatch
from workflow.queries.rules import calendar
from workflow.routing import Verb, follow
from workflow.rules.refusal import Conflict, require
from workflow.states import MeasureState, PlanState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def dispatch_plan(plan: Plan, *, by: Actor) -> Document:
    """Dispatch every measure still in draft under one numbered order; all of them or none. Returns the order."""
    with acting(AuditAction.PLAN_DISPATCH, plan, by=by) as step:
        _may_dispatch(step)
        waiting = list(measures_to_dispatch(plan))
        require(bool(waiting), Conflict("plan.nothing_to_dispatch"))
        order = _order(step)
        for measure in waiting:
            with within(step, measure, AuditAction.MEASURE_DISPATCH) as part:
                _dispatch(part, order)
        step.note(step.plan, payload={"order": order.number, "measures": len(waiting)})
    return order


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
    cycles = _cycles(step)
    insert(*shares)
    insert(*cycles)
    open_cycle(shares, cycles[0])
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
