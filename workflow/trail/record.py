"""Adds lines to the trail: a number in its chain, the actor, the thing, what changed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import BigIntegerField, QuerySet

from accounts.compiled import CompiledRead, Slot
from accounts.models import User
from accounts.rights import Grant
from accounts.writes import write
from workflow.models import AuditEvent, Measure, Plan, TrailHead
from workflow.models.audit_event import Outcome
from workflow.rules.refusal import Refused
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor
from workflow.trail.origin import origin
from workflow.trail.tying import is_tied_here, last_line, tie

PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it has its number. `thing` is None where nothing was made, as in a refused registration."""

    action: AuditAction
    thing: models.Model | None
    from_state: str = ""
    to_state: str = ""
    reason: str = ""
    basis: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    outcome: Outcome = Outcome.DONE


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the lines of one action share: when, by whom, by which role, under which rules."""

    at: datetime
    by: Actor
    grant: Grant | None = None
    rule_version: str = ""


def event(
    line: Line, occasion: Occasion, *, chain: str, seq: int, measure: Measure | None, plan: Plan | None
) -> AuditEvent:
    """The unsaved trail line."""
    person = occasion.by if isinstance(occasion.by, User) else None
    grant = occasion.grant
    thing, place = line.thing, origin()
    return AuditEvent(
        chain=chain,
        seq=seq,
        measure_id=None if measure is None else measure.pk,
        plan_id=None if plan is None else plan.pk,
        actor_id=None if person is None else person.pk,
        duty="" if isinstance(occasion.by, User) else occasion.by.name,
        on_behalf_of_id=None if grant is None else grant.on_behalf_of,
        role="" if grant is None else grant.role.value,
        scope_kind="" if grant is None else grant.scope_kind.value,
        scope_id=None if grant is None else grant.scope_id,
        object_type="" if thing is None else str(thing._meta.model_name),
        object_id=None if thing is None else key_of(thing),
        action=line.action.value,
        from_state=line.from_state,
        to_state=line.to_state,
        at=occasion.at,
        recorded_at=datetime.now(UTC),
        outcome=line.outcome,
        reason=line.reason,
        basis=line.basis,
        rule_version=occasion.rule_version,
        payload=line.payload,
        address=place.address,
        client=place.client,
        algorithm=settings.TRAIL_ALGORITHM,
    )


def key_of(thing: models.Model) -> int:
    """The thing's key as the trail writes it; a day of the calendar, known by its date, is written 20261001."""
    key: int | date = thing.pk
    return int(f"{key:%Y%m%d}") if isinstance(key, date) else key


def chain_of(measure: Measure | None, plan: Plan | None) -> str:
    """The chain a line belongs to: its measure's, else its plan's, else that of people and settings."""
    if measure is not None:
        return f"measure:{measure.pk}"
    return f"plan:{plan.pk}" if plan is not None else PEOPLE


def take_numbers(measure: Measure | None, plan: Plan | None, count: int) -> int:
    """The first of `count` new numbers. A locked measure's or plan's counter is raised in memory; its owner saves it."""
    head = measure if measure is not None else plan
    if head is not None:
        first = head.event_seq + 1
        head.event_seq += count
        return first
    TrailHead.objects.get_or_create(chain=PEOPLE)
    row = TrailHead.objects.select_for_update(no_key=True).get(chain=PEOPLE)
    row.last += count
    row.save(update_fields=["last"])
    return row.last - count + 1


def numbered(
    lines: list[Line], occasion: Occasion, *, measure: Measure | None, plan: Plan | None
) -> list[AuditEvent]:
    """The unsaved trail lines, in order, on one chain."""
    if not lines:
        return []
    first = take_numbers(measure, plan, len(lines))
    chain = chain_of(measure, plan)
    scope_plan = measure.plan if measure is not None else plan
    events = [
        event(line, occasion, chain=chain, seq=first + n, measure=measure, plan=scope_plan)
        for n, line in enumerate(lines)
    ]
    tie(events, measure if measure is not None else plan)
    return events


def add(lines: list[Line], occasion: Occasion, *, measure: Measure | None, plan: Plan | None) -> None:
    """Write the lines in one statement, in order, on one chain."""
    write(numbered(lines, occasion, measure=measure, plan=plan), [])


def add_refusal(
    action: AuditAction,
    thing: models.Model | None,
    refusal: Refused,
    occasion: Occasion,
    *,
    measure_id: int | None = None,
    plan_id: int | None = None,
) -> None:
    """Write the refusal's own line in its own transaction, after the action was rolled back."""
    refusal.is_recorded = True
    with transaction.atomic(durable=True):
        measure = locked_measure(measure_id) if measure_id is not None else None
        plan = locked_plan(plan_id) if measure is None and plan_id is not None else None
        payload = {"params": stored(refusal.params)} if refusal.params else {}
        line = Line(
            action,
            thing,
            from_state=_state_of(thing),
            reason=refusal.code,
            payload=payload,
            outcome=Outcome.REFUSED,
        )
        add([line], occasion, measure=measure, plan=plan)
        for head in (measure, plan):
            if head is not None:
                head.save(update_fields=["event_seq"])


WORDS = (
    "text",
    "schedule",
    "schedule_basis",
    "differences",
    "plan__title",
    "plan__source_hash",
    "plan__source_name",
    "plan__warnings",
    "engagement__title",
)


def _measures(*locked: str) -> QuerySet[Measure]:
    """The measure with its plan and engagement, their words left unread; rows are locked in the order of `locked`."""
    rows = Measure.objects.select_for_update(of=locked, no_key=True).filter(pk=Slot("pk", BigIntegerField()))
    if is_tied_here():
        rows = rows.annotate(end=last_line("measure", "pk"))
        rows = rows.annotate(plan_end=last_line("plan", "plan_id")) if "plan" in locked else rows
    return rows.select_related("plan", "engagement").defer(*WORDS)


_MEASURE = CompiledRead(lambda: _measures("self"))
_MEASURE_AND_PLAN = CompiledRead(lambda: _measures("plan", "self"))


def locked_measure(measure_id: int, *, with_plan: bool = False) -> Measure:
    """The measure under its row lock, with its plan, which is locked first where asked for.

    The keys are left free, so that lines naming them can be added. Raises Measure.DoesNotExist.
    """
    row: Measure | None = (_MEASURE_AND_PLAN if with_plan else _MEASURE).first(pk=measure_id)
    if row is None:
        raise Measure.DoesNotExist
    row.last_line, row.plan.last_line = getattr(row, "end", None), getattr(row, "plan_end", None)
    return row


def locked_plan(plan_id: int) -> Plan:
    """The plan under its row lock, its key left free."""
    rows = Plan.objects.select_for_update(no_key=True)
    if not is_tied_here():
        return rows.get(pk=plan_id)
    row = rows.annotate(end=last_line("plan", "pk")).get(pk=plan_id)
    row.last_line = row.end
    return row


def _state_of(thing: models.Model | None) -> str:
    """Where the thing stands as stored; "" for what has no life."""
    if thing is None or not hasattr(thing, "state"):
        return ""
    return str(type(thing)._base_manager.filter(pk=thing.pk).values_list("state", flat=True).first() or "")


def stored(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as the trail keeps them: whole numbers and words as they are, all else as words."""
    return {k: v if isinstance(v, int | str | None) else str(v) for k, v in params.items()}
