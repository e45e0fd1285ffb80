"""Whatever anybody tries, in whatever order: nothing but refusals is raised, and the database agrees with itself."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.scale import IS_PROVING, dice_of, scaled
from tests.factories.soundness import assert_sound
from tests.factories.walker import Walker

pytestmark = pytest.mark.django_db

WALKS = scaled(300)
STEPS = 120
SEED = 20260302
STRIDE = 1 if IS_PROVING else 6
"""After how many steps the whole database is checked."""


def _now_and_then() -> Callable[[], None]:
    steps = count(1)
    return lambda: assert_sound() if next(steps) % STRIDE == 0 else None


@pytest.mark.parametrize("walk", range(WALKS))
def test_a_random_walk_raises_nothing_but_refusals_and_leaves_a_sound_database(
    cast: Cast, clock: Clock, walk: int
) -> None:
    walker = Walker(cast, clock, dice_of(SEED + walk))
    walker.walk(STEPS, _now_and_then())
    assert_sound()
    assert walker.done.total() > STEPS // 6, "the walk gets somewhere"
    assert walker.refused.total() > STEPS // 6, "and meets refusals"
