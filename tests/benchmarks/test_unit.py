"""W counts only when it is whole: closed, with the same facts as everybody's, its trail complete, no stranger let in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.unit import (
    STEPS,
    TRAIL,
    Cast,
    Left,
    NotAllowedError,
    Step,
    expected,
    shortcomings,
    trespasses,
)


class Player:
    """A contestant of whom a test says what it leaves and whom it lets in."""

    name = "player"
    checks_rights = True
    keeps_a_trail = True

    def __init__(self, left: Left, lets_in: str = "") -> None:
        self.left, self.lets_in = left, lets_in

    def prepare(self) -> Cast:
        """Nobody is needed."""
        raise NotImplementedError

    def connection(self) -> object:
        """None is needed."""
        raise NotImplementedError

    def unit(self, number: int) -> Iterator[Step]:
        """Seventeen steps, each for "own" alone, but for the one that lets everybody in."""
        for name in STEPS:
            yield Step(name, "own", lambda by: by, doors=(lambda by, name=name: self._enter(by, name),))  # type: ignore[misc]

    def _enter(self, by: str, name: str) -> None:
        if by != "own" and name != self.lets_in:
            raise NotAllowedError

    def left_behind(self, number: int) -> Left:
        """As the test says."""
        return self.left


WHOLE = replace(expected(7), trail=TRAIL)


def test_a_w_is_seventeen_steps() -> None:
    assert len(STEPS) == 17
    assert Counter(STEPS)["claim"] == Counter(STEPS)["report"] == Counter(STEPS)["approve"] == 4


def test_a_whole_w_has_no_shortcomings() -> None:
    assert shortcomings(Player(WHOLE), 7) == []


def test_a_w_that_is_not_closed_does_not_count() -> None:
    assert "not closed" in shortcomings(Player(replace(WHOLE, state="verified")), 7)[0]


def test_a_w_with_another_w_facts_does_not_count() -> None:
    assert shortcomings(Player(WHOLE), 8)


def test_a_w_that_lacks_a_line_of_the_trail_does_not_count() -> None:
    (found,) = shortcomings(Player(replace(WHOLE, trail=TRAIL - Counter(["approve"]))), 7)
    assert "{'approve': 1}" in found


def test_a_step_that_lets_a_stranger_in_is_named() -> None:
    assert trespasses(Player(WHOLE), 7, "stranger") == []
    assert trespasses(Player(WHOLE, lets_in="verify"), 7, "stranger") == [
        "player: verify let a person without the role through"
    ]
