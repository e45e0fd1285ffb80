"""The races of the long proof in small, on the engine of the suite: eight people, two items of each kind."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.prove.races import enter, run_all
from tests.prove.served import attending, serving

PEOPLE, TIMES = 8, 2


@contextmanager
def copied(folder: Path) -> Iterator[str]:
    """The address of a database with the tables of the suite's, which itself is left alone."""
    if connection.vendor == "sqlite":
        file = folder / "ledger.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{file}"
        return
    suite, copy = connection.settings_dict, f"{connection.settings_dict['NAME']}_raced"
    connection.close()  # a database is copied while nobody is connected to it
    place = f"{suite['USER']}@{suite['HOST'] or 'localhost'}:{suite['PORT'] or 5432}"
    secret = {"password": suite["PASSWORD"]} if suite["PASSWORD"] else {}
    with psycopg.connect(f"postgres://{place}/postgres", autocommit=True, **secret) as server:
        server.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{suite["NAME"]}"')
        try:
            yield f"postgres://{place}/{copy}"
        finally:
            server.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


@pytest.mark.django_db(transaction=True)
def test_eight_people_want_one_item__exactly_one_gets_it_and_the_others_are_told_who(tmp_path: Path) -> None:
    with copied(tmp_path) as url:
        environment = {
            "DATABASE_URL": url,
            "DUBAN_VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PGPASSWORD": connection.settings_dict.get("PASSWORD") or os.environ.get("PGPASSWORD", ""),
        }
        with attending(environment) as ask, serving(environment, tmp_path / "server.log") as served:
            stage = ask("build", PEOPLE, TIMES)
            run_all(enter(served, stage, lambda: ask("account")), served)
