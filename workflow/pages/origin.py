"""Tells the trail where a request comes from."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from workflow.trail.origin import Origin, coming_from

CLIENT_LIMIT = 200


class OriginMiddleware:
    """Keeps the address and the client of the request for the lines that it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        with coming_from(origin_of(request)):
            return self.get_response(request)


def origin_of(request: HttpRequest) -> Origin:
    """The client's address, as the nearest server that is ours saw it, and what the client calls itself."""
    return Origin(_address(request), printable(request.META.get("HTTP_USER_AGENT", ""), CLIENT_LIMIT))


def _address(request: HttpRequest) -> str:
    """Each of PROXY_COUNT servers adds the address it was asked from; what stands before these anyone may have written."""
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if settings.PROXY_COUNT else []
    found = told[-settings.PROXY_COUNT :][0] if told else nearest
    return _valid(found) or _valid(nearest)


def _valid(text: str) -> str:
    try:
        return str(ip_address(text.strip().strip("[]")))
    except ValueError:
        return ""


def printable(text: str, limit: int) -> str:
    """The text as the trail can keep it: what cannot be shown is a question mark, what is too long is cut."""
    return "".join(one if one.isprintable() else "?" for one in text[:limit])
