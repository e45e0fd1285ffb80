"""Registers the first person of an installation: `manage.py create_first_administrator --username NAME`."""

import getpass
import os
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rights import appointments_in_force
from accounts.roles import Role, ScopeKind
from workflow.actions.people import appoint, register_person
from workflow.clock.now import today
from workflow.management.migrated import require_migrated_database
from workflow.rules.refusal import Refused
from workflow.trail.actor import INSTALLATION


class Command(BaseCommand):
    """An administrator and no superuser (DESIGN.md, One way to act); a second run changes nothing."""

    help = "Register the first administrator. The password comes from DUBAN_ADMIN_PASSWORD or is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        """The user name and the name, each from the environment by default."""
        parser.add_argument("--username", default=os.environ.get("DUBAN_ADMIN_USERNAME", ""))
        parser.add_argument("--name", default=os.environ.get("DUBAN_ADMIN_NAME", ""))
        parser.add_argument(
            "--if-none",
            action="store_true",
            help="do nothing, and do not fail, where there is an administrator",
        )

    def handle(self, *args: Any, username: str, name: str, if_none: bool, **options: Any) -> None:
        """Register and appoint; raises CommandError with one sentence where that cannot be."""
        require_migrated_database()
        username, held = username.strip(), _administrators()
        if held and if_none:
            return
        if not username:
            raise CommandError(_("Name the administrator with --username or DUBAN_ADMIN_USERNAME."))
        if username.casefold() in {person.casefold() for person in held}:
            self.stdout.write(_("%(username)s is an administrator already.") % {"username": username})
            return
        if held:
            raise CommandError(
                _(
                    "There is an administrator already (%(held)s); others are appointed on the pages of master data."
                )
                % {"held": ", ".join(held)}
            )
        try:
            person = _found(username) or _register(username, name)
            appoint(person, Role.ADMINISTRATOR, None, by=INSTALLATION, since=today())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(username)s is the first administrator.") % {"username": username})


def _administrators() -> list[str]:
    """The user names of those who are administrators today."""
    held = appointments_in_force(today()).filter(role=Role.ADMINISTRATOR, scope_kind=ScopeKind.ALL)
    return sorted(held.values_list("user__username", flat=True))


def _found(username: str) -> User | None:
    """The person of that user name, as an interrupted first run leaves one; raises CommandError for one who left."""
    person: User | None = User.objects.filter(username__iexact=username).first()
    if person is not None and not person.is_active:
        raise CommandError(
            _("%(username)s is deactivated: choose another user name.") % {"username": username}
        )
    return person


def _register(username: str, name: str) -> User:
    password = _password(username)
    return register_person(username, by=INSTALLATION, name=name.strip() or username, password=password)


def _password(username: str) -> str:
    """The password given or typed; raises CommandError for none or a weak one."""
    password = os.environ.get("DUBAN_ADMIN_PASSWORD", "")
    if not password and sys.stdin.isatty():
        password = getpass.getpass(_("Password of the administrator: "))
    if not password:
        raise CommandError(_("Give the administrator's password in DUBAN_ADMIN_PASSWORD."))
    try:
        validate_password(password, User(username=username))
    except ValidationError as weak:
        raise CommandError(" ".join(weak.messages)) from weak
    return password
