"""Without any one permission check, a test of rights turns red."""

import pytest

from tests.policy.mutants import Mutant, catalogue
from tests.policy.mutation import is_killed

pytestmark = pytest.mark.prove

TESTS = (
    "tests/flows/test_separation.py",
    "tests/flows/test_performing.py",
    "tests/policy/test_separation.py",
    "tests/policy/test_policy.py",
    "tests/workflow/actions",
    "tests/workflow/pages",
)
"""The quick and the most telling first; the first red one ends a mutant's run."""


EQUIVALENT: dict[str, str] = {}
"""Checks behind which another one refuses the same, by name, and which that is; a killed one must not stand here."""


def test_every_equivalent_check_is_still_there() -> None:
    assert set(EQUIVALENT) - {str(mutant) for mutant in catalogue()} == set()


@pytest.mark.parametrize("mutant", catalogue(), ids=str)
def test_a_check_that_is_taken_out_turns_a_test_red(mutant: Mutant) -> None:
    assert is_killed(mutant, TESTS, 3600) == (str(mutant) not in EQUIVALENT)
