"""Reading with very much open work: the inbox and the ledger as their pages ask for them, beside the best SQL for it."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

import psycopg
from django.db import connection

from accounts.models import User
from accounts.rights import standing
from benchmarks.counting import counted
from benchmarks.report import p50_p95, say
from benchmarks.seed import Seed
from flows.inbox import COUNT_LIMIT, PAGE, Box, counts, open_items
from workflow.clock.now import today
from workflow.queries.ledger import Filters, ledger_page
from workflow.queries.visibility import measures_visible_to

TURNS = 200
MOST_TIMES = 3.0

RIGHTS = """
    select a.scope_id from accounts_appointment a
    join accounts_user u on u.id = a.user_id and u.is_active
    join accounts_membership m on m.user_id = a.user_id and m.bureau_id = a.scope_id
        and m.since <= %(day)s and (m.until is null or m.until >= %(day)s)
    where a.user_id = %(person)s and a.role = 'handler' and a.scope_kind = 'bureau'
        and a.since <= %(day)s and (a.until is null or a.until >= %(day)s)
"""

INBOX = f"""
with desk as ({RIGHTS}), page as (
    select i.* from desk cross join lateral (
        select id, process_id, measure_id, share_id, flow_task, due from flows_workitem
        where bureau_id = desk.scope_id and role = 'handler' and finished is null and owner_id is null
        order by due, id limit {PAGE + 1}
    ) i order by i.due, i.id limit {PAGE + 1}
)
select page.*, measure.code, measure.title, share.state, bureau.name,
    (select count(*) from (
        select from desk join flows_workitem i on i.bureau_id = desk.scope_id and i.role = 'handler'
        where i.finished is null and i.owner_id is null limit {COUNT_LIMIT}) free),
    (select count(*) from (
        select from flows_workitem i where i.owner_id = %(person)s and i.finished is null
        and i.bureau_id in (select scope_id from desk) limit {COUNT_LIMIT}) mine)
from page
join workflow_measure measure on measure.id = page.measure_id
join workflow_share share on share.id = page.share_id
join accounts_bureau bureau on bureau.id = share.bureau_id
order by page.due, page.id
"""

LEDGER = f"""
with visible as (
    select a.scope_id from accounts_appointment a join accounts_user u on u.id = a.user_id and u.is_active
    where a.user_id = %(person)s and a.role = 'supervisor' and a.scope_kind = 'plan'
        and a.since <= %(day)s and (a.until is null or a.until >= %(day)s)
), page as (
    select m.* from visible cross join lateral (
        select id, plan_id, section_id, position, code, title, state, shares_total, shares_open, shares_verified
        from workflow_measure where plan_id = visible.scope_id order by plan_id, position limit {PAGE + 1}
    ) m order by m.plan_id, m.position limit {PAGE + 1}
)
select page.*, section.title, bureau.name, cycle.due
from page
join workflow_section section on section.id = page.section_id
join workflow_share share on share.measure_id = page.id and share.is_lead
join accounts_bureau bureau on bureau.id = share.bureau_id
join workflow_cycle cycle on cycle.measure_id = page.id and cycle.is_current
order by page.plan_id, page.position
"""


def read(address: str, items: int) -> bool:
    """Seed, measure and print; False where the inbox costs more than it may."""
    print(f"\nReading with {items:,} open items ({TURNS} times by turns, p50)\n")
    seed = Seed(items)
    seed.fill()
    with psycopg.connect(address, autocommit=True, prepare_threshold=0) as limit:
        met = _inbox(limit, seed.handlers[3])
        _ledger(limit, seed.supervisor)
    return met


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


def ledger_of(person: User) -> list[Any]:
    """What the ledger page asks for its rows, lamps included."""
    rows, _ = ledger_page(measures_visible_to(person), Filters(), "", today())
    return [(row.measure.code, row.lead, row.due) for row in rows]


def _inbox(limit: psycopg.Connection[Any], person: User) -> bool:
    values = {"person": person.pk, "day": today()}
    best = limit.execute(INBOX, values).fetchall()
    rows, numbers = inbox_of(person)
    assert [row[0] for row in best[:PAGE]] == [row[0] for row in rows], "both show the same work"
    assert (best[0][-2], best[0][-1]) == (numbers[Box.UNCLAIMED], numbers[Box.MINE]), "and the same counts"
    ratio = _compare("inbox of 50 with counts", limit, INBOX, values, lambda: inbox_of(person))
    return say(ratio <= MOST_TIMES, f"the inbox within {MOST_TIMES:g} × of its best SQL: × {ratio:.2f}")


def _ledger(limit: psycopg.Connection[Any], person: User) -> None:
    values = {"person": person.pk, "day": today()}
    best = limit.execute(LEDGER, values).fetchall()
    assert [row[4] for row in best[:PAGE]] == [code for code, *_ in ledger_of(person)], (
        "both show the same measures"
    )
    _compare("ledger page of 50", limit, LEDGER, values, lambda: ledger_of(person))
    print("(the ledger's best SQL leaves the lamps out; ours works them out)")


def _compare(
    name: str,
    limit: psycopg.Connection[Any],
    statement: str,
    values: dict[str, Any],
    ours: Callable[[], object],
) -> float:
    """Print one line; returns ours by the limit (p50)."""
    best, mine = [], []
    for _ in range(TURNS):
        best.append(_timed(lambda: limit.execute(statement, values).fetchall()))  # type: ignore[arg-type]
        mine.append(_timed(ours))
    sent = counted(connection.connection, ours)
    ratio = median(mine) / median(best)
    print(f"{name:26}× {ratio:.2f} of best SQL   {_in_ms(best)} → {_in_ms(mine)}   statements: {sent.inside}")
    return ratio


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def _in_ms(seconds: Sequence[float]) -> str:
    p50, p95 = p50_p95(seconds)
    return f"{p50:.2f} ms (p95 {p95:.2f})"
