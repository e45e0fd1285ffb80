"""Fifty people want one work item at the same moment, forty times, from the served process."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
import pytest

from tests.prove.races import enter, run_all
from tests.prove.served import attending, manage, serving

PEOPLE, TIMES = 50, 40


class Database(Protocol):
    """Makes a database of the proof's own and gives its address."""

    __name__: str

    def __call__(self, folder: Path) -> AbstractContextManager[str]: ...


@contextmanager
def on_a_file(folder: Path) -> Iterator[str]:
    """A SQLite file."""
    yield f"sqlite:///{folder / 'ledger.sqlite3'}"


@contextmanager
def on_postgres(folder: Path) -> Iterator[str]:
    """A database beside that of DATABASE_URL, dropped afterwards."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        pytest.skip("needs DATABASE_URL to name a PostgreSQL database")
    name = f"duban_fifty_at_once_{os.getpid()}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{given.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.prove
@pytest.mark.parametrize("database", [on_postgres, on_a_file])
def test_fifty_people_want_one_item__exactly_one_gets_it_and_the_others_are_told_who(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(tmp_path) as url:
        environment = {
            "DATABASE_URL": url,
            "DUBAN_VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        manage(environment, "migrate", "--noinput")
        manage(environment, "collectstatic", "--noinput")
        with attending(environment) as ask, serving(environment, tmp_path / "server.log") as served:
            stage = ask("build", PEOPLE, TIMES)
            figures = run_all(enter(served, stage, lambda: ask("account")), served)
    with capsys.disabled():
        for line in ["", *figures.lines]:
            os.write(1, f"{database.__name__}: {line}\n".encode())
