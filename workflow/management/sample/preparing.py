"""From the shipped ledger file to a plan on the ledger: loaded, decided by a supervisor, put there by an approver."""

from collections.abc import Iterator, Mapping

from accounts.models import Bureau, User
from workflow.actions.ledger import put_on_ledger
from workflow.actions.loading import Wishes, load_plan
from workflow.actions.preparation import (
    confirm_target,
    decide_schedule,
    decide_unit,
    name_offices,
    require_evaluation,
)
from workflow.clock.now import at
from workflow.intake.plan_read import PlanRead
from workflow.intake.reading import SHIPPED_LEDGERS, read_file
from workflow.management.sample.bureaus import ALTERNATE, GOVERNMENT, OFFICE
from workflow.management.sample.decisions import NEVER, OPEN_UNITS, schedule_of
from workflow.management.sample.diary import Act, Thread, moment
from workflow.management.sample.people import appoint_for_plan
from workflow.management.sample.period import Period
from workflow.models import Measure, Plan
from workflow.trail.actor import INSTALLATION

LEDGER = SHIPPED_LEDGERS / "education-modernisation.json"
PREPARER, PUTTER = "ducha1", "fenguan1"
LOADED, DECIDED, PUT = -18, -15, -2
"""Working days before the period begins: the plan is read, its measures are decided one after another, it is put."""
MEASURES_A_DAY = 4


def read_sample() -> PlanRead:
    """The plan as shipped, its own dates still in it. Raises IntakeError where the file is missing or broken."""
    return read_file(LEDGER)


def load(period: Period, read: PlanRead, people: Mapping[str, User]) -> Plan:
    """Store the plan with its dates shifted, and give the roles that are held on it."""
    day = period.after(period.start, LOADED)
    with at(moment(day, 20)):
        wishes = Wishes(bureaus=dict(Bureau.objects.values_list("name", "pk")))  # redacted ones are its own
        plan, _ = load_plan(period.shifted(read.plan), by=INSTALLATION, code=read.code, wishes=wishes)
        appoint_for_plan(dict(people), plan, day)
    return plan


def prepare(period: Period, plan: Plan, people: Mapping[str, User], bureaus: Mapping[str, Bureau]) -> Plan:
    """Decide everything that the ledger asks for, each at its own moment, and put the plan on the ledger."""
    day = period.after(period.start, DECIDED)
    thread = Thread("preparing", day)
    for number, act in enumerate(_decisions(period, plan, people[PREPARER], bureaus)):
        thread = thread.on(period.after(day, number // (MEASURES_A_DAY * 4)), period.calendar)
        with at(moment(thread.day, thread.minute)):
            act()
    putting = thread.on(period.after(period.start, PUT), period.calendar)
    with at(moment(putting.day, putting.minute)):
        return put_on_ledger(plan, by=people[PUTTER])


def _decisions(period: Period, plan: Plan, by: User, bureaus: Mapping[str, Bureau]) -> Iterator[Act]:
    """What the preparer does, in order."""
    yield lambda: name_offices(
        plan,
        by=by,
        issuer=bureaus[GOVERNMENT],
        supervision_office=bureaus[OFFICE],
        alternate_office=bureaus[ALTERNATE],
    )
    for measure in plan.measures.order_by("position"):
        yield from _of_measure(period, measure, by)


def _of_measure(period: Period, measure: Measure, by: User) -> Iterator[Act]:
    key = key_of(measure)
    schedule = schedule_of(key)
    due = schedule.when(period) if callable(schedule.when) else None
    yield lambda: decide_schedule(measure, by=by, due=due, cycle_length=schedule.cycle, basis=schedule.why)
    for open_unit in (one for one in OPEN_UNITS if one.key == key):
        unit = measure.units.get(kind=open_unit.kind)
        resolve_by = open_unit.resolve_by(period) if open_unit.resolve_by else None
        yield lambda unit=unit, one=open_unit, day=resolve_by: decide_unit(  # type: ignore[misc]
            unit, by=by, collective_kind=one.every, resolve_by=day, reason=one.why
        )
    if schedule.evaluation != NEVER:
        yield lambda: require_evaluation(measure, by=by, due=schedule.evaluation)
    for target in measure.targets.order_by("position"):
        yield lambda target=target: confirm_target(target, by=by)  # type: ignore[misc]


def key_of(measure: Measure) -> str:
    """Section and number as the tables of the sample name a measure: "02-04" for JY-02-04."""
    return measure.code.split("-", 1)[1]
