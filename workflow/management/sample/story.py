"""Tells the whole sample: people, plan, dispatch, and every measure's life up to yesterday."""

from datetime import timedelta

from accounts.models import Bureau, User
from workflow.actions.evaluation import create_engagement
from workflow.clock.now import at, today
from workflow.management.sample import ongoing
from workflow.management.sample.bureaus import AGENCY, OWN_CENTRE, build_tree
from workflow.management.sample.dated import LATE, NOT_DISPATCHED, SCENES
from workflow.management.sample.decisions import schedule_of
from workflow.management.sample.diary import Diary, Thread, drawn, moment
from workflow.management.sample.life import Life
from workflow.management.sample.people import appoint_for_engagement, register
from workflow.management.sample.period import Period
from workflow.management.sample.preparing import PREPARER, key_of, load, prepare, read_sample
from workflow.management.sample.words import read_words
from workflow.management.sample.world import World
from workflow.models import Plan
from workflow.queries.rules import calendar

REGISTERED = -25
"""Working days before the period begins: the people are registered."""

DISPATCHED = 4
"""Working days after the period's beginning: the first measures are dispatched, a few every day."""
MEASURES_A_DAY = 11


def tell() -> int:
    """Let it all happen; how many things that were. Runs in the caller's transaction, if it has one."""
    period = Period(today(), calendar())
    read = read_sample()
    bureaus, people = _populate(period)
    plan = load(period, read, people)
    plan = prepare(period, plan, people, bureaus)
    world = _world(period, plan, bureaus, people)
    _engage_agencies(world)
    for number, key in enumerate(world.measures):
        _live(world, key, number)
    return world.diary.play()


def _populate(period: Period) -> tuple[dict[str, Bureau], dict[str, User]]:
    day = period.after(period.start, REGISTERED)
    with at(moment(day, 0)):
        bureaus = build_tree()
        return bureaus, register(bureaus, day)


def _world(period: Period, plan: Plan, bureaus: dict[str, Bureau], people: dict[str, User]) -> World:
    measures = plan.measures.select_related("plan").order_by("position")
    return World(
        period=period,
        diary=Diary(period.today),
        plan=plan,
        measures={key_of(measure): measure for measure in measures},
        bureaus=bureaus,
        people=people,
        words=read_words(),
    )


def _engage_agencies(world: World) -> None:
    """The supervision office engages an independent agency, and the education bureau's own centre for advice."""
    thread = Thread("engaging", world.period.start)
    day = world.period.after(world.period.start, 15)
    titles = {AGENCY: "方案实施第三方评估", OWN_CENTRE: "自评指导（区教育局所属中心）"}
    for agency, title in titles.items():
        thread = thread.on(day, world.period.calendar)
        world.diary.write(thread, lambda agency=agency, title=title: _engage(world, agency, title))  # type: ignore[misc]


def _engage(world: World, agency: str, title: str) -> None:
    engagement = create_engagement(
        world.plan,
        by=world.people[PREPARER],
        agency=world.bureaus[agency],
        title=title,
        since=today(),
        until=world.period.end + timedelta(days=90),
    )
    appoint_for_engagement(dict(world.people), engagement, today())
    world.engagements[agency] = engagement


def _live(world: World, key: str, number: int) -> None:
    """One measure from its dispatch, by the supervisor whose turn it is."""
    if key == NOT_DISPATCHED:
        return
    life, schedule, period = Life(world, key), schedule_of(key), world.period
    if key in LATE:
        days, waiting = LATE[key]
        life.dispatch(period.from_today(-days), world.supervisor(key))
        life.accept_all(period.from_today(-days), but=waiting)
        return
    day = period.after(period.start, DISPATCHED + number // MEASURES_A_DAY)
    if schedule.cycle:
        day = ongoing.first_day(period, schedule.cycle, day)
    life.dispatch(day, world.supervisor(key))
    if schedule.cycle:
        ongoing.live(life, day, schedule.cycle)
        return
    life.accept_all(period.after(day, 1 + drawn(key, 2)))
    SCENES[key](life)
