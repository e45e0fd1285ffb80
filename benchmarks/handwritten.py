"""The limit: W in hand-written SQL. Seventeen statements and thirty-eight row writes, every one of them prepared.

One statement is one durable step: it checks the right and the state, moves the row and writes the trail line. Nobody
can do less and still keep the rules that are asked of everybody here.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg

from benchmarks.unit import BUREAUS, SCORE, SUMMARY, Cast, Left, NotAllowedError, Step, progress, readings

TABLES = """
create table hand_role (
    person bigint not null, role text not null, scope bigint not null, primary key (person, role, scope)
);
create table hand_measure (
    id bigint generated always as identity primary key, number int not null, plan bigint not null,
    state text not null, summary text not null default '', score numeric, consolidated_by bigint, verified_by bigint
);
create table hand_share (
    id bigint generated always as identity primary key, measure bigint not null references hand_measure,
    bureau bigint not null, leads boolean not null, state text not null, holder bigint,
    text text not null default '', readings numeric[] not null default '{}', unique (measure, bureau)
);
create table hand_trail (
    id bigint generated always as identity primary key, measure bigint not null references hand_measure,
    actor bigint not null, role text not null, action text not null, object bigint not null,
    from_state text not null, to_state text not null, at timestamptz not null default now()
);
create index on hand_trail (measure);
"""

PLAN = 100
STRANGERS_BUREAU = 9
"""Bureaus are 1 to 4 here and people are numbers: the lead is bureau 1."""

DISPATCH = """
with allowed as (select 1 from hand_role where person = %(by)s and role = 'supervisor' and scope = %(plan)s),
measure as (
    insert into hand_measure (number, plan, state) select %(number)s, %(plan)s, 'assigned' from allowed returning id
), shares as (
    insert into hand_share (measure, bureau, leads, state)
    select measure.id, bureau, bureau = 1, 'assigned' from measure, generate_series(1, 4) bureau returning id, bureau
), line as (
    insert into hand_trail (measure, actor, role, action, object, from_state, to_state)
    select id, %(by)s, 'supervisor', 'dispatch', id, 'draft', 'assigned' from measure
)
select measure.id, shares.id from measure, shares order by shares.bureau
"""

SHARE_STEP = """
with moved as (
    update hand_share set state = '{after}' {also}
    where id = %(id)s and state = '{before}' {where} and exists (
        select from hand_role where person = %(by)s and role = '{role}' and scope = hand_share.bureau
    ) returning id, measure
)
insert into hand_trail (measure, actor, role, action, object, from_state, to_state)
select measure, %(by)s, '{role}', '{action}', id, '{before}', '{after}' from moved returning id
"""

MEASURE_STEP = """
with moved as (
    update hand_measure set state = '{after}' {also}
    where id = %(id)s and state = '{before}' {where} and exists (
        select from hand_role where person = %(by)s and role = '{role}' and scope = %(scope)s
    ) returning id
)
insert into hand_trail (measure, actor, role, action, object, from_state, to_state)
select id, %(by)s, '{role}', '{action}', id, '{before}', '{after}' from moved returning id
"""


def _share_step(action: str, role: str, before: str, after: str, also: str = "", where: str = "") -> str:
    return SHARE_STEP.format(action=action, role=role, before=before, after=after, also=also, where=where)


def _measure_step(action: str, role: str, before: str, after: str, also: str = "", where: str = "") -> str:
    return MEASURE_STEP.format(action=action, role=role, before=before, after=after, also=also, where=where)


CLAIM = _share_step("claim", "handler", "assigned", "in_progress", ", holder = %(by)s")
REPORT = _share_step(
    "report",
    "handler",
    "in_progress",
    "reported",
    ", text = %(text)s, readings = %(readings)s",
    "and holder = %(by)s",
)
APPROVE = _share_step("approve", "head", "reported", "verified", where="and holder <> %(by)s")
CONSOLIDATE = _measure_step(
    "consolidate",
    "head",
    "assigned",
    "reported",
    ", summary = %(summary)s, consolidated_by = %(by)s",
    "and not exists (select from hand_share where measure = %(id)s and state <> 'verified')",
)
VERIFY = _measure_step(
    "verify",
    "supervisor",
    "reported",
    "verified",
    ", verified_by = %(by)s",
    "and consolidated_by <> %(by)s"
    " and not exists (select from hand_share where measure = %(id)s and holder = %(by)s)",
)
EVALUATE = _measure_step("score", "evaluator", "verified", "scored", ", score = %(score)s")
CLOSE = _measure_step("close", "approver", "scored", "closed", where="and verified_by <> %(by)s")


class HandWritten:
    """psycopg and nothing else: autocommit, so that each statement is a transaction of its own."""

    name = "hand-written SQL"
    checks_rights = True
    keeps_a_trail = True

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True, prepare_threshold=0)
        self.cast = Cast((1, 2, 3, 4), (11, 12, 13, 14), 21, 22, 23, 99)
        self._measures: dict[int, int] = {}

    def connection(self) -> Any:
        """The connection."""
        return self._connection

    def prepare(self) -> Cast:
        """Tables and roles; the stranger is handler and head of another bureau and supervisor of another plan."""
        cast = self.cast
        roles = [
            *((person, "handler", bureau) for bureau, person in enumerate(cast.handlers, start=1)),
            *((person, "head", bureau) for bureau, person in enumerate(cast.heads, start=1)),
            (cast.supervisor, "supervisor", PLAN),
            (cast.approver, "approver", PLAN),
            (cast.evaluator, "evaluator", PLAN),
            (cast.stranger, "handler", STRANGERS_BUREAU),
            (cast.stranger, "head", STRANGERS_BUREAU),
            (cast.stranger, "supervisor", PLAN + 1),
            (cast.stranger, "approver", PLAN + 1),
            (cast.stranger, "evaluator", PLAN + 1),
        ]
        self._connection.execute(TABLES, prepare=False)
        with self._connection.cursor() as cursor:
            cursor.executemany("insert into hand_role values (%s, %s, %s)", roles)
        return cast

    def _do(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        rows = self._connection.execute(statement, values).fetchall()  # type: ignore[arg-type]
        if not rows:
            raise NotAllowedError
        return rows

    def _step(self, name: str, person: int, statement: str, **values: Any) -> Step:
        def act(by: int) -> object:
            return self._do(statement, by=by, **values)

        return Step(name, person, act, doors=(act,))

    def unit(self, number: int) -> Iterator[Step]:
        """The seventeen statements."""
        cast, made = self.cast, []

        def dispatch(by: int) -> None:
            made.extend(self._do(DISPATCH, by=by, plan=PLAN, number=number))

        yield Step("dispatch", cast.supervisor, dispatch, doors=(dispatch,))
        measure = self._measures[number] = made[0][0]
        for n, (_, share) in enumerate(made):
            yield self._step("claim", cast.handlers[n], CLAIM, id=share)
            told = {"text": progress(number, BUREAUS[n]), "readings": list(readings(number))}
            yield self._step("report", cast.handlers[n], REPORT, id=share, **told)
            yield self._step("approve", cast.heads[n], APPROVE, id=share)
        yield self._step("consolidate", cast.heads[0], CONSOLIDATE, id=measure, scope=1, summary=SUMMARY)
        yield self._step("verify", cast.supervisor, VERIFY, id=measure, scope=PLAN)
        yield self._step("score", cast.evaluator, EVALUATE, id=measure, scope=PLAN, score=SCORE)
        yield self._step("close", cast.approver, CLOSE, id=measure, scope=PLAN)

    def left_behind(self, number: int) -> Left:
        """The rows of that W."""
        key = self._measures[number]
        execute = self._connection.execute
        measure = execute("select state, summary, score from hand_measure where id = %s", [key]).fetchone()
        shares = execute(
            "select bureau, text, readings from hand_share where measure = %s order by bureau", [key]
        ).fetchall()
        lines = execute("select action from hand_trail where measure = %s", [key]).fetchall()
        assert measure is not None
        return Left(
            state=measure[0],
            reports=tuple((BUREAUS[bureau - 1], text, tuple(values)) for bureau, text, values in shares),
            summary=measure[1],
            score=measure[2],
            trail=Counter(action for (action,) in lines),
        )
