"""A plan that was read becomes a plan in preparation, in one transaction or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from django.db import IntegrityError, transaction

from accounts.models import Bureau, User
from workflow.actions.plan_input import (
    CYCLES,
    ActionItemInput,
    MeasureInput,
    MilestoneInput,
    PlanInput,
    SectionInput,
    Span,
    TargetInput,
    UnitInput,
)
from workflow.actions.plan_rows import BureauOf, write_sections
from workflow.actions.unit_bureaus import UNIT_AMBIGUOUS, UnitBureaus
from workflow.clock.now import now
from workflow.models import Plan
from workflow.queries.bureau_directory import bureau_directory
from workflow.rules.bureau_names import area_of
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.trail import record
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

__all__ = [
    "CYCLES",
    "UNIT_AMBIGUOUS",
    "ActionItemInput",
    "MeasureInput",
    "MilestoneInput",
    "PlanInput",
    "SectionInput",
    "Span",
    "TargetInput",
    "UnitInput",
    "Wishes",
    "free_code",
    "load_plan",
]

PLAN_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is decided with the loading: the supervision office, and the bureau (by key) behind a unit's text.

    A text with None is left undecided whatever its name would match.
    """

    office: Bureau | None = None
    bureaus: Mapping[str, int | None] = field(default_factory=dict)


NO_WISHES = Wishes()


def load_plan(plan: PlanInput, *, by: Actor, code: str, wishes: Wishes = NO_WISHES) -> tuple[Plan, bool]:
    """Store the plan as a draft; measures are coded `<code>-<section>-<number>`. Returns (plan, is new).

    Loading the same source again changes nothing. Units are tied to bureaus by name or alias where exactly one matches
    (`workflow.rules.resolving`); the others wait for a decision, and the warnings say which and why.
    Raises Invalid for a code that will not do, and Conflict for one that another plan has.
    """
    require(PLAN_CODE.fullmatch(code) is not None, Invalid("input.plan_code", field="code"))
    try:
        with transaction.atomic():
            known = known_plan(plan.source_hash)
            if known is not None:
                return known, False
            require(not Plan.objects.filter(code=code).exists(), Conflict("plan.code_taken", plan_code=code))
            return _store(plan, by, code, wishes), True
    except IntegrityError:
        known = known_plan(plan.source_hash)
        if known is None:
            require(not Plan.objects.filter(code=code).exists(), Conflict("plan.code_taken", plan_code=code))
            raise
        return known, False  # somebody else loaded it at the same moment


def free_code() -> str:
    """The first of P1, P2 … that no plan has."""
    taken = set(Plan.objects.values_list("code", flat=True))
    return next(code for n in count(1) if (code := f"P{n}") not in taken)


def known_plan(source_hash: str) -> Plan | None:
    """The newest edition of the plan that has this source, or None."""
    return Plan.objects.filter(source_hash=source_hash).order_by("-edition").first()


def _store(plan: PlanInput, by: Actor, code: str, wishes: Wishes) -> Plan:
    area = area_of(wishes.office.name) if wishes.office else ""
    bureau_of = UnitBureaus(bureau_directory(), area or area_of(plan.title), wishes.bureaus)
    row = Plan.objects.create(
        code=code,
        title=plan.title,
        source_hash=plan.source_hash,
        source_name=plan.source_name[:200],
        period_start=plan.period_start,
        period_end=plan.period_end,
        supervision_office=wishes.office,
        warnings=[*plan.warnings, *bureau_of.warnings(plan)],
        preparers=[by.pk] if isinstance(by, User) else [],
    )
    measures = write_sections(row, plan.sections, bureau_of)
    record.add(
        [record.Line(AuditAction.PLAN_LOAD, row, payload={"measures": measures})],
        record.Occasion(now(), by),
        measure=None,
        plan=row,
    )
    row.save(update_fields=["event_seq"])
    return row


def bureau_finder(bureaus: Mapping[str, int | None]) -> BureauOf:
    """Finds the bureau behind a unit: the one decided for its text, else the one that its name means. Two statements."""
    return UnitBureaus(bureau_directory(), decided=bureaus)
