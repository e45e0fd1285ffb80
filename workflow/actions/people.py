"""People, memberships and roles: every change is written to the trail; grants are made by `accounts.grants`."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import grants
from accounts.models import Appointment, Bureau, Membership, User
from accounts.rights import Grant, holds_everywhere
from accounts.roles import Role, ScopeKind
from workflow.actions.step import Step, acting
from workflow.models import Engagement, Plan
from workflow.routing import release
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.trail.actions import AuditAction
from workflow.trail.actor import INSTALLATION, Actor


def require_administrator(step: Step) -> None:
    """Only an administrator keeps people and roles; the installation may before there is one."""
    if step.by == INSTALLATION:
        return
    if not holds_everywhere(step.person, Role.ADMINISTRATOR, step.today):
        raise step.lacks_the_right()
    step.grant = Grant(Role.ADMINISTRATOR, ScopeKind.ALL, None)


def register_person(username: str, *, by: Actor, name: str, password: str | None, email: str = "") -> User:
    """Add a person who can sign in; raises Invalid for a user name that is taken or a password that is too weak."""
    with acting(AuditAction.PERSON_REGISTER, None, by=by) as step:
        require_administrator(step)
        given = User(
            username=User.normalize_username(username.strip()), name=name.strip(), email=email.strip()
        )
        _require_fit(given)
        if password is not None and isinstance(by, User):
            _require_strong(password, given)
        try:
            with transaction.atomic():
                person = User.objects.create_user(
                    given.username, password, name=given.name, email=given.email
                )
        except IntegrityError as taken:  # somebody else registered the name at the same moment
            raise Invalid("input.username", field="username") from taken
        step.note(person, payload={"username": person.username, "name": name})
    return person


def _require_fit(given: User) -> None:
    """The user name is free whatever its case, and all fields are as the model wants them."""
    try:
        given.clean_fields(exclude=["password"])
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        code = "input.username" if field == "username" else "input.person"
        raise Invalid(code, field=field) from wrong
    taken = User.objects.filter(username__iexact=given.username).exists()
    require(not taken, Invalid("input.username", field="username"))


def _require_strong(password: str, person: User | None = None) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Invalid("input.password", field="password", why=" ".join(weak.messages)) from weak


def set_password(person: User, *, by: Actor, password: str) -> User:
    """Give a person who lost it a new password; their sessions end. The trail keeps that, never the password."""
    with acting(AuditAction.PERSON_SET_PASSWORD, person, by=by) as step:
        require_administrator(step)
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_strong(password, person)
        person.set_password(password)
        person.save(update_fields=["password"])
        step.note(person)
    return person


def deactivate_person(person: User, *, by: Actor) -> User:
    """The person can no longer sign in or act; what they did keeps their name. Nobody closes their own account."""
    with acting(AuditAction.PERSON_DEACTIVATE, person, by=by) as step:
        require_administrator(step)
        require(step.by != person, Conflict("person.own_account"))
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        person.is_active = False
        person.save(update_fields=["is_active"])
        step.note(person, payload={"released": release(person)})
    return person


def activate_person(person: User, *, by: Actor) -> User:
    """The person can sign in again, with the memberships and roles whose dates still hold."""
    with acting(AuditAction.PERSON_ACTIVATE, person, by=by) as step:
        require_administrator(step)
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        person.is_active = True
        person.save(update_fields=["is_active"])
        step.note(person)
    return person


def join_bureau(
    person: User, bureau: Bureau, *, by: Actor, since: date, until: date | None = None, title: str = ""
) -> Membership:
    """The person belongs to the bureau from `since` to `until`, both included."""
    with acting(AuditAction.MEMBERSHIP_BEGIN, person, by=by) as step:
        require_administrator(step)
        require(until is None or until >= since, Invalid("input.dates", field="until"))
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        known = Membership.objects.filter(user=person, bureau=bureau, until__isnull=True).exists()
        require(not known, Invalid("input.member", field="bureau"))
        membership = Membership.objects.create(
            user=person, bureau=bureau, since=since, until=until, title=title
        )
        step.note(membership, payload={"person": person.username, "bureau": bureau.name})
    return membership


def leave_bureau(membership: Membership, *, by: Actor, last_day: date) -> Membership:
    """The membership ends with `last_day`; with it end the rights that rest on it."""
    with acting(AuditAction.MEMBERSHIP_END, membership, by=by) as step:
        require_administrator(step)
        require(last_day >= membership.since, Invalid("input.dates", field="until"))
        membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
        membership.until = last_day
        membership.save(update_fields=["until"])
        released = []
        if last_day < step.today:
            released = release(membership.user, (ScopeKind.BUREAU, membership.bureau_id))
        step.note(membership, payload={"until": last_day.isoformat(), "released": released})
    return membership


def appoint(
    person: User,
    role: Role,
    scope: Bureau | Plan | Engagement | None,
    *,
    by: Actor,
    since: date,
    until: date | None = None,
) -> Appointment:
    """Give a role in a scope (None: everywhere). Raises Forbidden where it excludes a role held (rule 6)."""
    with acting(AuditAction.ROLE_APPOINT, person, by=by) as step:
        require_administrator(step)
        since, until = _within_engagement(scope, since, until)
        require(until is None or until >= since, Invalid("input.dates", field="until"))
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        require(not _holds(person, role, scope), Invalid("input.role_held", field="role"))
        appointment = _grant(person, role, scope, since, until)
        step.note(
            appointment,
            payload={"person": person.username, "role": role.value, "scope": str(scope or "")},
        )
    return appointment


def _grant(
    person: User, role: Role, scope: Bureau | Plan | Engagement | None, since: date, until: date | None
) -> Appointment:
    """The role, or the refusal of one that excludes another (rule 6) or cannot be held there."""
    try:
        return grants.appoint(person, role, kind_of(scope), scope, since, until)
    except grants.RolesExcludeOneAnotherError as clash:
        raise Forbidden("separation.roles", asked=clash.asked.value, held=clash.held.value) from clash
    except ValueError as wrong:
        raise Invalid("input.scope", field="scope") from wrong


def make_deputy(
    step: Step, deputy: User, bureau: Bureau, since: date, until: date, reason: str
) -> Appointment:
    """`deputy` heads the bureau for the person of the step; part of a step that checks it and writes its line."""
    appointment = _grant(deputy, Role.HEAD, bureau, since, until)
    appointment.on_behalf_of, appointment.reason = step.person, reason
    appointment.save(update_fields=["on_behalf_of", "reason"])
    return appointment


def revoke_deputy(step: Step, appointment: Appointment) -> None:
    """The deputy's right is over at once; part of a step as above."""
    appointment.revoked_at = step.at
    appointment.save(update_fields=["revoked_at"])
    grants.end(appointment, until=max(appointment.since, step.today), on=step.today)


