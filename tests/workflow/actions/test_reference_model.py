"""The actions agree with the reference model in random programs: a seeded hundredth of tests/prove/test_programs.py."""

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.reference.programs import VERBS
from tests.reference.running import TABLES, run_programs
from tests.reference.things import Kind

pytestmark = pytest.mark.django_db


def test_a_hundred_programs_agree_with_the_reference_model(cast: Cast, clock: Clock) -> None:
    ran = run_programs(cast, clock, first=0, batches=1, programs=100)
    assert ran.count["programs"] >= 100
    assert ran.count["steps"] >= 4000
    assert {kind for _, kind in ran.refused} == set(Kind)
    assert len(ran.done) >= len(VERBS) - 3, sorted(set(VERBS) - set(ran.done))
    assert len(set(ran.moves) & TABLES) >= len(TABLES) * 3 // 4, sorted(TABLES - set(ran.moves))
