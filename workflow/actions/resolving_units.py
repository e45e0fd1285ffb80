"""A unit that was to be resolved by a date gets its bureaus after the dispatch (DOMAIN.md, a plan is `draft` until …)."""

from collections.abc import Iterable

from accounts.models import Bureau
from accounts.roles import Permission, ScopeKind
from workflow.actions.crew import shares_may_change
from workflow.actions.joining import join
from workflow.actions.step import Step, acting, required
from workflow.models import ResponsibleUnit, Share
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.states import ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor


def resolve_unit(
    unit: ResponsibleUnit, *, by: Actor, bureaus: Iterable[Bureau], reason: str
) -> ResponsibleUnit:
    """A supervisor names the bureaus behind an open-ended unit of a measure that is assigned or in progress.

    Each gets a supporting share as a bureau that joins does; one that has an open share already keeps that alone.
    """
    with acting(AuditAction.UNIT_RESOLVE, unit, by=by) as step:
        step.require(Permission.DISPATCH_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        shares_may_change(step)
        unit = ResponsibleUnit.objects.get(pk=unit.pk)
        require(unit.waits_to_be_resolved, Conflict("unit.not_open"))
        named = list({bureau.pk: bureau for bureau in bureaus}.values())
        require(bool(named), Invalid("input.bureaus", field="bureaus"))
        reason = required(reason, "reason")
        _resolve(step, unit, named, reason)
        joining = _without_an_open_share(step, named)
        if joining:
            join(step, joining, reason, unit=unit)
    return unit


def _resolve(step: Step, unit: ResponsibleUnit, named: list[Bureau], reason: str) -> None:
    """One bureau is named on the unit; of several, each share names the unit."""
    unit.resolved_on, unit.decision_reason = step.today, reason
    unit.bureau = named[0] if len(named) == 1 else None
    unit.save(update_fields=["resolved_on", "decision_reason", "bureau"])
    step.note(unit, reason=reason, payload={"unit": unit.text, "bureaus": [bureau.name for bureau in named]})


def _without_an_open_share(step: Step, named: list[Bureau]) -> list[Bureau]:
    shares = Share.objects.filter(measure=step.measure).exclude(state=ShareState.CLOSED)
    held = set(shares.values_list("bureau_id", flat=True))
    return [bureau for bureau in named if bureau.pk not in held]
