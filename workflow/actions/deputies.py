"""委托代理: a head on dated leave names a deputy, and may end it before its time (DOMAIN.md, Roles: no chains)."""

from datetime import date

from django.db.models import Q

from accounts.models import Appointment, Bureau, Membership, User
from accounts.rights import grant_for
from accounts.roles import Permission, Role, ScopeKind
from workflow.actions.people import make_deputy, revoke_deputy
from workflow.actions.step import Step, acting, required
from workflow.routing import release
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

REASON_LONGEST = 200


def name_deputy(
    deputy: User, bureau: Bureau, *, by: Actor, since: date, until: date, reason: str
) -> Appointment:
    """Let `deputy` act as head of the bureau for who names them, from `since` to `until`, both included.

    Raises Forbidden for who heads the bureau only as a deputy, Invalid for a deputy who is no member on all those days,
    Conflict where the head has a deputy, or the deputy is a head there, on one of them; Forbidden by rule 6 as for any role.
    """
    with acting(AuditAction.DEPUTY_NAME, bureau, by=by) as step:
        _lock(step.person, deputy)
        grant = step.require(Permission.REVIEW_FOR_BUREAU, ScopeKind.BUREAU, bureau.pk)
        require(grant.on_behalf_of is None, Forbidden("deputy.chain"))
        require(since >= step.today, Invalid("input.date_ahead", field="since"))
        require(until >= since, Invalid("input.dates", field="until"))
        _require_fit(step, deputy, bureau, since, until)
        reason = required(reason, "reason", limit=REASON_LONGEST)
        appointment = make_deputy(step, deputy, bureau, since, until, reason)
        step.note(
            appointment,
            reason=reason,
            payload={
                "person": deputy.username,
                "bureau": bureau.name,
                "since": since.isoformat(),
                "until": until.isoformat(),
            },
        )
    return appointment


def _lock(head: User, deputy: User) -> None:
    """Both people's rows, in one order, so that two deputies named at once cannot both pass."""
    keys = sorted({head.pk, deputy.pk})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _require_fit(step: Step, deputy: User, bureau: Bureau, since: date, until: date) -> None:
    """The deputy is another, active, in the bureau on all the days, and no head there; the head has no other deputy."""
    lasts = Q(until__isnull=True) | Q(until__gte=until)
    belongs = Membership.objects.filter(
        lasts, user=deputy, bureau=bureau, since__lte=since, user__is_active=True
    )
    require(deputy != step.person and belongs.exists(), Invalid("input.deputy", field="deputy"))
    overlaps = (
        Q(since__lte=until) & (Q(until__isnull=True) | Q(until__gte=since)) & Q(revoked_at__isnull=True)
    )
    heads = Appointment.objects.filter(
        overlaps, role=Role.HEAD, scope_kind=ScopeKind.BUREAU, scope_id=bureau.pk
    ).select_related("user")
    other = heads.filter(on_behalf_of=step.person).first()
    if other is not None:
        raise Conflict("deputy.overlaps", name=other.user.name, until=f"{other.until}")
    require(not heads.filter(user=deputy).exists(), Conflict("deputy.is_head"))


def end_deputy(appointment: Appointment, *, by: Actor) -> Appointment:
    """The head is back: the deputy's right ends at once, and what they had claimed is the post's again.

    Raises NotFound for who did not name the deputy, Conflict where the time is over.
    """
    with acting(AuditAction.DEPUTY_END, appointment, by=by) as step:
        row = Appointment.objects.select_for_update(no_key=True, of=("self",)).get(pk=appointment.pk)
        require(row.on_behalf_of_id == step.person.pk, NotFound("thing.unknown"))
        is_over = row.revoked_at is not None or (row.until is not None and row.until < step.today)
        require(not is_over, Conflict("deputy.over"))
        revoke_deputy(step, row)
        step.note(row, payload={"person": row.user.username, "released": _released(row, step.today)})
    return row


def _released(row: Appointment, on: date) -> list[int]:
    """Put back what the deputy had claimed as such; nothing of who heads the bureau in their own right meanwhile."""
    assert row.scope_id is not None  # noqa: S101 - a deputy is of a bureau: held by a constraint
    post = (ScopeKind.BUREAU, row.scope_id)
    if grant_for(row.user, Permission.REVIEW_FOR_BUREAU, *post, on) is not None:
        return []
    return release(row.user, post, Role.HEAD)
