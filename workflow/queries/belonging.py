"""Whether somebody belonged to the bureau of a share, or to one that handed it over (DESIGN.md, Belonging to a bureau)."""

from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts.belonging import belonged
from accounts.compiled import Slot
from accounts.models import User
from workflow.models import HandOver


def belonged_to_share(
    user: User | Slot, share: str, *, since: date | OuterRef | Slot, until: date | Slot
) -> "ExpressionWrapper[Q]":
    """For annotating or filtering rows: as `belonged`, for the bureau of the row's share and all that had it before.

    `share` is the row's path to the share, "" for shares themselves. A bureau that was split has more successors than
    `Bureau.succeeded_by` names; the hand-over records name each.
    """
    within = OuterRef(since) if isinstance(since, OuterRef) else since
    handed_over = HandOver.objects.filter(share=OuterRef(f"{share}_id" if share else "pk"))
    before = handed_over.filter(belonged(user, "from_bureau", since=within, until=until))
    own = belonged(user, f"{share}__bureau" if share else "bureau", since=since, until=until)
    return ExpressionWrapper(Q(own) | Q(Exists(before)), output_field=BooleanField())
