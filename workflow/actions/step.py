"""The one way to act (DESIGN.md): one transaction that locks, checks, moves, saves and writes the trail.

    with acting(AuditAction.SHARE_SUBMIT, share, by=by) as step:
        ...

opens the transaction, locks the measure's row (the plan's first where both are needed), and at the end
saves the measure's counts and the trail's lines. A refusal rolls everything back, writes its own line in
a transaction of its own, and goes on to the caller.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django_fsm import TransitionNotAllowed

from accounts.models import User
from accounts.rights import Grant, grant_for, with_principal
from accounts.roles import Permission, ScopeKind
from accounts.writes import write
from workflow.clock.now import DEFAULT_ZONE, now
from workflow.models import Measure, Plan, Request, Share
from workflow.queries.rules import RulesInForce, rules_of
from workflow.rules.refusal import Conflict, Forbidden, Invalid, Refused
from workflow.trail import record
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

STAY_OPEN = frozenset(
    {
        AuditAction.MEASURE_RESUME,
        AuditAction.MEASURE_CANCEL,
        AuditAction.ITEM_CLAIM,
        AuditAction.ITEM_RELEASE,
        AuditAction.ITEM_HAND_OVER,
        AuditAction.OBJECTION_RAISE,
        AuditAction.OBJECTION_UPHOLD,
        AuditAction.OBJECTION_REJECT,
        AuditAction.SHARE_REPLY,
    }
)
"""What can be done while a measure is suspended: the two decisions that end it; who holds the work meanwhile; and
objections and replies to instructions, which move nothing. Every other action on it is refused (DOMAIN.md, Suspension).
"""

LEDGER_FIELDS = (
    "state",
    "reported_at",
    "shares_total",
    "shares_open",
    "shares_unaccepted",
    "shares_reported",
    "shares_verified",
    "event_seq",
)


@dataclass(slots=True)
class Step:
    """One action under way. `measure` and `plan` are locked and fresh where they are given."""

    action: AuditAction
    by: Actor
    at: datetime
    measure_or_none: Measure | None = None
    plan_or_none: Plan | None = None
    grant: Grant | None = None
    lines: list[record.Line] = field(default_factory=list)
    plan_lines: list[record.Line] = field(default_factory=list)
    measure_fields: set[str] = field(default_factory=set)
    plan_fields: set[str] = field(default_factory=set)
    changes: dict[tuple[type[models.Model], int], tuple[models.Model, dict[str, None]]] = field(
        default_factory=dict
    )

    @property
    def measure(self) -> Measure:
        """The locked measure."""
        assert self.measure_or_none is not None  # noqa: S101 - a programming error
        return self.measure_or_none

    @property
    def plan(self) -> Plan:
        """The plan: locked where the action needs it, else as read with the measure."""
        if self.plan_or_none is not None:
            return self.plan_or_none
        return self.measure.plan

    @property
    def today(self) -> date:
        """The day of the action in the plan's zone."""
        has_plan = self.measure_or_none is not None or self.plan_or_none is not None
        zone = self.plan.time_zone if has_plan else DEFAULT_ZONE
        return self.at.astimezone(ZoneInfo(zone)).date()

    @property
    def rules(self) -> RulesInForce:
        """The numbers in force on the day of the action."""
        return rules_of(self.plan.pk, self.today)

    @property
    def occasion(self) -> record.Occasion:
        """What all lines of the action share."""
        has_plan = self.measure_or_none is not None or self.plan_or_none is not None
        return record.Occasion(self.at, self.by, self.grant, self.rules.version if has_plan else "")

    @property
    def person(self) -> User:
        """The person who acts; refuses a timed duty, for decisions need a person."""
        if not isinstance(self.by, User):
            raise Forbidden("right.missing")
        return self.by

    @property
    def principal(self) -> int | None:
        """The head for whom a deputy acts, once the right is known."""
        return None if self.grant is None else self.grant.on_behalf_of

    @property
    def people(self) -> frozenset[int]:
        """Whom a rule is asked about: the person who acts and, for a deputy, the head, once the right is known."""
        return with_principal(self.person.pk, self.grant)

    def require(self, permission: Permission, kind: ScopeKind, scope_id: int) -> Grant:
        """The grant that gives the person this right in the scope; raises Forbidden."""
        grant = grant_for(self.person, permission, kind, scope_id, self.today)
        if grant is None:
            raise self.lacks_the_right()
        self.grant = grant
        return grant

    def granted(self, role: str | None, kind: ScopeKind, scope_id: int) -> Grant:
        """The grant that a query found (`accounts.rights.granted_role`); raises Forbidden for None."""
        if role is None:
            raise self.lacks_the_right()
        self.grant = Grant.read(role, kind, scope_id)
        return self.grant

    def lacks_the_right(self) -> Forbidden:
        """The refusal of somebody whose roles do not reach here, or whose account was closed."""
        is_active = User.objects.filter(pk=self.person.pk, is_active=True).exists()
        return Forbidden("right.missing" if is_active else "right.inactive")

    def note(
        self,
        thing: models.Model,
        move: tuple[str, str] = ("", ""),
        *,
        action: AuditAction | None = None,
        **more: Any,
    ) -> None:
        """Add a line to the trail. `move` is (from, to); `more`: reason, basis, payload."""
        self.lines.append(record.Line(action or self.action, thing, move[0], move[1], **more))

    def note_on_plan(self, move: tuple[str, str], action: AuditAction) -> None:
        """Add a line to the chain of the locked plan in an action on one of its measures."""
        self.plan_lines.append(record.Line(action, self.plan, move[0], move[1]))

    def store(self, row: models.Model, *names: str) -> None:
        """Let these fields of a stored row be written with the step's end, in one statement with its trail.

        Only for rows that nothing reads again from the database before the step ends.
        """
        kept, fields = self.changes.setdefault((type(row), row.pk), (row, {}))
        assert kept is row  # noqa: S101 - a programming error: one row as two instances
        fields.update(dict.fromkeys(names))

    def finish(self) -> None:
        """Write the lines, and save what is locked and what was to be stored."""
        measure, plan = self.measure_or_none, self.plan_or_none
        events = record.numbered(self.lines, self.occasion, measure=measure, plan=plan)
        events += record.numbered(self.plan_lines, self.occasion, measure=None, plan=plan)
        if measure is not None:
            self.store(measure, *LEDGER_FIELDS, *sorted(self.measure_fields))
        if plan is not None and (measure is None or self.plan_lines or self.plan_fields):
            self.store(plan, "state", "event_seq", *sorted(self.plan_fields))
        write(events, list(self.changes.values()))


