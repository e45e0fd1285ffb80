"""Whether the database has the tables that a command is going to use."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

EXIT_CODE = 2


def require_migrated_database() -> None:
    """Raise CommandError with exit code 2 and what to run, where a migration is still to be applied."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            _("The database is not up to date: run “manage.py migrate” first, then this command again."),
            returncode=EXIT_CODE,
        )
