"""Looks for anything in the database that contradicts itself, and says where."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from flows.consistency import all_findings
from workflow.management.migrated import require_migrated_database


class Command(BaseCommand):
    """Counts, cycles, states and the work they ask for, rights and trail; exit code 1 where something is wrong."""

    help = "Check that counts, states, work items, rights and trail agree with one another."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding; raises CommandError when there is one, with exit code 2 without tables to check."""
        require_migrated_database()
        findings = all_findings()
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            count = len(findings)
            raise CommandError(
                ngettext("%(count)s finding.", "%(count)s findings.", count) % {"count": count}
            )
        self.stdout.write(_("Everything agrees."))
