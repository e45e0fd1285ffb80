"""Plans in preparation, and plans on the ledger, made of measures described in a line each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count

import factory
from factory.django import DjangoModelFactory

from accounts.models import Bureau
from tests.factories.cast import Cast
from workflow.actions.ledger import put_on_ledger
from workflow.actions.preparation import (
    confirm_target,
    decide_schedule,
    decide_unit,
    name_offices,
    require_evaluation,
)
from workflow.models import Engagement, Measure, Plan, ResponsibleUnit, Section, Target
from workflow.models.responsible_unit import UnitKind

_serial = count(1)


class PlanFactory(DjangoModelFactory[Plan]):
    """A plan in preparation for the year 2026."""

    class Meta:
        model = Plan

    code = factory.Sequence(lambda n: f"P{n}")
    title = factory.Sequence(lambda n: f"方案{n}")
    source_hash = factory.Sequence(lambda n: f"{n:064x}")
    source_name = "plan.txt"
    period_start = date(2026, 1, 1)
    period_end = date(2026, 12, 31)


class SectionFactory(DjangoModelFactory[Section]):
    """A section of a plan."""

    class Meta:
        model = Section

    number = "一"
    title = "行动计划"
    position = factory.Sequence(lambda n: n % 30_000)


class MeasureFactory(DjangoModelFactory[Measure]):
    """A measure in preparation; `plan` and `section` belong together."""

    class Meta:
        model = Measure

    section = factory.SubFactory(SectionFactory, plan=factory.SelfAttribute("..plan"))
    code = factory.Sequence(lambda n: f"M-{n}")
    title = factory.LazyAttribute(lambda measure: f"举措 {measure.code}")
    position = factory.Sequence(lambda n: n % 30_000)


class EngagementFactory(DjangoModelFactory[Engagement]):
    """An engagement that holds for the year 2026."""

    class Meta:
        model = Engagement

    title = "第三方评估"
    since = date(2026, 1, 1)
    until = date(2026, 12, 31)


@dataclass(frozen=True, slots=True)
class Promise:
    """A target to be."""

    text: str = "覆盖率"
    comparator: str = ">="
    value: Decimal | None = Decimal(95)
    due: date | None = None
    every_share: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the task list: its lead, the others, and its date or cycle.

    `others` are bureaus or kinds of a collective (such as "subdistrict").
    """

    lead: Bureau
    others: Sequence[Bureau | str] = ()
    due: date | None = None
    cycle: str = ""
    evaluation: str = "never"
    targets: Sequence[Promise] = field(default_factory=tuple)


def drafted(cast: Cast, *lines: Line, **fields: object) -> Plan:
    """A plan in preparation with everything decided by its supervisor."""
    plan: Plan = PlanFactory(**fields)
    supervisor = cast.supervisor(plan)
    name_offices(plan, by=supervisor, issuer=cast.issuer, supervision_office=cast.office)
    section = SectionFactory(plan=plan, position=1)
    for n, line in enumerate(lines, start=1):
        measure = MeasureFactory(plan=plan, section=section, position=n, code=f"{plan.code}-01-{n:02}")
        _decide(cast, measure, line)
    return Plan.objects.get(pk=plan.pk)


def _decide(cast: Cast, measure: Measure, line: Line) -> None:
    supervisor = cast.supervisor(measure.plan)
    for n, unit in enumerate([line.lead, *line.others], start=1):
        is_kind = isinstance(unit, str)
        written = ResponsibleUnit.objects.create(
            measure=measure,
            position=n,
            text="各街道" if is_kind else unit.name,
            is_lead=n == 1,
            kind=UnitKind.COLLECTIVE if is_kind else UnitKind.BUREAU,
        )
        if is_kind:
            decide_unit(written, by=supervisor, collective_kind=unit)
        else:
            decide_unit(written, by=supervisor, bureau=unit)
    decide_schedule(measure, by=supervisor, due=line.due, cycle_length=line.cycle, basis="督查室定")
    if line.evaluation != "never":
        require_evaluation(measure, by=supervisor, due=line.evaluation)
    for n, promise in enumerate(line.targets, start=1):
        target = Target.objects.create(
            measure=measure,
            position=n,
            text=promise.text,
            comparator=promise.comparator,
            value=promise.value,
            due=promise.due,
        )
        confirm_target(target, by=supervisor, every_share=promise.every_share)


def on_ledger(cast: Cast, *lines: Line, **fields: object) -> Plan:
    """A plan that an approver who did not prepare it put on the ledger."""
    plan = drafted(cast, *lines, **fields)
    return put_on_ledger(plan, by=cast.approver(plan))
