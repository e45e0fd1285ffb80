"""Every address that a person is offered: the links and the forms of each page that they can reach from the inbox."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

STARTS = ("/", "/done/", "/measures/", "/plans/", "/imports/", "/master-data/")
LEFT_OUT = ("/accounts/", "/static/", "/healthz")
"""Signing in and out is nobody's content."""
WORD = "换人再试"


@dataclass(frozen=True, slots=True)
class Form:
    """A form with a value in each of its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Offered:
    """What one person is offered: addresses to open, with their status, and forms to send."""

    pages: dict[str, int] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._fields: dict[str, str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "hx-get") if given.get(name)]
        self._form(tag, given)
        if self._fields is not None and given.get("name"):
            self._field(tag, given)
        if tag == "option" and self._fields is not None and given.get("value"):
            self._fields[self._select] = self._fields.get(self._select) or given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None

    def _form(self, tag: str, given: dict[str, str]) -> None:
        sent = given.get("hx-post") or given.get("formaction")
        if tag == "form" and given.get("method", "").lower() == "post":
            self._fields = {}
            self.forms.append((given.get("action", ""), self._fields))
        if sent:
            self.forms.append((sent, self._fields if self._fields is not None else {}))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._fields is not None
        name = given["name"]
        if tag == "select":
            self._select = name
            self._fields.setdefault(name, "")
        elif tag == "textarea" or given.get("type", "text") in {"text", "search"}:
            self._fields[name] = given.get("value") or WORD
        elif given.get("type") != "file":
            self._fields.setdefault(name, given.get("value", ""))


def crawl(client: Client, most: int = 10_000) -> Offered:
    """Follow every link from the tabs, on `most` pages; nothing is sent."""
    offered, queue = Offered(), deque(STARTS)
    while queue and len(offered.pages) < most:
        path = queue.popleft()
        if path in offered.pages or path.startswith(LEFT_OUT):
            continue
        answer = client.get(path)
        offered.pages[path] = answer.status_code
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            b"".join(answer.streaming_content if answer.streaming else ())  # a file closes when it is read
            continue
        reader = _Reader()
        reader.feed(answer.content.decode())
        queue.extend(_local(path, link) for link in reader.links if _is_local(path, link))
        _note(offered, path, reader)
    return offered


def _note(offered: Offered, path: str, reader: _Reader) -> None:
    for action, fields in reader.forms:
        where = _local(path, action)
        if not where.startswith(LEFT_OUT):
            offered.forms.setdefault(where, Form(where, tuple(sorted(fields.items()))))


def _local(path: str, link: str) -> str:
    return urlsplit(urljoin(path, link)).path


def _is_local(path: str, link: str) -> bool:
    parts = urlsplit(urljoin(path, link))
    return not parts.netloc and parts.scheme in {"", "http"} and parts.path.startswith("/")
