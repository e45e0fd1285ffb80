"""Ten thousand programs of fifty steps, on the reference model and on the actions: they never differ."""

import os

import pytest

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.reference.running import NEVER, TABLES, run_programs

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

BATCHES, PROGRAMS = 100, 100


def test_programs_never_differ_and_reach_every_transition_and_every_refusal(
    cast: Cast, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = run_programs(cast, clock, first=0, batches=BATCHES, programs=PROGRAMS)
    told = f"{dict(ran.count)}, {len(set(ran.moves) & TABLES)} transitions, {len(ran.refused)} refusals"
    with capsys.disabled():
        os.write(1, f"programs: {told}\n".encode())
    assert ran.count["programs"] >= BATCHES * PROGRAMS
    assert TABLES - set(ran.moves) == set()
    assert ran.asked - set(ran.refused) - NEVER == set()
