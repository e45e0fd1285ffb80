"""Two transitions on one measure, statement by statement in seeded orders: a hundredth of tests/prove/test_interleavings.py."""

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.soundness import assert_sound
from tests.reference.interleaving import some_violations, without_the_lock
from tests.reference.world import World
from workflow.trail import record

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SCHEDULES = 43


def test_what_comes_of_two_at_once_is_what_one_of_the_two_orders_brings(cast: Cast, clock: Clock) -> None:
    assert list(some_violations(World(cast, ()), clock, SCHEDULES)) == []
    assert_sound()


def test_without_the_measures_lock_the_same_schedules_break_it(
    cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "locked_measure", without_the_lock)
    assert next(some_violations(World(cast, ()), clock, SCHEDULES), "")
