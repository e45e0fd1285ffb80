"""What a person sees when something is wrong, with DEBUG off."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from config.urls import handler403, handler404
from config.urls import urlpatterns as ours

__all__ = ["handler403", "handler404"]


def broken(request: object) -> None:
    raise RuntimeError("a secret of the server")


urlpatterns = [path("broken", broken), *ours]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_an_error_of_ours__is_a_page_in_both_languages_and_tells_nothing() -> None:
    answer = Client(raise_request_exception=False).get("/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "未作任何更改" in page
    assert "Nothing was changed" in page
    assert "secret" not in page


@pytest.mark.django_db
def test_an_unknown_address__is_a_page_of_ours() -> None:
    answer = Client().get("/no-such-page")
    assert answer.status_code == 404
    assert "refusal.html" in [template.name for template in answer.templates]


@pytest.mark.django_db
def test_a_host_name_that_is_not_ours__is_refused() -> None:
    assert Client().get("/", headers={"host": "elsewhere.example.org"}).status_code == 400
