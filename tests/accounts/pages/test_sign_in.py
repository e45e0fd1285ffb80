"""Signing in and out, the lock after five failures, one's own password, and the language."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

pytestmark = pytest.mark.django_db

STRONG = "tang-song-yuan-ming"
SIGN_IN = "/accounts/sign-in/"


@pytest.fixture
def person() -> User:
    """Somebody who can sign in."""
    return User.objects.create_user("limin", STRONG, name="李敏")


@pytest.fixture
def client() -> Client:
    """A browser that reads English."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_whoever_signs_in_goes_to_the_page_they_asked_for(client: Client, person: User) -> None:
    answer = client.post(SIGN_IN, {"username": "limin", "password": STRONG, "next": "/measures/"})

    assert answer.url == "/measures/"
    assert client.get(SIGN_IN).url == reverse("ledger:inbox")


def test_nobody_is_sent_to_a_foreign_page_after_signing_in(client: Client, person: User) -> None:
    answer = client.post(
        SIGN_IN, {"username": "limin", "password": STRONG, "next": "https://elsewhere.example/"}
    )

    assert answer.url == reverse("ledger:inbox")


def test_a_wrong_password_says_so_without_telling_whether_the_name_is_known(
    client: Client, person: User
) -> None:
    known = client.post(SIGN_IN, {"username": "limin", "password": "wrong"})
    unknown = client.post(SIGN_IN, {"username": "nobody", "password": "wrong"})

    said = [list(answer.context["form"].non_field_errors()) for answer in (known, unknown)]
    assert said[0] == said[1]
    assert said[0]


def test_after_five_failures_the_name_is_locked_for_half_an_hour(client: Client, person: User) -> None:
    for _ in range(5):
        client.post(SIGN_IN, {"username": "limin", "password": "wrong"})

    answer = client.post(SIGN_IN, {"username": "limin", "password": STRONG})
    assert answer.status_code == 429
    assert "this name is locked" in answer.content.decode()
    assert 'value="limin"' in answer.content.decode()

    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=False):
        assert client.post(SIGN_IN, {"username": "limin", "password": STRONG}).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert client.post(SIGN_IN, {"username": "limin", "password": STRONG}).status_code == 302


def test_a_locked_name_locks_nobody_else(client: Client, person: User) -> None:
    User.objects.create_user("wang", STRONG, name="王")
    for _ in range(6):
        client.post(SIGN_IN, {"username": "limin", "password": "wrong"})

    assert client.post(SIGN_IN, {"username": "wang", "password": STRONG}).status_code == 302


def test_a_closed_account_does_not_sign_in(client: Client, person: User) -> None:
    person.is_active = False
    person.save()

    assert client.post(SIGN_IN, {"username": "limin", "password": STRONG}).status_code == 200


def test_signing_out_needs_a_form_and_ends_the_session(client: Client, person: User) -> None:
    client.force_login(person)

    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.post(reverse("accounts:sign-out")).url == reverse("accounts:sign-in")
    assert client.get("/").status_code == 302


def test_the_own_password_is_changed_with_the_old_one(client: Client, person: User) -> None:
    client.force_login(person)
    new = {"new_password1": "xia-shang-zhou-qin", "new_password2": "xia-shang-zhou-qin"}

    wrong = client.post(reverse("accounts:password"), {"old_password": "wrong", **new})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["old_password"]
    right = client.post(reverse("accounts:password"), {"old_password": STRONG, **new})
    assert right.url == reverse("ledger:inbox")
    assert User.objects.get().check_password("xia-shang-zhou-qin")
    assert client.get("/").status_code == 200


def test_a_stranger_cannot_change_a_password(client: Client) -> None:
    assert client.get(reverse("accounts:password")).url.startswith(reverse("accounts:sign-in"))


def test_the_language_is_switched_and_the_reader_stays_on_the_page(client: Client, person: User) -> None:
    client.force_login(person)

    answer = client.post(
        reverse("accounts:language"), {"language": "zh-hans", "next": "/measures/?state=closed"}
    )

    assert answer.url == "/measures/?state=closed"
    assert '<html lang="zh-hans">' in client.get("/measures/").content.decode()
