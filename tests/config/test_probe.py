"""The health check from beside the server."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from config import probe


class Answer(BaseHTTPRequestHandler):
    """Answers with the status that the server holds and keeps what was asked."""

    def do_GET(self) -> None:
        self.server.asked = (self.path, self.headers["Host"])
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Answer) as serving:
        monkeypatch.setenv("DUBAN_BIND", f"0.0.0.0:{serving.server_port}")
        thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def test_probe__of_a_healthy_server__passes_under_an_allowed_name(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.status = 200
    monkeypatch.setenv("DJANGO_ALLOWED_HOSTS", ".ledger.example.org,127.0.0.1")
    assert probe.main() == 0
    assert server.asked == ("/healthz", "ledger.example.org")


def test_probe__of_an_unhealthy_server__fails(server: HTTPServer) -> None:
    server.status = 503
    assert probe.main() == 1


def test_probe__where_nothing_listens__fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), Answer) as closed:
        monkeypatch.setenv("DUBAN_BIND", f"127.0.0.1:{closed.server_port}")
    assert probe.main() == 1


@pytest.mark.parametrize("allowed", ["", "*"])
def test_probe__where_every_name_is_allowed__asks_for_this_machine(allowed: str) -> None:
    assert probe.question({"DJANGO_ALLOWED_HOSTS": allowed}).get_header("Host") == "127.0.0.1"
