"""`dev.py run`: serves the ledger on this machine alone, until Ctrl-C."""

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from workshop import database, sealing
from workshop.environment import AGAIN, PYTHON
from workshop.preparing import prepare
from workshop.running import ROOT, StoppedError, one_at_a_time, openly, quietly

HOST = "127.0.0.1"
NO_STATIC = f"The pages' files could not be collected: see to space on the disk, {AGAIN}"


def run(port: int) -> int:
    """Prepare everything, say where to go and who may sign in, and serve; return the server's exit code."""
    open_port(port).close()
    prepare("base")
    with one_at_a_time():
        database.ready()
        sealing.ready()
        collect_static()
    listening = open_port(port)
    print(
        f"\nDuban is served on http://{HOST}:{port} (Ctrl-C ends it; what you do there is kept).\n",
        flush=True,
    )
    openly([str(PYTHON), "manage.py", "load_sample", "--list"])
    return serve(listening)


def open_port(port: int) -> socket.socket:
    """A socket that holds `port` on this machine; StoppedError where it is taken or may not be used."""
    listening = socket.socket()
    try:
        listening.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # or small answers wait 40 ms for a browser
        if sys.platform != "win32":  # there the option would share a port that is taken
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except (OSError, OverflowError) as why:
        listening.close()
        raise StoppedError(
            f"Port {port} cannot be used ({why}): choose another, as in: python3 dev.py run --port {port % 60000 + 1}"
        ) from why
    return listening


def data_folder() -> Path:
    """Where the settings keep the embedded database and the files of the pages and people."""
    return Path(os.environ.get("DUBAN_VAR_DIR") or ROOT / "var")


def collect_static() -> None:
    """Collect and compress the pages' files when one of them changed since the last time."""
    stamp = data_folder() / "static" / ".collected"
    digest = _digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    quietly([str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear"], otherwise=NO_STATIC)
    stamp.write_text(digest, encoding="ascii")


def serve(listening: socket.socket) -> int:
    """Serve from the socket: by gunicorn in place of this process, on Windows by waitress beside it."""
    sys.stdout.flush()
    sealer = sealing.beside()
    if sys.platform == "win32":
        port = listening.getsockname()[1]
        listening.close()
        try:
            return openly(
                [str(PYTHON), "-m", "waitress", f"--listen={HOST}:{port}", "config.wsgi:application"]
            )
        finally:
            sealer.terminate()
    return _become_gunicorn(listening)


def _become_gunicorn(listening: socket.socket) -> NoReturn:
    listening.listen(2048)
    listening.set_inheritable(True)
    os.chdir(ROOT)
    os.environ["DUBAN_SERVER_LOG_LEVEL"] = os.environ.get("DUBAN_SERVER_LOG_LEVEL", "warning")
    gunicorn = [str(PYTHON), "-m", "gunicorn", "--config", "config/server.py"]
    command = [*gunicorn, "--bind", f"fd://{listening.fileno()}", "config.wsgi"]
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def _digest() -> str:
    """One hash over the files that are collected: our own, and by their lock those of the packages."""
    total = hashlib.sha256()
    for path in [ROOT / "requirements" / "base.txt", *sorted((ROOT / "static").rglob("*"))]:
        if path.is_file():
            total.update(Path(path).relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
