"""交办单: a dispatch order as a page to print and as a Word file, whole or the extract that a bureau may have."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from workflow.documents.dispatch_order import order_words
from workflow.documents.ledger_sheet import LANGUAGE
from workflow.documents.order_file import MEDIA_TYPE, order_file
from workflow.documents.seal_mark import mark_image, mark_words
from workflow.pages.page import Page
from workflow.queries.orders import order_copy
from workflow.trail.actions import AuditAction
from workflow.trail.sealing.marks import Mark, mark_of
from workflow.trail.visits import note_visit


def _seal(mark: Mark | None) -> dict[str, str] | None:
    """The line and the picture at the foot of the printed order, in the order's language."""
    if mark is None:
        return None
    with override(LANGUAGE):
        return {"words": mark_words(mark), "image": mark_image(mark)}


class OrderDetail(Page):
    """The order as it is printed; 404 for who may know of none of its measures."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest, order: int) -> HttpResponse:
        """The reader's copy."""
        copy = order_copy(self.person, order, self.held)
        return self.show(
            "workflow/order.html",
            {"copy": copy, "words": order_words(copy), "seal": _seal(mark_of(copy.plan))},
        )


class OrderFile(Page):
    """The same as a Word file."""

    def get(self, request: HttpRequest, order: int) -> HttpResponse:
        """The reader's copy, named after its number."""
        words = order_words(order_copy(self.person, order, self.held))
        note_visit(AuditAction.ORDER_EXPORT, by=self.person, number=words.number)
        response = HttpResponse(order_file(words), content_type=MEDIA_TYPE)
        name = quote(f"{words.number}.docx", safe="")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response
