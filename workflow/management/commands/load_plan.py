"""Read a published document or a ledger file and store it as a plan in preparation."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.actions.loading import free_code, load_plan
from workflow.intake.errors import IntakeError
from workflow.intake.plan_read import PlanRead
from workflow.intake.preview import as_data, as_lines
from workflow.intake.reader_warnings import from_stored
from workflow.intake.reading import read_file
from workflow.rules.refusal import Refused
from workflow.trail.actor import INSTALLATION, Actor

EXIT_CODE = 2


class Command(BaseCommand):
    """`load_plan FILE`: dates stay as they are; a file already loaded changes nothing."""

    help = "Read a published plan (text, or a ledger file in JSON) and store it as a plan in preparation."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to read, name and show it."""
        parser.add_argument(
            "file", type=Path, help=_("the document (UTF-8 or GB18030) or the ledger file (JSON)")
        )
        parser.add_argument("--code", default="", help=_("the plan's code, such as JY for measures JY-01-03"))
        parser.add_argument("--by", default="", metavar="USERNAME", help=_("who loads the plan"))
        parser.add_argument("--dry-run", action="store_true", help=_("show what was read and store nothing"))
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help=_("how a dry run is shown")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with exit code 2 and one line when nothing could be loaded."""
        if options["format"] == "json" and not options["dry_run"]:
            raise self._refusal(_("--format json goes with --dry-run only."))
        try:
            read = read_file(options["file"])
            if options["dry_run"]:
                self._show(read, options["format"])
            else:
                self._load(read, options["code"], by=self._actor(options["by"]))
        except (IntakeError, Refused) as why:
            raise self._refusal(str(why)) from None

    def _show(self, read: PlanRead, form: str) -> None:
        if form == "json":
            self.stdout.write(json.dumps(as_data(read), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join([*as_lines(read), _("Dry run: nothing was stored.")]))

    def _load(self, read: PlanRead, code: str, *, by: Actor) -> None:
        plan, is_new = load_plan(read.plan, by=by, code=code or read.code or free_code())
        if not is_new:
            already = _("This plan is already loaded as %(code)s; nothing was changed.") % {"code": plan.code}
            self.stdout.write(already)
            return
        lines = as_lines(read, from_stored(plan.warnings))
        self.stdout.write(
            "\n".join([*lines, _("Stored as plan %(code)s, in preparation.") % {"code": plan.code}])
        )

    def _actor(self, username: str) -> Actor:
        if not username:
            return INSTALLATION
        person: User | None = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise self._refusal(
                _("There is no active person with the user name “%(name)s”.") % {"name": username}
            )
        return person

    def _refusal(self, sentence: str) -> CommandError:
        return CommandError(sentence, returncode=EXIT_CODE)
