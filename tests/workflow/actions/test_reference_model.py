"""The actions agree with the reference model in random programs: a seeded hundredth of tests/prove/test_programs.py."""

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.reference.running import TABLES, run_programs
from tests.reference.things import Kind

pytestmark = pytest.mark.django_db


def test_a_hundred_programs_agree_with_the_reference_model(cast: Cast, clock: Clock) -> None:
    ran = run_programs(cast, clock, first=0, batches=1, programs=int(__import__("os").environ.get("N", "100")))
    print(ran.count, sorted(TABLES - set(ran.moves)), len(TABLES), ran.done, sorted(ran.asked - set(ran.refused)))
    assert ran.count["programs"] >= 100
    assert {kind for _, kind in ran.refused} == set(Kind)
    assert len(TABLES - set(ran.moves)) <= len(TABLES) // 4, sorted(TABLES - set(ran.moves))
