"""The health check: open to everyone, and only as good as the database."""

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client, override_settings


@pytest.mark.django_db
def test_health__with_a_database__is_ok_for_anyone(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.django_db
def test_health__without_a_database__is_unavailable(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(CursorWrapper, "execute", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert b"server closed" not in answer.content


@pytest.mark.django_db
def test_health__over_https__is_answered_without_a_redirect(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert Client().get("/healthz").status_code == 200
        assert Client().get("/").status_code == 301


def test_health__changes_nothing(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
