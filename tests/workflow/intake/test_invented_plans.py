"""The invented plans, read whole: nearly every fact right, and not one wrong without a warning at its place."""

import pytest

from tests.workflow.intake.scoring import PLANS, Score, plans_in, score_plan
from tests.workflow.intake.scoring_facts import KINDS

ENOUGH = 0.98


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {name: score_plan(PLANS, name) for name in plans_in(PLANS)}


def test_no_document_is_refused(scores: dict[str, Score]) -> None:
    assert {name: one.refusal for name, one in scores.items() if one.refusal} == {}


def test_no_wrong_fact_is_silent(scores: dict[str, Score]) -> None:
    assert [f"{name}: {wrong}" for name, one in scores.items() for wrong in one.silent] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nearly_every_fact_is_right(scores: dict[str, Score], kind: str) -> None:
    total = Score()
    for one in scores.values():
        total.take(one)
    tally = total.tallies[kind]
    assert min(tally.precision, tally.recall) >= ENOUGH, [w for w in total.wrongs if w.kind == kind]
