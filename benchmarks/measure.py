"""Lets the contestants take turns at W, counts what they send and write, and checks what they left."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any

from benchmarks.counting import Meter, Statements, counted
from benchmarks.unit import STEPS, Contestant, shortcomings, trespasses

WARM_UP = 15
"""Statements are prepared and planned for good after some ten uses."""
COUNTED_UNITS = 5
_number = count(1)


@dataclass(slots=True)
class Score:
    """What was measured of one contestant: steps per second by round, seconds and statements by step, faults found."""

    contestant: Contestant
    stranger: Any
    pace: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    statements: list[tuple[str, Statements]] = field(default_factory=list)
    rows_per_unit: float = 0.0
    log_bytes_per_step: float = 0.0
    units: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def statements_per_step(self) -> float:
        """Statements in the transactions of a W, by its seventeen steps."""
        return sum(sent.inside for _, sent in self.statements) / (COUNTED_UNITS * len(STEPS))

    def look_ups_per_step(self) -> float:
        """Statements of a W outside of its transactions, by its seventeen steps."""
        return sum(sent.outside for _, sent in self.statements) / (COUNTED_UNITS * len(STEPS))

    def most_statements(self, *, dispatch: bool = False) -> int:
        """The most that one transaction sent, of the dispatch or of all the others."""
        return max(sent.inside for name, sent in self.statements if (name == "dispatch") == dispatch)


def enter(contestants: Sequence[Contestant]) -> list[Score]:
    """Let everybody prepare, and warm up."""
    scores = [Score(contestant, contestant.prepare().stranger) for contestant in contestants]
    for score in scores:
        for _ in range(WARM_UP):
            _play(score)
        score.seconds.clear()
    return scores


def run_rounds(scores: Sequence[Score], rounds: int, seconds: float, meter: Meter) -> None:
    """In each round everybody plays for at least `seconds`; the next W is always that of who has played least.

    Each round begins with a W in which a stranger tries every step that its contestant guards, and with the statistics
    that the server would collect by itself in time.
    """
    for _ in range(rounds):
        meter.settle()
        for score in scores:
            number = next(_number)
            score.faults += trespasses(score.contestant, number, score.stranger)
            score.units.append(number)
        gc.collect()
        played, steps = [0.0] * len(scores), [0] * len(scores)
        while min(played) < seconds:
            turn = played.index(min(played))
            played[turn] += _play(scores[turn])
            steps[turn] += len(STEPS)
        for score, took, done in zip(scores, played, steps, strict=True):
            score.pace.append(done / took)


def _play(score: Score) -> float:
    """One W; returns the seconds that its steps took."""
    number = next(_number)
    score.units.append(number)
    total = 0.0
    for step in score.contestant.unit(number):
        start = perf_counter()
        step.act(step.person)
        took = perf_counter() - start
        total += took
        score.seconds.append(took)
    return total


def count_costs(scores: Sequence[Score], meter: Meter) -> None:
    """Statements, rows and log bytes of a few more W of each, off the clock."""
    for score in scores:
        worker = score.contestant.connection()
        rows, since = meter.rows(worker), meter.position()
        for _ in range(COUNTED_UNITS):
            _count_unit(score, worker)
        score.rows_per_unit = (meter.rows(worker) - rows) / COUNTED_UNITS
        score.log_bytes_per_step = meter.log_bytes(since) / COUNTED_UNITS / len(STEPS)


def _count_unit(score: Score, worker: Any) -> None:
    number = next(_number)
    score.units.append(number)
    for step in score.contestant.unit(number):
        sent = counted(worker, lambda step=step: step.act(step.person))  # type: ignore[misc]
        score.statements.append((step.name, sent))


def check(scores: Sequence[Score]) -> None:
    """Look at every W that was played: closed, complete, its trail whole."""
    for score in scores:
        for number in score.units:
            score.faults += shortcomings(score.contestant, number)
