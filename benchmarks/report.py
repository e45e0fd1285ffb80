"""Prints what was measured, as ratios, and says whether the bar is met."""

import os
from collections.abc import Sequence
from platform import python_version
from statistics import median, quantiles
from typing import Any

from benchmarks.measure import Score

LIMIT, PEER, OURS = 0, 1, 2
"""Places of the contestants: the limit, what a user would pick instead, and the project itself."""

MOST_STATEMENTS = 10


def print_server(connection: Any) -> None:
    """On what it is measured."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), current_setting('synchronous_commit')")
        version, commits = cursor.fetchone()
    print(
        f"PostgreSQL {version}, synchronous_commit {commits}, {os.cpu_count()} cores, Python {python_version()}"
    )


def _ratios(scores: Sequence[Score], one: int, other: int) -> list[float]:
    """Steps per second of `one` by those of `other`, round by round."""
    return [mine / theirs for mine, theirs in zip(scores[one].pace, scores[other].pace, strict=True)]


def p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    return median(seconds) * 1000, quantiles(seconds, n=20)[-1] * 1000


def print_unit(scores: Sequence[Score], rounds: int, seconds: float) -> None:
    """The table of W."""
    print(
        f"\nW, the unit of work: 17 durable steps; {rounds} rounds of at least {seconds:g} s for each contestant,"
        " who take turns after every W\n"
    )
    print(
        f"{'':24}{'steps/s':>9}{'of limit':>10}{'of viewflow':>12}{'p50 ms':>8}{'p95 ms':>8}"
        f"{'statements':>12}{'most':>6}{'before':>8}{'rows':>6}{'log bytes':>11}"
    )
    print(f"{'':71}{'a step':>12}{'':>6}{'a step':>8}{'a W':>6}{'a step':>11}")
    for place, score in enumerate(scores):
        p50, p95 = p50_p95(score.seconds)
        print(
            f"{score.contestant.name:24}{median(score.pace):9,.0f}{median(_ratios(scores, place, LIMIT)):10.3f}"
            f"{median(_ratios(scores, place, PEER)):12.2f}{p50:8.2f}{p95:8.2f}"
            f"{score.statements_per_step():12.2f}{score.most_statements():6}{score.look_ups_per_step():8.2f}"
            f"{score.rows_per_unit:6.0f}{score.log_bytes_per_step:11,.0f}"
        )
    ours = scores[OURS]
    print(
        f"\nstatements: in the transactions, BEGIN and COMMIT apart; most: in one of them but the dispatch"
        f" (ours: {ours.most_statements(dispatch=True)}, whatever the count of shares);"
        " before: looking the item up and whether the reader may see it."
    )
    print("ours to viewflow, round by round:", _listed(_ratios(scores, OURS, PEER)))
    print("ours to the limit, round by round:", _listed(_ratios(scores, OURS, LIMIT), 4))


def _listed(values: Sequence[float], digits: int = 2) -> str:
    return "  ".join(f"{value:.{digits}f}" for value in values)


def verdict_on_unit(scores: Sequence[Score]) -> bool:
    """Say what holds of the bar; False where something does not."""
    faults = [fault for score in scores for fault in score.faults]
    for fault in faults[:20]:
        print("FAULT", fault)
    ours, ratios = scores[OURS], _ratios(scores, OURS, PEER)
    return all(
        [
            say(not faults, "every W closed, every trail line there, nobody without the role let through"),
            say(
                ours.statements_per_step() <= MOST_STATEMENTS and ours.most_statements() <= MOST_STATEMENTS,
                f"at most {MOST_STATEMENTS} statements a step",
            ),
            say(
                median(ratios) >= 1,
                f"no fewer steps per second than bare viewflow: × {median(ratios):.2f}"
                f" ({min(ratios):.2f} to {max(ratios):.2f})",
            ),
        ]
    )


def say(holds: bool, what: str) -> bool:  # noqa: FBT001 - reads as a sentence
    """Print whether `what` holds, and return it."""
    print("holds " if holds else "FAILS ", what)
    return holds
