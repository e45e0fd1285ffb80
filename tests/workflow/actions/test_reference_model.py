"""The actions agree with the reference model, step by step, in random programs of legal and illegal steps."""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.reference.programs import Programs
from tests.reference.world import World

pytestmark = pytest.mark.django_db


def test_debug(cast: Cast, clock: Clock) -> None:
    Programs.world, Programs.clock = World(cast), clock
    n = int(os.environ.get("N", "20"))
    run_state_machine_as_test(
        seed(int(os.environ.get("SEED", "1")))(Programs),
        settings=settings(
            max_examples=n,
            stateful_step_count=50,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
    print(Programs.count, Programs.done, Programs.refused)
