"""Whether guardian's groups mirror the appointments, and every role is held where it can be (DESIGN.md, Known traps, 14)."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Appointment, Bureau, User
from accounts.roles import Role, ScopeKind, may_hold_together
from workflow.models import Engagement, Plan
from workflow.queries.findings import Finding, finding, found

MODELS: dict[ScopeKind, type[Model]] = {
    ScopeKind.BUREAU: Bureau,
    ScopeKind.PLAN: Plan,
    ScopeKind.ENGAGEMENT: Engagement,
}


def rights_findings() -> Iterator[Finding]:
    """Every appointment without its place or its mirror, and every pair of roles that exclude one another."""
    for check in (_places, _mirrors, _pairs, _deputies):
        yield from check()


def _places() -> Iterator[Finding]:
    for kind, model in MODELS.items():
        homeless = Appointment.objects.filter(scope_kind=kind).exclude(
            scope_id__in=model._default_manager.values("pk")
        )
        what = _("is a role in something that is not there: %(kind)s %(key)s")
        for appointment in homeless:
            yield finding(appointment, what % {"kind": model._meta.verbose_name, "key": appointment.scope_id})


def _mirrors() -> Iterator[Finding]:
    """The person is in the group while the appointment lasts, and in no group without one."""
    open_ones = Appointment.objects.filter(until=None, group__isnull=False)
    yield from found(open_ones.exclude(user__groups=F("group")), _("the person is not in its group"))
    mirrored = User.groups.through.objects.filter(group__name__contains="@")
    for row in mirrored.exclude(group__appointments__user_id=F("user_id")).select_related("user", "group"):
        what = _("is in the group “%(group)s” without an appointment") % {"group": row.group.name}
        yield finding(row.user, what)


def _deputies() -> Iterator[Finding]:
    """One deputy of a head at a time, and never the deputy of somebody who is there as a deputy alone."""
    deputies = Appointment.objects.filter(on_behalf_of__isnull=False, revoked_at__isnull=True)
    same = {name: OuterRef(name) for name in ("scope_kind", "scope_id")}
    meanwhile = deputies.filter(since__lte=OuterRef("until"), until__gte=OuterRef("since"), **same)
    others = meanwhile.filter(on_behalf_of=OuterRef("on_behalf_of")).exclude(pk=OuterRef("pk"))
    yield from found(deputies.filter(Exists(others)), _("the head has another deputy on these days"))
    of_deputy = meanwhile.filter(user=OuterRef("on_behalf_of"))
    chained = deputies.filter(Exists(of_deputy)).exclude(Exists(_own_of_the_head()))
    yield from found(chained, _("acts for somebody who is a deputy there themselves"))


def _own_of_the_head() -> QuerySet[Appointment]:
    """The head's own role on one of the deputy's days: by that, and by no other, is a deputy named."""
    same = {name: OuterRef(name) for name in ("role", "scope_kind", "scope_id")}
    lasts = Q(until__isnull=True) | Q(until__gte=OuterRef("since"))
    own = Appointment.objects.filter(lasts, on_behalf_of__isnull=True, since__lte=OuterRef("until"), **same)
    return own.filter(user=OuterRef("on_behalf_of"))


def _pairs() -> Iterator[Finding]:
    """Rule 6, over the days on which both are held."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    counted = Appointment.objects.filter(revoked_at__isnull=True)
    for appointment in counted.select_related("user").order_by("user_id", "since"):
        for other in held[appointment.user_id]:
            overlaps = other.until is None or other.until >= appointment.since
            if overlaps and not may_hold_together(Role(other.role), Role(appointment.role)):
                roles = {"one": Role(other.role).label, "other": Role(appointment.role).label}
                yield finding(appointment.user, _("holds “%(one)s” beside “%(other)s”") % roles)
        held[appointment.user_id].append(appointment)
