"""Measures halted, ended and challenged at any moment of a random walk leave a sound database."""

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.scale import dice_of, scaled
from tests.factories.soundness import assert_sound
from tests.factories.stopping_walker import StoppingWalker

pytestmark = pytest.mark.django_db

WALKS = scaled(60)
STEPS = 120
STRIDE = 20
SEED = 20261124


@pytest.mark.parametrize("walk", range(WALKS))
def test_a_walk_with_stops_leaves_a_sound_database(cast: Cast, clock: Clock, walk: int) -> None:
    walker = StoppingWalker(cast, clock, dice_of(SEED + walk))
    for _ in range(STEPS // STRIDE):
        walker.walk(STRIDE, lambda: None)
        assert_sound()
    assert walker.done.total() > STEPS // 6, "the walk gets somewhere"
