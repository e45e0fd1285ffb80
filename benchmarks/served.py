"""Whole pages as a browser gets them: over HTTP, from the server that the project runs under, by people signed in."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from time import monotonic, perf_counter, sleep

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User

HOST = "127.0.0.1"
WARM = 10
PATIENCE = 60.0
"""Seconds until the server must answer."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def served_pages(
    address: str, handler: User, supervisor: User, plan: str, turns: int
) -> Mapping[str, list[float]]:
    """Seconds of each page, `turns` times by turns: a trivial one, inbox, ledger and overview."""
    hands, eyes = _cookie(handler), _cookie(supervisor)
    pages = {
        "trivial": ("/trivial", hands),
        "inbox": (reverse("ledger:inbox") + "?box=unclaimed", hands),
        "ledger": (reverse("ledger:measures"), eyes),
        "ledger of a bureau": (reverse("ledger:measures"), hands),
        "plan overview": (reverse("ledger:plan-detail", args=[plan]), eyes),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    with _server(address) as connection:
        for turn in range(WARM + turns):
            for name, (page, cookie) in pages.items():
                start = perf_counter()
                _get(connection, page, cookie)
                if turn >= WARM:
                    times[name].append(perf_counter() - start)
    return times


def _cookie(person: User) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _get(connection: HTTPConnection, page: str, cookie: str) -> None:
    connection.request("GET", page, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{page} answers {answer.status}")


@contextmanager
def _server(address: str) -> Iterator[HTTPConnection]:
    """One process of gunicorn with one thread, and a connection to it that stays open."""
    with socket.socket() as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((HOST, 0))
        listening.listen()
        port = listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--config", "config/server.py", "--workers", "1"]
        command += ["--threads", "1", "--log-level", "error", "--bind", f"fd://{listening.fileno()}"]
        running = subprocess.Popen(
            [*command, "config.wsgi"],
            env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"},
            pass_fds=[listening.fileno()],
        )
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        _await(connection)
        yield connection
    finally:
        connection.close()
        running.terminate()
        running.wait()


def _await(connection: HTTPConnection) -> None:
    """Until the server answers."""
    until = monotonic() + PATIENCE
    while True:
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            connection.close()
            if monotonic() > until:
                raise
            sleep(0.2)
        else:
            return
