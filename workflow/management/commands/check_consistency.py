"""Looks for anything in the database that contradicts itself, and says where."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from flows.consistency import all_findings


class Command(BaseCommand):
    """Counts, cycles, states and the work they ask for, rights and trail; exit code 1 where something is wrong."""

    help = "Check that counts, states, work items, rights and trail agree with one another."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding; raise CommandError when there is one."""
        findings = all_findings()
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} findings.")
        self.stdout.write("Everything agrees.")
