"""The route in stations: which a measure passes and how each stands, in every state of its life."""

from typing import Any

import pytest
from django.utils.translation import override

from flows.chart import ORDER, Facts, Standing, describe, stations, step_label
from flows.measure import MeasureFlow
from flows.nodes.work import work_nodes
from flows.share import ShareFlow

JOINT: dict[str, Any] = {
    "code": "JY-01-02",
    "state": "in_progress",
    "shares": 4,
    "unaccepted": 0,
    "approved": 0,
    "is_joint": True,
    "is_evaluated": True,
    "is_waived": False,
    "cycle": 1,
    "cycles": 1,
    "open_items": {},
}
SINGLE = {**JOINT, "shares": 1, "is_joint": False, "is_evaluated": False}


def facts(**changes: Any) -> Facts:
    """A joint, evaluated measure of one cycle, but for `changes`."""
    return Facts(**{**JOINT, **changes})


def standing(found: Facts) -> dict[str, list[str]]:
    """The stations by how they stand."""
    by: dict[str, list[str]] = {standing.value: [] for standing in Standing}
    for station in stations(found):
        by[station.standing.value].append(station.name)
    return by


def notes(found: Facts) -> dict[str, str]:
    """The notes of the stations that have one."""
    return {station.name: station.note for station in stations(found) if station.note}


def test_every_step_of_a_person_is_a_station_and_every_station_a_step_or_the_dispatch() -> None:
    nodes = {node.name for flow in (MeasureFlow, ShareFlow) for node in work_nodes(flow)}

    assert set(ORDER) == nodes | {"dispatch"}
    assert all(step_label(name) for name in ORDER)


def test_a_measure_in_preparation_stands_before_its_dispatch() -> None:
    found = standing(facts(state="draft", shares=0))

    assert found["here"] == ["dispatch"]
    assert found["done"] == []


def test_shares_to_be_accepted_keep_the_route_at_acceptance() -> None:
    found = facts(state="assigned", unaccepted=3, open_items={"accept": 3, "fill": 1})

    assert standing(found)["done"] == ["dispatch"]
    assert standing(found)["here"] == ["accept", "fill"]
    assert notes(found) == {"accept": "1/4", "review": "0/4"}


def test_bureaus_at_different_steps_are_all_shown() -> None:
    found = facts(approved=1, open_items={"fill": 2, "review": 1})

    assert standing(found)["done"] == ["dispatch", "accept"]
    assert standing(found)["here"] == ["fill", "review"]
    assert notes(found)["review"] == "1/4"


@pytest.mark.parametrize(
    ("state", "node", "done_until"),
    [
        ("in_progress", "consolidate", "review"),
        ("in_progress", "sign", "consolidate"),
        ("reported", "verify", "sign"),
        ("verified", "engage", "verify"),
        ("verified", "evaluate", "engage"),
        ("verified", "close", "evaluate"),
    ],
)
def test_a_joint_step_is_here_and_all_before_it_is_done(state: str, node: str, done_until: str) -> None:
    found = standing(facts(state=state, approved=4, open_items={node: 1}))

    assert found["here"] == [node]
    assert found["done"][-1] == done_until
    assert found["ahead"] == list(ORDER[ORDER.index(node) + 1 :])


def test_a_closed_measure_has_the_whole_route_behind_it() -> None:
    found = standing(facts(state="closed", approved=4))

    assert found["done"] == list(ORDER)


def test_a_measure_of_one_share_needs_no_consolidation() -> None:
    names = [station.name for station in stations(Facts(**SINGLE))]

    assert names == ["dispatch", "accept", "fill", "review", "verify", "close"]


def test_a_return_to_named_shares_puts_the_route_back_to_their_reports() -> None:
    found = facts(approved=3, open_items={"fill": 1})

    assert standing(found)["here"] == ["fill"]
    assert standing(found)["ahead"][0] == "review"
    assert "verify" in standing(found)["ahead"]


def test_an_evaluation_that_was_waived_says_so() -> None:
    found = facts(state="verified", approved=4, is_waived=True, open_items={"close": 1})

    assert notes(found)["evaluate"]
    assert standing(found)["here"] == ["close"]


def test_a_measure_of_several_cycles_says_in_which_it_is() -> None:
    with override("en"):
        found = notes(facts(is_evaluated=False, cycle=2, cycles=4, open_items={"fill": 4}))

    assert found["close"] == "cycle 2 of 4"


def test_the_route_in_words_names_every_station_with_its_standing() -> None:
    with override("en"):
        words = describe(facts(state="reported", approved=4, open_items={"verify": 1}))

    assert words.startswith("Dispatch: done; Accept (4/4): done")
    assert "Verify: here now; Engage: still to come" in words
    assert words.count(";") == len(ORDER) - 1
