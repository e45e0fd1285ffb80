"""The served process: gunicorn with the project's own configuration, on a database of the proof's own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A ledger that answers on `port`; what the server printed stands in `log`."""

    port: int
    log: Path

    def printed(self) -> str:
        """All that the server printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a management command on the proof's database; fail with its output where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stderr[-3000:]}"


@contextmanager
def attending(environment: Mapping[str, str]) -> Iterator[Callable[..., dict[str, Any]]]:
    """A process beside the server that builds the races' world and says what the database holds: `ask("account")`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.prove.race_world"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answered = process.stdin, process.stdout

    def ask(*words: object) -> dict[str, Any]:
        asked.write(" ".join(map(str, words)) + "\n")
        asked.flush()
        found: dict[str, Any] = json.loads(answered.readline())
        return found

    try:
        yield ask
    finally:
        asked.close()
        process.wait(timeout=PATIENCE)
        answered.close()


@contextmanager
def serving(environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Serve `config.wsgi` by gunicorn under `config/server.py` for the block, then end that process alone."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/server.py", "config.wsgi"]
    with log.open("wb") as printed:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment, "DUBAN_BIND": f"{HOST}:{port}"},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            served = Served(port, log)
            _wait_until_healthy(served, process)
            yield served
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(served: Served, process: "subprocess.Popen[bytes]") -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, f"the server ended: {served.printed()[-3000:]}"
        try:
            with direct.open(f"http://{HOST}:{served.port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer: {served.printed()[-3000:]}")
