"""Makes the trail's guards anew, and gives the application's role its rights: `manage.py secure_trail --role duban`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from workflow.management.migrated import require_migrated_database
from workflow.trail import embedded, sealed_tables, server


class Command(BaseCommand):
    """To be run as the owner of the tables after every migration. Running it again does no harm."""

    help = "Make the trail's guards anew; with --role, let that role add and read lines of the trail and no more."
    requires_system_checks = []  # it mends what they find

    def add_arguments(self, parser: CommandParser) -> None:
        """Which role the application uses."""
        parser.add_argument(
            "--role", default="", help=_("the application's role in PostgreSQL, not the owner")
        )

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        """Raises CommandError where there are no roles, for a role that cannot be it, or without the owner's rights."""
        require_migrated_database()
        if connection.vendor != "postgresql":
            if role:
                raise CommandError(_("Only PostgreSQL has roles."))
            embedded.guard(connection)
            sealed_tables.guard(connection)
        else:
            _secure(role)
        self.stdout.write(_("The trail is guarded."))


def _secure(role: str) -> None:
    if role and role == _current_role():
        raise CommandError(_("This is the role that owns the tables: the application needs another one."))
    try:
        with transaction.atomic():
            server.install(connection)
            if role:
                server.grant(role)
    except DatabaseError as why:
        raise CommandError(str(why).strip()) from why


def _current_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
