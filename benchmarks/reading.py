"""Reading with very much open work: what pages ask for beside the best SQL for it, and pages beside a trivial one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection

from accounts.models import User
from accounts.rights import standing
from benchmarks import best_sql
from benchmarks.counting import counted
from benchmarks.report import p50_p95, say
from benchmarks.seed import Seed
from benchmarks.served import served_pages
from flows.inbox import PAGE, Box, counts, open_items
from workflow.clock.now import today
from workflow.queries.editions import sees_whole
from workflow.queries.ledger import Filters, Row, ledger_page
from workflow.queries.plan_overview import counts_by_bureau, counts_by_state
from workflow.queries.visibility import measures_visible_to, plan_visible_to
from workflow.states import Lamp

TURNS = 200
LAMP_TURNS = 5
INBOX_TIMES = 3.0
LEDGER_TIMES = 6.0
PAGE_TIMES = 5.0


@dataclass(frozen=True, slots=True)
class Contest:
    """A read of ours and the statement that does the same."""

    name: str
    statement: str
    values: dict[str, Any]
    ours: Callable[[], object]


def read(address: str, items: int) -> bool:
    """Seed, measure and print; False where a page costs more than it may."""
    print(f"\nReading with {items:,} open items ({TURNS} times by turns, p50)\n")
    started = perf_counter()
    seed = Seed(items)
    seed.fill()
    print(f"(seeded in {perf_counter() - started:.0f} s)")
    handler, supervisor = seed.handlers[3], seed.supervisor
    with psycopg.connect(address, autocommit=True, prepare_threshold=0) as limit:
        met = [_inbox(limit, handler), _ledger(limit, supervisor)]
        _overview(limit, supervisor, seed.plans[0].code)
        _lamps(supervisor)
    met.append(_pages(address, handler, supervisor, seed.plans[0].code))
    return all(met)


def inbox_of(person: User) -> list[Any]:
    """What the inbox page asks for: rights, both counts, the first page of work to be claimed."""
    held = standing(person, today())
    numbers = counts(person, held)
    page = open_items(person, Box.UNCLAIMED, held=held)
    rows = [
        (
            item.pk,
            item.due,
            item.node,
            item.measure.code,
            item.measure.title,
            _state(item),
            item.process.bureau.name,
        )
        for item in page.items
    ]
    return [rows, numbers]


def _state(item: Any) -> str:
    return str((item.share or item.measure).state)


def ledger_of(person: User, asked: Filters = Filters()) -> list[Row]:  # noqa: B008 - frozen
    """What the ledger page asks for its lines: rights, the measures, their lamps with the reasons."""
    rows, _ = ledger_page(measures_visible_to(person), asked, "", today())
    return rows


def overview_of(person: User, code: str) -> tuple[dict[str, int], int]:
    """What the overview of a plan asks for its counts: rights, measures by state, shares by bureau and state."""
    held = standing(person, today())
    plan = plan_visible_to(person, code, held)
    visible = None if sees_whole(held, plan) else measures_visible_to(person, held)
    states = {one.code: one.count for one in counts_by_state(plan, visible) if one.count}
    return states, sum(one.total for one in counts_by_bureau(plan, visible))


def _inbox(limit: psycopg.Connection[Any], person: User) -> bool:
    values = {"person": person.pk, "day": today()}
    best = limit.execute(best_sql.INBOX, values).fetchall()
    rows, numbers = inbox_of(person)
    assert [row[0] for row in best[:PAGE]] == [row[0] for row in rows], "both show the same work"
    assert (best[0][-2], best[0][-1]) == (numbers[Box.UNCLAIMED], numbers[Box.MINE]), "and the same counts"
    asked = Contest("inbox of 50 with counts", best_sql.INBOX, values, lambda: inbox_of(person))
    ratio = _compare(asked, limit)
    return say(ratio <= INBOX_TIMES, f"the inbox within {INBOX_TIMES:g} × of its best SQL: × {ratio:.2f}")


def _ledger(limit: psycopg.Connection[Any], person: User) -> bool:
    values = {"person": person.pk, "day": today()}
    mine = [row.measure.code for row in ledger_of(person)]
    for statement in (best_sql.LEDGER, best_sql.LEDGER_WITH_FACTS):
        best = limit.execute(statement, values).fetchall()  # type: ignore[arg-type]
        assert [row[4] for row in best[:PAGE]] == mine, "both show the same measures"
    bare = Contest("ledger page, lamps left out", best_sql.LEDGER, values, lambda: ledger_of(person))
    whole = Contest("ledger page with facts", best_sql.LEDGER_WITH_FACTS, values, lambda: ledger_of(person))
    _compare(bare, limit)
    ratio = _compare(whole, limit)
    return say(
        ratio <= LEDGER_TIMES,
        f"the ledger within {LEDGER_TIMES:g} × of the best SQL for its lines and the facts of their lamps: × {ratio:.2f}",
    )


def _overview(limit: psycopg.Connection[Any], person: User, code: str) -> None:
    values = {"person": person.pk, "day": today(), "plan": code}
    best = limit.execute(best_sql.OVERVIEW, values).fetchall()
    states, shares = overview_of(person, code)
    assert {row[2]: row[3] for row in best if row[0] is None} == states, "both count the same measures"
    assert sum(row[3] for row in best if row[0] is not None) == shares, "and the same shares"
    _compare(Contest("plan overview", best_sql.OVERVIEW, values, lambda: overview_of(person, code)), limit)


def _lamps(person: User) -> None:
    """What it costs to ask for a lamp: the database works it out for as many measures as it takes to fill a page."""
    for lamp in (Lamp.RED, Lamp.YELLOW):
        times = [_timed(lambda asked=lamp: ledger_of(person, Filters(lamp=asked))) for _ in range(LAMP_TURNS)]  # type: ignore[misc]
        rows = len(ledger_of(person, Filters(lamp=lamp)))
        print(f"ledger page of what is {lamp.value:8} {_in_ms(times)}   rows: {rows}")


def _pages(address: str, handler: User, supervisor: User, code: str) -> bool:
    print(
        "\nPages over HTTP from one process of the server, beside a page with nothing but the reader's name\n"
    )
    times = served_pages(address, handler, supervisor, code, TURNS)
    floor = median(times["trivial"])
    for name, seconds in times.items():
        print(f"{name:28}× {median(seconds) / floor:.2f} of the trivial page   {_in_ms(seconds)}")
    ratio = median(times["inbox"]) / floor
    return say(ratio <= PAGE_TIMES, f"the inbox page within {PAGE_TIMES:g} × of a trivial one: × {ratio:.2f}")


def _compare(asked: Contest, limit: psycopg.Connection[Any]) -> float:
    """Print one line; returns ours by the limit (p50)."""
    best, mine = [], []
    for _ in range(TURNS):
        best.append(_timed(lambda: limit.execute(asked.statement, asked.values).fetchall()))  # type: ignore[arg-type]
        mine.append(_timed(asked.ours))
    sent = counted(connection.connection, asked.ours)
    ratio = median(mine) / median(best)
    print(
        f"{asked.name:28}× {ratio:.2f} of best SQL   {_in_ms(best)} → {_in_ms(mine)}   statements: {sent.inside}"
    )
    return ratio


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _in_ms(seconds: Sequence[float]) -> str:
    p50, p95 = p50_p95(seconds)
    return f"{p50:.2f} ms (p95 {p95:.2f})"
