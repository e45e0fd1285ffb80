"""Runs other programs, and stops with one sentence where one of them fails."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var"
LOG = WORK / "setup.log"


class StoppedError(Exception):
    """Nothing more can be done; the text is one sentence that says what to do."""


def quietly(
    command: Sequence[str], *, otherwise: str, where: Path = ROOT, extra: Mapping[str, str] | None = None
) -> None:
    """Run `command` with its output in the log and the variables `extra` set; raise StoppedError(otherwise)."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        try:
            done = subprocess.run(
                command,
                cwd=where,
                env={**os.environ, **(extra or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except OSError as why:
            raise StoppedError(f"{otherwise} ({why})") from why
    if done.returncode != 0:
        raise StoppedError(f"{otherwise} (What happened is at the end of {LOG}.)")


def answers(command: Sequence[str]) -> str | None:
    """What `command` prints, stripped, or None where it cannot be run or fails."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def openly(command: Sequence[str], extra: Mapping[str, str] | None = None) -> int:
    """Run `command` in the project's folder, its output shown; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(extra or {})}, check=False).returncode


@contextmanager
def one_at_a_time(path: Path = WORK / "setup.lock") -> Iterator[None]:
    """Hold the lock file `path`; wait while another process holds it. Its end frees it, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not _locked(file.fileno(), wait=False):
            print("Another dev.py is preparing this folder: waiting for it …", flush=True)
            _locked(file.fileno(), wait=True)
        yield


if sys.platform == "win32":

    def _locked(number: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True
else:

    def _locked(number: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
