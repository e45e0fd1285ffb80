"""Two transitions on one measure, statement by statement in seeded orders, come to what one of the serial orders brings."""

import random
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.scale import IS_PROVING
from tests.factories.soundness import assert_sound
from tests.reference.interleaving import pairs, violation
from tests.reference.world import World
from workflow.models import Measure
from workflow.trail import record

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_pairs(cast: Cast, clock: Clock) -> None:
    world = World(cast, ())
    every = list(pairs(world, clock))
    print(len(every))
    import time
    t = time.time()
    some = random.Random(1).sample(every, 40)
    found = [said for pair in some if (said := violation(world, clock, pair, 0))]
    print(time.time() - t)
    assert not found, "\n".join(found)
    assert_sound()