@dataclass(frozen=True, slots=True)
class _Where:
    """Keys of the measure and the plan that a thing belongs to."""

    measure_id: int | None
    plan_id: int | None

    @classmethod
    def of(cls, thing: models.Model | None) -> "_Where":
        if isinstance(thing, Plan):
            return cls(None, thing.pk)
        if isinstance(thing, Measure):
            return cls(thing.pk, thing.plan_id)
        if isinstance(thing, Share):
            return cls(thing.measure_id, thing.plan_id)
        measure = getattr(thing, "measure", None)
        return cls(measure.pk, measure.plan_id) if isinstance(measure, Measure) else cls(None, None)


@contextmanager
def acting(
    action: AuditAction, thing: models.Model | None, *, by: Actor, with_plan: bool = False
) -> Iterator[Step]:
    """Open a step on a measure, a share, anything with a `measure`, a plan, or people and settings (all else, None).

    `with_plan`: lock the plan of the measure too, and first. Raises what the body raises; a wrong state
    becomes Conflict("state.wrong"); a suspended measure refuses all but STAY_OPEN.
    """
    where = _Where.of(thing)
    step = Step(action, by, now())
    try:
        with transaction.atomic(durable=True):
            if where.measure_id is not None:
                step.measure_or_none = record.locked_measure(where.measure_id, with_plan=with_plan)
                step.plan_or_none = step.measure.plan if with_plan else None
            elif where.plan_id is not None:
                step.plan_or_none = record.locked_plan(where.plan_id)
            _goes_on(step)
            with refusing_wrong_states():
                yield step
            step.finish()
    except Refused as refusal:
        record.add_refusal(
            action,
            thing,
            refusal,
            step.occasion,
            measure_id=where.measure_id,
            plan_id=where.plan_id,
        )
        raise


def _goes_on(step: Step) -> None:
    """Raise Conflict where the locked measure is suspended and the action has to wait."""
    measure = step.measure_or_none
    if measure is not None and step.action not in STAY_OPEN:
        not_suspended(measure, step.today)


def not_suspended(measure: Measure, on: date) -> None:
    """Raise Conflict where a suspension of the measure covers the day."""
    until = measure.suspended_until
    if until is not None and measure.is_suspended(on):
        raise Conflict("measure.suspended", until=until.isoformat())


@contextmanager
def within(step: Step, measure: Measure, action: AuditAction) -> Iterator[Step]:
    """A part of a step on a plan, or on a bureau, that is about one measure; the measure's row is locked here."""
    part = Step(action, step.by, step.at, grant=step.grant)
    part.measure_or_none = record.locked_measure(measure.pk)
    if step.plan_or_none is not None:
        part.measure.plan = step.plan
    yield part
    part.finish()


@contextmanager
def refusing_wrong_states() -> Iterator[None]:
    """Turn a transition that the state machine does not allow into a refusal with its sentence."""
    try:
        yield
    except TransitionNotAllowed as wrong:
        raise wrong_state(wrong.object) from wrong


def wrong_state(thing: Any) -> Conflict:
    """The refusal of what cannot be done where `thing` stands; it stores codes, never words."""
    return Conflict("state.wrong", state=str(thing.state), of=thing._meta.model_name)


def in_state(thing: Measure | Share | Plan | Request, *states: str) -> None:
    """Raise Conflict("state.wrong") unless `thing` is in one of `states`."""
    if thing.state not in states:
        raise wrong_state(thing)


def required(text: str, field_name: str, code: str = "input.reason", limit: int = 0) -> str:
    """`text` stripped; raises Invalid(code) on the field when nothing is left, or more than `limit` characters (0: any)."""
    written = text.strip()
    if not written:
        raise Invalid(code, field=field_name)
    return fitting(written, field_name, limit)


def fitting(text: str, field_name: str, limit: int) -> str:
    """`text`; raises Invalid where it is longer than `limit` characters (0: any)."""
    if limit and len(text) > limit:
        raise Invalid("input.long", field=field_name, limit=limit)
    return text
