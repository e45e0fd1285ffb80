"""Commands on a database without tables: one sentence that says what to run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workflow.intake.greenway import WHOLE

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation whose database is empty."""
    file = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    return {**os.environ, "DATABASE_URL": file, "DUBAN_VAR_DIR": str(tmp_path), "PYTHONWARNINGS": ""}


@pytest.fixture
def greenway(tmp_path: Path) -> str:
    path = tmp_path / "greenway.txt"
    path.write_text(WHOLE, encoding="utf-8")
    return str(path)


def run(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command as an operator runs it."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("load_sample",),
        ("load_sample", "--if-empty"),
        ("load_sample", "--list"),
        ("load_plan",),
        ("check_consistency",),
        ("create_first_administrator", "--username", "chen"),
        ("create_first_administrator", "--if-none"),
    ],
    ids=" ".join,
)
def test_a_command__on_an_empty_database__says_what_to_run_and_ends_with_2(
    empty: dict[str, str], greenway: str, arguments: tuple[str, ...]
) -> None:
    file = [greenway] if arguments == ("load_plan",) else []
    ended = run(empty, *arguments, *file)
    assert ended.returncode == 2, ended.stderr
    assert ended.stdout == ""
    assert ended.stderr.startswith("CommandError: ")
    assert "manage.py migrate" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_dry_run__needs_no_database(empty: dict[str, str], greenway: str) -> None:
    ended = run(empty, "load_plan", greenway, "--dry-run")
    assert ended.returncode == 0, ended.stderr
