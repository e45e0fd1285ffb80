"""Every address that the project answers, with the methods that its page has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PLAIN = {"accounts:language": {"POST"}, "healthz": {"GET"}}
"""Views that are functions and say nowhere which methods they have."""


@dataclass(frozen=True, slots=True)
class Route:
    """A named address and the methods of its view."""

    name: str
    methods: frozenset[str]
    pattern: str


def routes() -> list[Route]:
    """All routes, in the order of the addresses."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Any, namespace: str, before: str) -> Iterator[Route]:
    for pattern in patterns:
        where = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, where)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}"
            yield Route(name, _methods(name, pattern), where)


def _methods(name: str, pattern: URLPattern) -> frozenset[str]:
    if name in PLAIN:
        return frozenset(PLAIN[name])
    view = pattern.callback.view_class
    return frozenset(
        method
        for method in METHODS
        if method.lower() in view.http_method_names and hasattr(view, method.lower())
    )
