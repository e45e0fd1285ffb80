"""台账下载: the ledger as asked for, as an Excel sheet."""

from datetime import date
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from workflow.clock.now import today
from workflow.documents.ledger_sheet import MEDIA_TYPE, Head, ledger_sheet
from workflow.models import Measure, Plan
from workflow.pages.measures import filters_of
from workflow.pages.origin import printable
from workflow.pages.page import Page
from workflow.queries.ledger import Filters
from workflow.queries.ledger_sheet import sees_all, sheet_rows
from workflow.queries.plans import plans_among
from workflow.queries.visibility import measures_visible_to
from workflow.trail.actions import AuditAction
from workflow.trail.sealing.marks import mark_of
from workflow.trail.visits import note_visit


class LedgerSheet(Page):
    """The measures that the person may see, with the filters of the address."""

    tab = "ledger:measures"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The sheet, named after the plan where only one is on it."""
        visible = measures_visible_to(self.person, self.held)
        asked, on = filters_of(request.GET), today()
        plans = list(plans_among(visible.filter(plan_id=asked.plan) if asked.plan else visible)[:2])
        plan = plans[0] if len(plans) == 1 else None
        head = head_of(visible, asked, plan, on)
        response = HttpResponse(ledger_sheet(sheet_rows(visible, asked, on), head), content_type=MEDIA_TYPE)
        query = printable(request.GET.urlencode(), 500)
        note_visit(AuditAction.LEDGER_EXPORT, by=self.person, thing=plan, query=query)
        name = quote(f"{head.title}-{on:%Y%m%d}.xlsx", safe="")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return response


def head_of(visible: QuerySet[Measure], asked: Filters, plan: Plan | None, on: date) -> Head:
    """What stands above the sheet, whether all of the plan is on it, and the seal of the trail."""
    title = plan.title if plan is not None else _("Ledger of measures")
    is_whole = asked.is_empty and (plan is None or sees_all(visible, plan))
    return Head(title, on, plan, is_whole, mark_of(plan))
