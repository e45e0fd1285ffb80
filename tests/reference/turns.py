"""Two sessions take turns statement by statement, by seeded dice; one that waits for a lock yields its turn."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Condition
from typing import Any

import psycopg
from django.db import connection, connections

from workflow.rules.refusal import Refused

PATIENCE = 0.02
"""Seconds after which who waits for its turn looks whether the other one waits for a lock."""
WAITING = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"


class Turns:
    """Whose statement comes next. `order` tells afterwards whose statements ran, one after another."""

    def __init__(self, dice: random.Random, watcher: "psycopg.Connection[Any]") -> None:
        self.dice, self.watcher, self.changed = dice, watcher, Condition()
        self.turn, self.order = dice.randrange(2), ""
        self.pids: dict[int, int] = {}
        self.over: set[int] = set()

    def enter(self, me: int, pid: int) -> None:
        """A session is ready; nobody begins before both are."""
        with self.changed:
            self.pids[me] = pid
            self.changed.notify_all()
            self.changed.wait_for(lambda: len(self.pids) == 2)

    def leave(self, me: int) -> None:
        """A session is done: every turn is the other's."""
        with self.changed:
            self.over.add(me)
            self.turn = 1 - me
            self.changed.notify_all()

    def next(self, me: int) -> None:
        """Wait for one's turn before a statement; whoever had the last one throws the dice."""
        with self.changed:
            if self.turn == me and not self.over:
                self.turn = self.dice.randrange(2)
                self.changed.notify_all()
            while self.turn != me and not self.over:
                if not self.changed.wait_for(lambda: self.turn == me or self.over, PATIENCE):
                    self._take_over(me)
            self.order += str(me)

    def _take_over(self, me: int) -> None:
        if self.watcher.execute(WAITING, [self.pids[1 - me]]).fetchone():
            self.turn = me

    def gate(self, me: int) -> Callable[..., Any]:
        """The wrapper of a session's cursor."""

        def before(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self.next(me)
            return execute(sql, params, many, context)

        return before


def in_turns(dice: random.Random, acts: list[Callable[[], Any]]) -> tuple[list[Any], str]:
    """What each of the two acts came to (None, or the refusal or fault it met), and the order of the statements."""
    given = connection.get_connection_params()
    address = {
        name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)
    }
    with psycopg.connect(**address, autocommit=True) as watcher:
        turns = Turns(dice, watcher)

        def run(me: int) -> Any:
            connection.ensure_connection()
            turns.enter(me, connection.connection.info.backend_pid)
            try:
                with connection.execute_wrapper(turns.gate(me)):
                    acts[me]()
            except (Refused, Exception) as met:  # noqa: BLE001 - a fault is what the proof looks for
                return met
            finally:
                turns.leave(me)
                connections.close_all()
            return None

        with ThreadPoolExecutor(2) as pool:
            futures = [pool.submit(copy_context().run, run, me) for me in (0, 1)]
            return [future.result(timeout=60) for future in futures], turns.order
