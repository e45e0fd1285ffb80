"""Settings as the environment shapes them, each read by a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
READ = "import json, sys; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}, default=str))"


def read(names: list[str], **environment: str) -> dict[str, Any]:
    """The named settings in the environment given, and no other of ours."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "DUBAN_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-c", READ.format(names=names)],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_database__by_default__is_a_file_beside_the_evidence_whatever_its_folder_is_called(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "督办 + 100 % #1"
    found = read(["DATABASES", "MEDIA_ROOT"], DUBAN_VAR_DIR=str(folder))
    database = found["DATABASES"]["default"]
    assert database["NAME"] == str(folder / "ledger.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["MEDIA_ROOT"] == str(folder / "evidence")


def test_database__on_postgresql__never_waits_for_ever(tmp_path: Path) -> None:
    address = "postgres://duban@db:5432/duban"
    found = read(["DATABASES"], DUBAN_VAR_DIR=str(tmp_path), DATABASE_URL=address)["DATABASES"]["default"]
    assert (found["HOST"], found["NAME"], found["USER"]) == ("db", "duban", "duban")
    assert "lock_timeout" in found["OPTIONS"]["options"]


def test_secret_key__made_once__is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = read(["SECRET_KEY"], DUBAN_VAR_DIR=str(tmp_path))["SECRET_KEY"]
    assert len(first) >= 50
    assert read(["SECRET_KEY"], DUBAN_VAR_DIR=str(tmp_path))["SECRET_KEY"] == first
    if sys.platform != "win32":
        assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("told", "secure"), [("true", True), ("false", False)])
def test_cookies__over_https__are_secure(tmp_path: Path, told: str, secure: bool) -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DEBUG"]
    found = read(names, DUBAN_VAR_DIR=str(tmp_path), DUBAN_HTTPS=told)
    assert [found[name] for name in names] == [secure, secure, secure, False]
