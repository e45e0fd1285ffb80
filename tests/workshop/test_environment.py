"""The environment: installed once, again when a lock changes, never with less than it holds."""

import json
import shutil
from pathlib import Path

import pytest

from workshop import environment


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would be run; the environment is an empty folder that works."""
    run: list[list[str]] = []
    locks = tmp_path / "requirements"
    shutil.copytree(environment.LOCKS, locks)
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(environment, "_works", lambda module="sys": True)
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(environment, "quietly", lambda command, **how: run.append(list(command)))
    return run


def lock_of(command: list[str]) -> str:
    return Path(command[-1]).name


def test_a_first_install__takes_the_lock_of_the_group_with_its_hashes(commands: list[list[str]]) -> None:
    environment.install("test")
    assert [lock_of(command) for command in commands] == ["test.txt"]
    assert {"--require-hashes", "--only-binary"} <= set(commands[0])


def test_a_second_install__of_the_same_or_less__does_nothing(commands: list[list[str]]) -> None:
    environment.install("test")
    environment.install("test")
    environment.install("base")
    assert len(commands) == 1


def test_an_install__of_more__adds_it(commands: list[list[str]]) -> None:
    environment.install("base")
    environment.install("check")
    assert [lock_of(command) for command in commands] == ["base.txt", "check.txt"]


def test_an_install__after_a_lock_changed__keeps_what_was_there_before(commands: list[list[str]]) -> None:
    environment.install("check")
    with (environment.LOCKS / "base.txt").open("a") as lock:
        lock.write("# changed\n")
    environment.install("base")
    assert [lock_of(command) for command in commands] == ["check.txt", "check.txt"]


def test_an_install__that_broke_off__is_done_again(commands: list[list[str]]) -> None:
    environment.install("base")
    environment.STAMP.write_text("{")
    environment.install("base")
    assert len(commands) == 2
    assert json.loads(environment.STAMP.read_text())["group"] == "base"


@pytest.mark.parametrize("uv", [None, "uv"])
def test_packages__for_another_folder__leave_the_environment_alone(uv: str | None, tmp_path: Path) -> None:
    command = environment.installer(uv, into=tmp_path)
    assert command[-1] == "-r"
    assert command[command.index("--target") + 1] == str(tmp_path)
