"""A hundredth of the benchmark on PostgreSQL: the contestants agree on what W leaves behind, and ours keeps its bar."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str, server: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": server},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def _server() -> str:
    known = connection.settings_dict
    who = ":".join(part for part in (known["USER"], known["PASSWORD"]) if part)
    return f"postgres://{who}{'@' if who else ''}{known['HOST'] or '127.0.0.1'}:{known['PORT'] or 5432}/"


@pytest.mark.postgres
def test_every_contestant_leaves_the_same_w_behind_and_ours_stays_below_ten_statements() -> None:
    name = f"{connection.settings_dict['NAME']}_bench"
    done = _run(
        "--rounds",
        "1",
        "--seconds",
        "0.2",
        "--items",
        "1000",
        "--measures",
        "200",
        "--database",
        name,
        server=_server(),
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "holds  every W closed, every trail line there, nobody without the role let through" in done.stdout
    assert "holds  at most 10 statements a step" in done.stdout
    assert "holds  every measure and unit is there" in done.stdout
    assert "inbox of 50 with counts" in done.stdout, "both show the same work and the same counts"
    assert "ledger page with facts" in done.stdout, "both show the same measures"
    assert "plan overview" in done.stdout, "both count the same"
    assert "the inbox page within 5 × of a trivial one" in done.stdout, "and the server answered every page"


def test_without_a_server_it_says_so_and_measures_nothing() -> None:
    done = _run(server="postgres://127.0.0.1:1/")
    assert done.returncode == 2
    assert "PostgreSQL cannot be reached" in done.stderr
    assert done.stdout == ""