def make_supervisor(step: Step, plan: Plan) -> Appointment:
    """Whoever brought a plan in supervises it from now on; part of the step that makes the plan, with its own line.

    Raises Forbidden where the role excludes one held (rule 6).
    """
    person, role = step.person, Role.SUPERVISOR
    appointment = _grant(person, role, plan, step.today, None)
    payload = {"person": person.username, "role": role.value, "scope": str(plan)}
    step.note(appointment, action=AuditAction.ROLE_APPOINT, payload=payload)
    return appointment


def _within_engagement(
    scope: Bureau | Plan | Engagement | None, since: date, until: date | None
) -> tuple[date, date | None]:
    """The dates of a role; in an engagement it is held within the engagement's own dates."""
    if not isinstance(scope, Engagement):
        return since, until
    return max(since, scope.since), scope.until if until is None else min(until, scope.until)


def _holds(person: User, role: Role, scope: Bureau | Plan | Engagement | None) -> bool:
    """Whether the person has the role there without an end."""
    return Appointment.objects.filter(
        user=person,
        role=role,
        scope_kind=kind_of(scope),
        scope_id=None if scope is None else scope.pk,
        until__isnull=True,
    ).exists()


def kind_of(scope: Bureau | Plan | Engagement | None) -> ScopeKind:
    """The kind of scope that a bureau, plan or engagement is; None is everywhere."""
    if scope is None:
        return ScopeKind.ALL
    if isinstance(scope, Bureau):
        return ScopeKind.BUREAU
    return ScopeKind.PLAN if isinstance(scope, Plan) else ScopeKind.ENGAGEMENT


def end_appointment(appointment: Appointment, *, by: Actor, last_day: date | None = None) -> Appointment:
    """The role ends with `last_day` (default: yesterday; one given today ends with today)."""
    with acting(AuditAction.ROLE_END, appointment, by=by) as step:
        require_administrator(step)
        day = last_day or max(appointment.since, step.today - timedelta(days=1))
        require(day >= appointment.since, Invalid("input.dates", field="until"))
        grants.end(appointment, until=day, on=step.today)
        released = []
        if day < step.today and appointment.scope_id is not None:
            scope = (ScopeKind(appointment.scope_kind), appointment.scope_id)
            released = release(appointment.user, scope)
        step.note(appointment, payload={"until": day.isoformat(), "released": released})
    return appointment
