"""Computes every chain of the trail anew and says where one does not hold: `manage.py verify_trail`."""

import sys
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.management import anchoring
from workflow.management.migrated import require_migrated_database
from workflow.models import AuditEvent, Measure, Plan
from workflow.trail.sealing.checking import seal_faults
from workflow.trail.verifying import verify


class Command(BaseCommand):
    """Reads and changes nothing. Exit code 0 where all holds, 1 where something does not, 2 where it cannot be asked."""

    help = "Verify the chains of the trail: all of them, those of a plan and its measures, or one measure's."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of what, and whether progress is shown."""
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--plan", default="", metavar="CODE", help=_("the code of a plan, such as JY"))
        scope.add_argument(
            "--measure", default="", metavar="CODE", help=_("the measure's code, such as JY-01-03")
        )
        anchoring.add_arguments(parser)
        parser.add_argument("--no-progress", action="store_true", help=_("show no progress"))

    def handle(self, *args: Any, plan: str, measure: str, no_progress: bool, **options: Any) -> None:
        """Print every break of the chains and, unless asked of a part, of the seal; raises CommandError when there is one.

        Also when there is no such plan or measure, or an anchor or a key cannot be read (exit code 2).
        """
        require_migrated_database()
        against = None if plan or measure else anchoring.against(options)
        of: dict[str, Any] = {"plan": _plan(plan), "measure": _measure(measure)}
        lines = AuditEvent.objects.filter(
            **{name: row for name, row in of.items() if row is not None}
        ).count()
        progress = Progress(self, lines, shown=not no_progress and sys.stderr.isatty())
        broken = 0
        for found in chain(verify(**of, tell=progress.tell), seal_faults(against) if against else ()):
            self.stdout.write(str(found))
            broken += 1
        progress.end()
        if broken:
            raise CommandError(
                ngettext("%(count)s break in the trail.", "%(count)s breaks in the trail.", broken)
                % {"count": broken}
            )
        self.stdout.write(
            ngettext("%(count)s line: the trail holds.", "%(count)s lines: the trail holds.", progress.done)
            % {"count": progress.done}
        )


class Progress:
    """One line on the error output that fills as lines are read; nothing where nobody looks."""

    WIDTH = 40

    def __init__(self, command: BaseCommand, total: int, *, shown: bool) -> None:
        self.done, self._total, self._command, self._shown = 0, total, command, shown

    def tell(self, count: int) -> None:
        """Let the bar grow by that many lines."""
        self.done += count
        part = min(1.0, self.done / self._total) if self._total else 1.0
        bar = "█" * round(part * self.WIDTH)
        self._write(f"\r{bar:░<{self.WIDTH}} {part:4.0%}")

    def end(self) -> None:
        """Leave the line."""
        self._write("\n")

    def _write(self, text: str) -> None:
        if self._shown:
            self._command.stderr.write(text, ending="")
            self._command.stderr.flush()


def _plan(code: str) -> Plan | None:
    row = Plan.objects.filter(code=code).first() if code else None
    if code and row is None:
        raise CommandError(_("There is no plan with the code “%(code)s”.") % {"code": code}, returncode=2)
    return row


def _measure(code: str) -> Measure | None:
    row = Measure.objects.filter(code=code).first() if code else None
    if code and row is None:
        raise CommandError(_("There is no measure with the code “%(code)s”.") % {"code": code}, returncode=2)
    return row
