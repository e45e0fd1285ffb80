"""Pairs of transitions on one measure, interleaved: what comes of them is what one of the two serial orders brings."""

import copy
import random
from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement, cycle
from typing import Any

from tests.factories.clock import Clock
from tests.reference.comparing import model_standing, real_standing
from tests.reference.model import Model
from tests.reference.stages import MOMENTS, Act, Stage, arrive
from tests.reference.things import Person
from tests.reference.turns import in_turns
from tests.reference.world import World
from workflow.models import AuditEvent, Measure
from workflow.models.audit_event import Outcome
from workflow.rules.refusal import Refused

Doing = tuple[str, Person, dict[str, Any]]
Pair = tuple[str, int, int]


def pairs(world: World, clock: Clock) -> Iterator[Pair]:
    """Every pair of acts at every moment, each act with itself too."""
    for moment in MOMENTS:
        count = len(acts_at(arrive(world, clock, moment), moment))
        for one, other in combinations_with_replacement(range(count), 2):
            yield moment, one, other


def acts_at(stage: Stage, moment: str) -> list[Act]:
    """What can be done at the moment where the stage stands."""
    return stage.acts(MOMENTS[moment][2])


def violations(world: World, clock: Clock, schedules: Iterable[tuple[Pair, int]]) -> Iterator[str]:
    """What neither order explains of each pair with its seed."""
    for pair, seed in schedules:
        stage = arrive(world, clock, pair[0])
        said = violation(stage, pair, seed)
        if said:
            yield said


def some_violations(world: World, clock: Clock, count: int) -> Iterator[str]:
    """The same of so many schedules: the moments in turn, the pair and the order of its statements by the dice."""
    for n, moment in zip(range(count), cycle(MOMENTS), strict=False):
        stage, dice = arrive(world, clock, moment), random.Random(n)
        number = len(acts_at(stage, moment))
        said = violation(stage, (moment, dice.randrange(number), dice.randrange(number)), n)
        if said:
            yield said


def both(stage: Stage, pair: Pair) -> list[Doing]:
    """The two acts with who does them: different people, where two of them may."""
    moment, *numbers = pair
    acts = acts_at(stage, moment)
    found: list[Doing] = []
    for number in numbers:
        verb, given = acts[number]
        by = stage.whoever(verb, given, but=found[0][1] if found else None)
        assert by is not None
        found.append((verb, by, given))
    return found


def serially(model: Model, doings: list[Doing], order: tuple[int, int]) -> tuple[list[bool], dict[str, Any]]:
    """Which acts are done in that order, and where all stands then, as the model says."""
    model, doings = copy.deepcopy((model, doings))
    done = [False, False]
    for me in order:
        verb, by, given = doings[me]
        if not model.why_not(verb, by, **given):
            model.do(verb, by, **given)
            done[me] = True
    return done, model_standing(model)


def violation(stage: Stage, pair: Pair, seed: int) -> str:
    """Interleave the pair by that seed; "" or what neither order of the two explains."""
    doings = both(stage, pair)
    expected = [serially(stage.model, doings, order) for order in ((0, 1), (1, 0))]
    before = _lines(stage)
    acts = [_act(stage, doing) for doing in doings]
    met, order = in_turns(random.Random(f"{pair} {seed}"), acts)
    told = f"{pair} seed {seed}, {[(verb, by.name) for verb, by, _ in doings]}, order {order}: "
    faults = [repr(one) for one in met if one is not None and not isinstance(one, Refused)]
    if faults:
        return told + "; ".join(faults)
    done, real = [one is None for one in met], real_standing(stage.real)
    if (done, real) not in expected:
        return f"{told}{met} {real}, expected one of {expected}"
    lost = _lines(stage) - before < sum(done)
    return f"{told}fewer lines than acts" if lost else ""


def without_the_lock(measure_id: int, *, with_plan: bool = False) -> Measure:
    """A plain read in place of the row lock of `workflow.trail.record.locked_measure`."""
    return Measure.objects.select_related("plan", "engagement").get(pk=measure_id)


def _act(stage: Stage, doing: Doing) -> Any:
    verb, by, given = doing
    return lambda: stage.real.act(verb, by, given, stage.model)


def _lines(stage: Stage) -> int:
    """How many lines of the measure's trail tell of something done."""
    return AuditEvent.objects.filter(measure=stage.real.pk, outcome=Outcome.DONE).count()
