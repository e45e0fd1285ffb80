"""Looks for migrations that would lock or break a full table: `python -m workshop.full_tables`. Runs in `.venv`."""

import os
import sys

import django
from django_migration_linter import MigrationLinter

from workshop.running import ROOT

APPLICATIONS = ("accounts", "workflow", "flows")
BEFORE_THE_FIRST_RELEASE = (
    "0002_instructions",
    "0003_stops",
    "0004_changes_of_shares_under_way",
    "0005_requests",
    "0006_requests_signed_by_deputies",
    "0007_roadmaps",
    "0008_objections_raised_by_deputies",
    "0009_versions_of_imported_sections",
    "0010_chain_of_the_trail",
    "0011_seal",
    "0002_requests",
    "0002_deputies",
)
"""They make up the tables that the first release begins with: no installation has full ones yet."""


def main() -> int:
    """Lint the project's migrations for the database in use; 1 when one of them is unfit for full tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    linter = MigrationLinter(
        str(ROOT),
        include_apps=APPLICATIONS,
        ignore_initial_migrations=True,  # they make the tables, which are empty then
        ignore_name=BEFORE_THE_FIRST_RELEASE,
        all_warnings_as_errors=True,
        quiet=["ok", "ignore"],
        no_cache=True,
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
