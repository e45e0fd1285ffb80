"""Who held a share's work last, so that a returned report comes back to the same desk."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When

from accounts.compiled import Slot
from accounts.rights import appointments_in_force
from accounts.roles import Role, ScopeKind
from flows.models import WorkItem
from flows.share import ShareFlow
from workflow.models import Share


def _held(on: date | Slot) -> QuerySet[WorkItem]:
    """Items of reports, with `still`: who had each on the desk if they are a handler of the bureau on the day, else NULL.

    NULL too for one that was put back on the desk of the post: whoever gave it back does not find it there again.
    """
    handles = appointments_in_force(on).filter(
        user_id=OuterRef("owner_id"),
        role=Role.HANDLER,
        scope_kind=ScopeKind.BUREAU,
        scope_id=OuterRef("share__bureau_id"),
    )
    held = WorkItem.objects.filter(flow_task=ShareFlow.fill)
    return held.annotate(still=Case(When(Exists(handles), then=F("owner_id"))))


def with_holder(rows: QuerySet[Any], on: date | Slot) -> QuerySet[Any]:
    """Rows that name a share, with `holder`: who last held its report and is still a handler of the bureau, or None.

    Work whose holder has left goes back to the post (DOMAIN.md, Roles: the successor finds it).
    """
    last = _held(on).filter(share_id=OuterRef("share_id")).order_by("-id")
    return rows.annotate(holder=Subquery(last.values("still")[:1]))


def last_holders(shares: Iterable[Share], on: date) -> dict[int, int]:
    """Share id → user id of who last held its report and is still a handler of the bureau on `on`; the others are left out.

    One statement, whatever the number of shares.
    """
    held = _held(on).filter(share__in=shares).order_by("id")
    last = dict(held.values_list("share_id", "still"))
    return {share: holder for share, holder in last.items() if share is not None and holder is not None}
