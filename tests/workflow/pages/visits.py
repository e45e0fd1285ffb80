"""A signed-in person at the pages, in English, so that sentences can be read whatever the catalogue says."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User


class Visitor:
    """Opens pages and sends forms by their names."""

    def __init__(self, person: User | None) -> None:
        self.client = Client()
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        if person is not None:
            self.client.force_login(person)

    def see(self, page: str, /, *args: Any, **query: Any) -> HttpResponse:
        """The page of that name."""
        return self.client.get(reverse(page, args=args), query)

    def send(self, page: str, /, *args: Any, **data: Any) -> HttpResponse:
        """The answer to a form sent to the page of that name."""
        return self.client.post(reverse(page, args=args), data)

    def follow(self, page: str, /, *args: Any, **data: Any) -> HttpResponse:
        """The page on which the person ends after sending a form."""
        return self.client.post(reverse(page, args=args), data, follow=True)


def words(response: HttpResponse) -> str:
    """The page as text."""
    return response.content.decode()


def told(response: HttpResponse) -> list[str]:
    """What the page tells the person after a decision."""
    return [str(message) for message in response.context["messages"]]
