"""What no text of the ledger can hold is refused before any page reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from workflow.pages.refusals import not_found, refusal_page

NUL = "\0"
"""The one character that PostgreSQL keeps in no text, and looks for in none."""


class CharacterMiddleware:
    """404 for an address with such a character, 422 for a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """The refusal, or None where every page may read what was sent."""
        if NUL in request.path_info or _holds_nul(request.GET):
            return not_found(request)
        if _holds_nul(request.POST):
            words = _("The form holds a character that cannot be kept (NUL). Leave it out and send it again.")
            return refusal_page(request, 422, words)
        return None


def _holds_nul(sent: QueryDict) -> bool:
    return any(NUL in text for name, texts in sent.lists() for text in (name, *texts))
