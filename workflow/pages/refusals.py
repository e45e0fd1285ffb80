"""One place that turns refusals into pages with the right status. The transaction of the action did nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workflow.pages.page import show
from workflow.rules.refusal import Refused


class RefusalMiddleware:
    """Maps `Refused` to 403, 404, 409 or 422 with its sentence, on a page or, for htmx, in the flash line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal page, or None for what is no refusal."""
        if not isinstance(exception, Refused):
            return None
        return refusal_page(request, exception.status, str(exception))


def refusal_page(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """A page, or a line for htmx, that says in one sentence why nothing was done."""
    context = {"status": status, "headline": _headline(status), "sentence": text}
    if request.headers.get("HX-Request") == "true":
        response = show(request, "parts/_refusal.html", context, status=status)
        response["HX-Retarget"] = "#flash"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return show(request, "refusal.html", context, status=status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 403."""
    return refusal_page(request, 403, _("Your roles do not allow this here."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 404."""
    return refusal_page(request, 404, _("There is no such item, or you may not see it."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent from an old or foreign page."""
    return refusal_page(request, 403, _("The page had expired. Go back, reload it and send the form again."))


def _headline(status: int) -> str:
    return {
        403: _("Not allowed"),
        404: _("Not found"),
        409: _("Not possible any more"),
        422: _("Something is missing"),
    }[status]
