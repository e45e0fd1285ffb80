"""Writes the trail as an event log for process mining: `manage.py export_event_log FILE [--plan CODE]`."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from workflow.documents.event_log.ocel import write_ocel
from workflow.documents.event_log.xes import write_xes
from workflow.management.edition import plan_of_code
from workflow.management.migrated import require_migrated_database
from workflow.models import Plan
from workflow.queries.event_log import Choice, occurrences

FORMATS = {".xes": "xes", ".json": "ocel", ".jsonocel": "ocel"}


class Command(BaseCommand):
    """One file, whole or not at all. Posts stand for persons unless persons are asked for: mining is about the work."""

    help = "Write the trail of measures as an event log: XES (one case for each measure) or OCEL 2.0 JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, of which plan, and what besides."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help=_("written anew; .xes, .json or .jsonocel")
        )
        parser.add_argument("--plan", default="", metavar="CODE", help=_("only this plan; default: all"))
        parser.add_argument(
            "--format", choices=("xes", "ocel"), default="", help=_("default: by the file's ending")
        )
        parser.add_argument("--refused", action="store_true", help=_("refused tries too"))
        parser.add_argument("--persons", action="store_true", help=_("the names of persons too"))
        parser.add_argument(
            "--language", default="", choices=["", *(code for code, _name in settings.LANGUAGES)]
        )

    def handle(self, *args: Any, file: Path, plan: str, language: str, **options: Any) -> None:
        """Raises CommandError with one sentence for an unknown ending or plan, or a place that cannot be written to."""
        require_migrated_database()
        kind = options["format"] or FORMATS.get(file.suffix.lower(), "")
        if not kind:
            raise CommandError(
                _("%(name)s: which format? End the name in .xes or .json, or name --format.")
                % {"name": file.name}
            )
        choice = Choice(_plan(plan), refused=options["refused"], persons=options["persons"])
        with override(language or get_language()):
            count = _written(choice, kind, file)
            told = ngettext(
                "%(count)s event written to %(file)s.", "%(count)s events written to %(file)s.", count
            )
        self.stdout.write(told % {"count": count, "file": file})


def _plan(code: str) -> Plan | None:
    plan = plan_of_code(code) if code else None
    if code and plan is None:
        raise CommandError(_("There is no plan with the code “%(code)s”.") % {"code": code})
    return plan


def _written(choice: Choice, kind: str, file: Path) -> int:
    """Write beside the place first, so that a failure leaves what was there before."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        with fresh.open("wb") as out:
            count = write_xes(occurrences(choice), out) if kind == "xes" else write_ocel(choice, out)
        os.replace(fresh, file)
    except OSError as why:
        raise CommandError(
            _("%(file)s cannot be written: %(why)s.") % {"file": file, "why": why.strerror or why}
        ) from why
    finally:
        fresh.unlink(missing_ok=True)
    return count
