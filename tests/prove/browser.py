"""A person at a browser: a cookie jar, the real sign-in page; and many of them at one moment."""

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Barrier
from typing import Self
from urllib.parse import urlencode

from tests.prove.served import HOST

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, where it leads, and the page."""

    status: int
    location: str
    page: str


@dataclass(slots=True)
class Person:
    """Somebody with a browser of their own. `name` is what pages call them."""

    port: int
    username: str
    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, password: str) -> Self:
        """Sign in through the page, as everybody does."""
        page = self.get("/accounts/sign-in/")
        token = TOKEN.search(page.page)
        assert token is not None, page
        answer = self._ask(
            "POST",
            "/accounts/sign-in/",
            {"username": self.username, "password": password, "csrfmiddlewaretoken": token[1]},
        )
        assert answer.status == 302, (self.username, answer)
        assert "sessionid" in self.cookies
        return self

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, data: Mapping[str, str] | None = None) -> Answer:
        """Send a form, with the token that belongs to this browser's cookie."""
        return self._ask("POST", path, {**(data or {}), "csrfmiddlewaretoken": self.cookies["csrftoken"]})

    def _ask(self, method: str, path: str, data: Mapping[str, str] | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data)
        line = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            line.request(method, path, body=body, headers=headers)
            response = line.getresponse()
            page = response.read().decode()
        finally:
            line.close()
        self._keep(response.msg.get_all("Set-Cookie") or [])
        return Answer(response.status, response.getheader("Location") or "", page)

    def _keep(self, cookies: Iterable[str]) -> None:
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value


class Crowd:
    """People who act at the same moment."""

    def __init__(self, people: list[Person]) -> None:
        self.people = people
        self._pool = ThreadPoolExecutor(max_workers=len(people))

    def each(self, act: Callable[[Person], Answer]) -> list[Answer]:
        """Let everybody do it, all starting at one moment; the answers in the order of `people`."""
        return self.at_once([(person, act) for person in self.people])

    def at_once(self, acts: list[tuple[Person, Callable[[Person], Answer]]]) -> list[Answer]:
        """Let each person do what stands beside them, all starting at one moment."""
        together = Barrier(len(acts))

        def go(person: Person, act: Callable[[Person], Answer]) -> Answer:
            together.wait(timeout=PATIENCE)
            return act(person)

        return [done.result() for done in [self._pool.submit(go, *one) for one in acts]]

    def close(self) -> None:
        """Everybody goes home."""
        self._pool.shutdown()
