"""One place that turns refusals into pages with the right status. The transaction of the action did nothing."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from workflow.pages.origin import printable
from workflow.pages.page import show
from workflow.rules.refusal import Refused
from workflow.trail.actions import AuditAction
from workflow.trail.visits import note_refused_visit


class RefusalMiddleware:
    """Maps `Refused` to 403, 404, 409 or 422 with its sentence, on a page or, for htmx, in the flash line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal page, or None for what is no refusal."""
        if isinstance(exception, OperationalError) and is_busy(exception):
            return refusal_page(
                request, 503, _("Something large is being written just now. Try again in a minute.")
            )
        if not isinstance(exception, Refused):
            return None
        if exception.status in (403, 404) and not exception.is_recorded:
            note_refusal(request, exception.code, exception.status)
        return refusal_page(request, exception.status, str(exception))


def note_refusal(request: HttpRequest, code: str, status: int) -> None:
    """Write into the trail that a signed-in person was turned away at a page's door."""
    if hasattr(request, "user") and request.user.is_authenticated:
        note_refused_visit(
            AuditAction.PAGE_OPEN,
            code,
            by=request.user,
            path=printable(request.path, 200),
            method=request.method,
            status=status,
        )


BUSY = frozenset({"55P03", "40P01"})
"""PostgreSQL's codes for a row that another one held too long, and for two that waited for each other."""


def is_busy(error: OperationalError) -> bool:
    """Whether nothing is wrong but that somebody else was writing."""
    return getattr(error.__cause__, "sqlstate", "") in BUSY or "database is locked" in str(error)


def refusal_page(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """A page, or a line for htmx, that says in one sentence why nothing was done."""
    context = {"status": status, "headline": _headline(status), "sentence": text}
    if request.headers.get("HX-Request") == "true":
        response = show(request, "parts/_refusal.html", context, status=status)
        response["HX-Retarget"] = "#flash"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return show(request, "refusal.html", context, status=status)


TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's own 400: a page that says so where more was sent than is taken, a bare one for what is no request of ours."""
    if isinstance(exception, TOO_MUCH) and hasattr(request, "user"):
        return refusal_page(request, 400, _("More was sent at once than is taken. Send it in parts."))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 403."""
    note_refusal(request, "right.missing", 403)
    return refusal_page(request, 403, _("Your roles do not allow this here."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 404; an address that is no page's at all leaves no line."""
    if request.resolver_match is not None:
        note_refusal(request, "thing.unknown", 404)
    return refusal_page(request, 404, _("There is no such item, or you may not see it."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from an old or foreign page."""
    return refusal_page(request, 403, _("The page had expired. Go back, reload it and send the form again."))


def _headline(status: int) -> str:
    return {
        400: _("Too much at once"),
        403: _("Not allowed"),
        404: _("Not found"),
        409: _("Not possible any more"),
        422: _("Something is missing"),
        503: _("Busy"),
    }[status]
