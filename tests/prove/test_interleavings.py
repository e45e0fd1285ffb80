"""Every pair of transitions at every moment of a measure's life, each in three seeded orders of its statements."""

from itertools import islice

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.soundness import assert_sound
from tests.reference.interleaving import pairs, violations
from tests.reference.world import World

pytestmark = [pytest.mark.prove, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ORDERS, SLICES = 3, 24


@pytest.mark.parametrize("slice_", range(SLICES))
def test_every_pair_comes_to_what_one_of_the_two_orders_brings(cast: Cast, clock: Clock, slice_: int) -> None:
    world = World(cast, ())
    mine = list(islice(pairs(world, clock), slice_, None, SLICES))
    schedules = [(pair, seed) for pair in mine for seed in range(ORDERS)]
    assert len(schedules) > 100
    assert list(violations(world, clock, schedules)) == []
    assert_sound()
