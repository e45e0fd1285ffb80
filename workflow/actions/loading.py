"""A plan that was read becomes a plan in preparation, in one transaction or not at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Bureau, BureauAlias, User
from workflow.clock.now import now
from workflow.models import Measure, Plan, ResponsibleUnit, Section, Target
from workflow.models.measure import CycleLength, MeasureKind
from workflow.models.responsible_unit import UnitKind
from workflow.rules.refusal import Conflict, Invalid, require
from workflow.trail import record
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

PLAN_CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}", re.ASCII)
UNIT_AMBIGUOUS = "unit_ambiguous"
"""The code of the warning about a unit whose name several bureaus bear."""


@dataclass(frozen=True, slots=True)
class UnitInput:
    """A unit as written; `kind` is a UnitKind value, `collective_kind` a BureauKind value or ""."""

    text: str
    kind: str
    is_lead: bool = False
    collective_kind: str = ""


@dataclass(frozen=True, slots=True)
class TargetInput:
    """A target as read."""

    text: str
    comparator: str = ""
    value: Decimal | None = None
    unit: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """A measure as read; one with `due` is dated, all others wait for a decision on their schedule."""

    title: str
    number: str = ""
    text: str = ""
    schedule: str = ""
    due: date | None = None
    line: int | None = None
    units: Sequence[UnitInput] = ()
    targets: Sequence[TargetInput] = ()
    differences: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class SectionInput:
    """A section as read."""

    number: str
    title: str
    measures: Sequence[MeasureInput] = ()


@dataclass(frozen=True, slots=True)
class PlanInput:
    """A plan as read from a document or a ledger file."""

    title: str
    source_hash: str
    source_name: str
    period_start: date
    period_end: date
    sections: Sequence[SectionInput]
    warnings: Sequence[Any] = field(default_factory=tuple)


def load_plan(plan: PlanInput, *, by: Actor, code: str) -> tuple[Plan, bool]:
    """Store the plan as a draft; measures are coded `<code>-<section>-<number>`. Returns (plan, is new).

    Loading the same source again changes nothing. Units are tied to bureaus by name or alias where exactly
    one matches; the others wait for a decision, and a name that several bureaus bear is added to the warnings.
    Raises Invalid for a code that will not do, and Conflict for one that another plan has.
    """
    require(PLAN_CODE.fullmatch(code) is not None, Invalid("input.plan_code", field="code"))
    try:
        with transaction.atomic():
            known = _known(plan)
            if known is not None:
                return known, False
            require(not Plan.objects.filter(code=code).exists(), Conflict("plan.code_taken", plan_code=code))
            return _store(plan, by, code), True
    except IntegrityError:
        known = _known(plan)
        if known is None:
            raise
        return known, False  # somebody else loaded it at the same moment


def free_code() -> str:
    """The first of P1, P2 … that no plan has."""
    taken = set(Plan.objects.values_list("code", flat=True))
    return next(code for n in count(1) if (code := f"P{n}") not in taken)


def _known(plan: PlanInput) -> Plan | None:
    return Plan.objects.filter(source_hash=plan.source_hash).order_by("-edition").first()


def _store(plan: PlanInput, by: Actor, code: str) -> Plan:
    row = Plan.objects.create(
        code=code,
        title=plan.title,
        source_hash=plan.source_hash,
        source_name=plan.source_name[:200],
        period_start=plan.period_start,
        period_end=plan.period_end,
        warnings=list(plan.warnings),
        preparers=[by.pk] if isinstance(by, User) else [],
    )
    measures = _write_sections(row, plan)
    record.add(
        [record.Line(AuditAction.PLAN_LOAD, row, payload={"measures": measures})],
        record.Occasion(now(), by),
        measure=None,
        plan=row,
    )
    row.save(update_fields=["event_seq", "warnings"])
    return row


def _write_sections(row: Plan, plan: PlanInput) -> int:
    by_name = _bureaus_by_name()
    position = 0
    for n, section in enumerate(plan.sections, start=1):
        written = Section.objects.create(plan=row, number=section.number, title=section.title, position=n)
        for m, measure in enumerate(section.measures, start=1):
            position += 1
            _write_measure(row, written, measure, f"{row.code}-{n:02}-{m:02}", position, by_name)
    return position


def _write_measure(
    row: Plan,
    section: Section,
    given: MeasureInput,
    code: str,
    position: int,
    by_name: dict[str, list[Bureau]],
) -> None:
    measure = Measure.objects.create(
        plan=row,
        section=section,
        code=code,
        number=given.number,
        position=position,
        title=given.title,
        text=given.text,
        schedule=given.schedule,
        kind=MeasureKind.DATED if given.due else MeasureKind.UNDECIDED,
        due=given.due,
        cycle_length=CycleLength.NONE,
        source_line=given.line,
        differences=list(given.differences),
    )
    ResponsibleUnit.objects.bulk_create(_unit_rows(measure, given, by_name))
    Target.objects.bulk_create(_target_rows(measure, given))
    row.warnings += _ambiguous_units(given, by_name)


def _unit_rows(
    measure: Measure, given: MeasureInput, by_name: dict[str, list[Bureau]]
) -> list[ResponsibleUnit]:
    return [
        ResponsibleUnit(
            measure=measure,
            position=n,
            text=unit.text,
            is_lead=unit.is_lead,
            kind=unit.kind,
            bureau=_bureau_of(unit, by_name),
            collective_kind=unit.collective_kind,
        )
        for n, unit in enumerate(given.units, start=1)
    ]


def _target_rows(measure: Measure, given: MeasureInput) -> list[Target]:
    return [
        Target(
            measure=measure,
            position=n,
            text=target.text,
            comparator=target.comparator,
            value=target.value,
            unit=target.unit,
            due=target.due,
        )
        for n, target in enumerate(given.targets, start=1)
    ]


def _bureau_of(unit: UnitInput, by_name: dict[str, list[Bureau]]) -> Bureau | None:
    """The one bureau that a unit's name means, if it is a bureau's and exactly one bears it."""
    found = by_name.get(unit.text, [])
    return found[0] if unit.kind == UnitKind.BUREAU and len(found) == 1 else None


def _ambiguous_units(given: MeasureInput, by_name: dict[str, list[Bureau]]) -> list[dict[str, Any]]:
    """A stored warning for each unit whose name several bureaus bear (INTAKE.md, Never silently)."""
    return [
        {
            "line": given.line,
            "code": UNIT_AMBIGUOUS,
            "params": {"unit": unit.text, "bureaus": "、".join(names)},
        }
        for unit in given.units
        if unit.kind == UnitKind.BUREAU
        and len(names := sorted(bureau.name for bureau in by_name.get(unit.text, []))) > 1
    ]


def _bureaus_by_name() -> dict[str, list[Bureau]]:
    """The active bureaus that bear each name, short name or alias."""
    bureaus = {bureau.pk: bureau for bureau in Bureau.objects.filter(active=True)}
    found: dict[str, set[int]] = {}
    for bureau in bureaus.values():
        for name in {bureau.name, bureau.short_name} - {""}:
            found.setdefault(name, set()).add(bureau.pk)
    for name, bureau_id in BureauAlias.objects.filter(bureau__active=True).values_list("name", "bureau_id"):
        found.setdefault(name, set()).add(bureau_id)
    return {name: [bureaus[pk] for pk in sorted(keys)] for name, keys in found.items()}
