"""A permission check that is taken out turns a test red: a hundredth; all of them are tried by `dev.py prove`."""

import random

from tests.policy.mutants import catalogue
from tests.policy.mutation import is_killed

CHANCE = random.Random(20261124)
STEPS = "workflow.rules.separation"


def test_every_check_has_a_name_of_its_own() -> None:
    names = [str(mutant) for mutant in catalogue()]
    assert len(names) == len(set(names)) > 100


def test_a_rule_that_is_taken_out_turns_a_test_red() -> None:
    rules = [
        one for one in catalogue() if one.module == STEPS and one.function in {"may_verify", "may_close"}
    ]
    assert is_killed(CHANCE.choice(rules), ["tests/flows/test_separation.py"], 240)
