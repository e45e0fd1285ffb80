"""What a plan in preparation still asks its supervisor: units, schedules, targets, and what a dispatch would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Bureau
from workflow.models import Engagement, Measure, Plan, ResponsibleUnit, Target
from workflow.models.responsible_unit import UnitKind
from workflow.queries.addressees import bureaus_behind, collectives_in, members_of
from workflow.queries.plan_overview import Preparation
from workflow.queries.readiness import gaps_of, measures_naming_the_office, with_readiness
from workflow.rules.readiness import Gap
from workflow.states import MeasureState, TargetState


@dataclass(frozen=True, slots=True)
class Tasks:
    """The work of preparation: what is still open of each of its parts."""

    offices: bool
    alternate_for: list[Measure]
    units: int
    schedules: int
    targets: int
    not_ready: int
    measures: int

    @property
    def offices_are_done(self) -> bool:
        """Whether every office that the plan needs is named."""
        return self.offices and not self.alternate_for

    @property
    def are_done(self) -> bool:
        """Whether an approver can put the plan on the ledger."""
        return self.offices_are_done and self.not_ready == 0 and self.measures > 0


def tasks_of(plan: Plan, measures: Iterable[Preparation]) -> Tasks:
    """What is open, from the plan and its measures as `preparation_of` read them.

    One statement, where no alternate office is named: `alternate_for` are the measures that need one.
    """
    listed = list(measures)
    return Tasks(
        offices=bool(plan.issuer_id and plan.supervision_office_id),
        alternate_for=[] if plan.alternate_office_id else measures_naming_the_office(plan),
        units=sum(getattr(one.measure, "undecided_units", 0) for one in listed),
        schedules=sum(not one.measure.kind for one in listed),
        targets=sum(getattr(one.measure, "undecided_targets", 0) for one in listed),
        not_ready=sum(bool(one.gaps) for one in listed),
        measures=len(listed),
    )


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """An undecided unit as written, with every measure in which it stands: one decision serves them all."""

    text: str
    kind: str
    measures: list[Measure] = field(default_factory=list)

    @property
    def kind_label(self) -> str:
        """What stands there, in words."""
        return str(UnitKind(self.kind).label)


def undecided_units(plan: Plan) -> QuerySet[ResponsibleUnit]:
    """The plan's units of which nobody said who stands behind them, with their measures."""
    return (
        ResponsibleUnit.objects.filter(
            measure__plan=plan,
            measure__state=MeasureState.DRAFT,
            bureau__isnull=True,
            collective_kind="",
            resolve_by__isnull=True,
        )
        .select_related("measure")
        .order_by("measure__position", "position")
    )


def units_to_resolve(measure: Measure) -> QuerySet[ResponsibleUnit]:
    """The measure's units whose bureaus were to be named by a date, and are not named yet."""
    return measure.units.filter(resolve_by__isnull=False, resolved_on=None).order_by("position")


def open_units(plan: Plan) -> list[OpenUnit]:
    """The undecided units, each text once, the most frequent first. One statement."""
    found: dict[str, OpenUnit] = {}
    for unit in undecided_units(plan):
        found.setdefault(unit.text, OpenUnit(unit.text, unit.kind)).measures.append(unit.measure)
    return sorted(found.values(), key=lambda unit: -len(unit.measures))


def measures_in_preparation(plan: Plan) -> QuerySet[Measure]:
    """The plan's draft measures in order."""
    return plan.measures.filter(state=MeasureState.DRAFT).select_related("section").order_by("position")


def measures_to_dispatch(plan: Plan) -> QuerySet[Measure]:
    """The plan's draft measures that stand on the ledger with it: what a later edition brought only once admitted."""
    return measures_in_preparation(plan).exclude(added_in__isnull=False, admitted_at=None)


def targets_in_preparation(plan: Plan) -> list[Target]:
    """Every target of the plan with its measure, in order."""
    return list(
        Target.objects.filter(measure__plan=plan, measure__state=MeasureState.DRAFT)
        .select_related("measure", "decided_by")
        .order_by("measure__position", "position")
    )


def proposed_targets(plan: Plan) -> QuerySet[Target]:
    """Targets that nobody confirmed or waived."""
    return Target.objects.filter(
        measure__plan=plan, measure__state=MeasureState.DRAFT, state=TargetState.PROPOSED
    ).order_by("measure__position", "position")


def engagements_of(plan: Plan) -> list[Engagement]:
    """The plan's engagements, the newest first."""
    return list(plan.engagements.select_related("agency").order_by("-since", "-pk"))


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who would receive a measure: the lead, how many bureaus in all, and the units that nobody stands behind yet."""

    measure: Measure
    lead: str
    bureaus: int
    unresolved: list[ResponsibleUnit]


def addressees_of(measures: QuerySet[Measure]) -> list[Addressees]:
    """Who would receive each of these measures of one plan if it were dispatched now. Three statements."""
    units = ResponsibleUnit.objects.select_related("bureau__succeeded_by").order_by("-is_lead", "position")
    found = list(measures.select_related("plan__issuer").prefetch_related(Prefetch("units", units)))
    issuer = found[0].plan.issuer if found else None
    members = members_of({kind for measure in found for kind in collectives_in(measure.units.all())}, issuer)
    return [_addressees(measure, list(measure.units.all()), members) for measure in found]


def _addressees(
    measure: Measure, units: list[ResponsibleUnit], members: Mapping[str, list[Bureau]]
) -> Addressees:
    named = bureaus_behind(units, members)
    lead = next((bureau.name for unit, bureau in named if unit.is_lead), "")
    unresolved = [unit for unit in units if unit.bureau_id is None and not unit.collective_kind]
    return Addressees(measure, lead, len(named), unresolved)


@dataclass(frozen=True, slots=True)
class Readiness:
    """One point of the checklist before dispatch, and whether it holds."""

    label: str
    holds: bool


@dataclass(frozen=True, slots=True)
class DispatchCheck:
    """A draft measure before its dispatch: who would receive it, and the checklist."""

    to: Addressees
    points: list[Readiness]

    @property
    def is_ready(self) -> bool:
        """Whether it can be dispatched."""
        return all(point.holds for point in self.points)


def dispatch_checks(measures: QuerySet[Measure]) -> list[DispatchCheck]:
    """Each of these draft measures with its checklist. Four statements."""
    lacking = {measure.pk: gaps_of(measure) for measure in with_readiness(measures)}
    return [DispatchCheck(one, _points(one, lacking[one.measure.pk])) for one in addressees_of(measures)]


def _points(one: Addressees, lacking: tuple[Gap, ...]) -> list[Readiness]:
    return [
        Readiness(_("one lead"), Gap.LEAD not in lacking),
        Readiness(_("every unit decided"), Gap.UNIT not in lacking),
        Readiness(_("a date or a cycle"), Gap.SCHEDULE not in lacking),
        Readiness(_("its targets decided"), Gap.TARGET not in lacking),
        Readiness(_("a bureau receives the lead"), bool(one.lead)),
        Readiness(_("admitted to the ledger"), not one.measure.awaits_admission),
    ]
