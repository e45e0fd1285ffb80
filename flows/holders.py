"""Who held a share's work last, so that a returned report comes back to the same desk."""

from collections.abc import Iterable
from datetime import date

from accounts.models import Appointment
from accounts.rights import appointments_in_force
from accounts.roles import Role, ScopeKind
from flows.models import WorkItem
from flows.share import ShareFlow
from workflow.models import Share


def last_holders(shares: Iterable[Share], on: date) -> dict[int, int]:
    """Share id → user id of who last held its report and is still a handler of the bureau on `on`.

    Two statements, whatever the number of shares. A share without such a person is left out: its work goes
    back to the post (DOMAIN.md, Roles: the successor finds it).
    """
    bureau_of = {share.pk: share.bureau_id for share in shares}
    last: dict[int, int] = dict(
        WorkItem.objects.filter(share_id__in=bureau_of, flow_task=ShareFlow.fill, owner__isnull=False)
        .order_by("id")
        .values_list("share_id", "owner_id")
    )
    if not last:
        return {}
    still: set[tuple[int, int | None]] = set(_handlers(set(last.values()), set(bureau_of.values()), on))
    return {share: user for share, user in last.items() if (user, bureau_of[share]) in still}


def _handlers(users: set[int], bureaus: set[int], on: date) -> Iterable[tuple[int, int | None]]:
    rows: Iterable[Appointment] = appointments_in_force(on).filter(
        user_id__in=users, role=Role.HANDLER, scope_kind=ScopeKind.BUREAU, scope_id__in=bureaus
    )
    return ((row.user_id, row.scope_id) for row in rows)
