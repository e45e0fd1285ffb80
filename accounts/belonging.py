"""To which bureaus a person belonged, for the separation of duties (DESIGN.md, Belonging to a bureau)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.compiled import Slot
from accounts.models import Bureau, Membership, User


def belonged(
    user: User | Slot, bureau_field: str, *, since: date | OuterRef | Slot, until: date | Slot
) -> Exists:
    """For annotating a query: whether `user` was a member of each row's bureau on any day from `since` to `until`.

    `bureau_field` is the row's path to the bureau ("share__bureau"); `since` may be a column of the row. Bureaus of one
    line count as one: those that the row's bureau came after, the one that came after it, and those merged with it.
    `Bureau.succeeded_by` always names the last in line, so one step either way is enough.
    """
    own, last = OuterRef(f"{bureau_field}_id"), OuterRef(f"{bureau_field}__succeeded_by_id")
    line = Q(bureau_id=own) | Q(bureau__succeeded_by_id=own)
    line |= Q(bureau_id=last) | Q(bureau__succeeded_by_id=last)
    return Exists(
        Membership.objects.filter(
            Q(until__isnull=True) | Q(until__gte=since), line, user=user, since__lte=until
        )
    )


def is_member(user: User, bureau: Bureau, on: date) -> bool:
    """Whether `user` belongs to `bureau` itself on the day."""
    lasts = Q(until__isnull=True) | Q(until__gte=on)
    return Membership.objects.filter(lasts, user=user, bureau=bureau, since__lte=on).exists()


def stands_above_or_below(one: Bureau, other: Bureau) -> bool:
    """Whether one of the two stands above the other in the tree."""
    return one.pk != other.pk and bool(one.path.startswith(other.path) or other.path.startswith(one.path))


def is_of_one_line(one: Bureau, other: Bureau) -> bool:
    """Whether the two are the same bureau, or one came after the other, or both were merged into one."""
    return bool((one.succeeded_by_id or one.pk) == (other.succeeded_by_id or other.pk))


def succeed(bureau: Bureau, successor: Bureau) -> None:
    """Let `successor` come after `bureau`, and after all that `bureau` had itself come after.

    Runs in the caller's transaction. Raises ValueError where `successor` has been succeeded itself.
    """
    if successor.succeeded_by_id is not None or successor.pk == bureau.pk:
        raise ValueError("A bureau is succeeded by one that stands.")
    Bureau.objects.filter(Q(pk=bureau.pk) | Q(succeeded_by=bureau)).update(succeeded_by=successor)
