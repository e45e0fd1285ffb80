"""`manage.py load_sample`: the invented district in the middle of its work; `--list` says who may sign in."""

from argparse import ArgumentParser
from typing import Any
from unicodedata import east_asian_width

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import Bureau, User
from workflow.intake.errors import IntakeError
from workflow.management.migrated import require_migrated_database
from workflow.management.sample.people import PASSWORD
from workflow.management.sample.signing_in import accounts
from workflow.management.sample.story import tell
from workflow.management.sample.whole import whole
from workflow.models import Plan
from workflow.rules.refusal import Refused


class Command(BaseCommand):
    """Loads the sample into a database without plans, bureaus and people, whole or not at all."""

    help = "Load the sample plan with its bureaus and people, three quarters of its period gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--list` and `--if-empty`."""
        parser.add_argument("--list", action="store_true", help="print who may sign in, and load nothing")
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="where there are plans, bureaus or people already, do nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or list; raises CommandError with one sentence where the sample cannot be loaded."""
        require_migrated_database()
        if options["list"]:
            self._list()
        elif any(model.objects.exists() for model in (Plan, Bureau, User)):
            self._refuse(gently=options["if_empty"])
        else:
            self._load()

    def _refuse(self, *, gently: bool) -> None:
        sentence = _(
            "There are plans, bureaus or people in this database already, so the sample was not loaded."
        )
        if not gently:
            raise CommandError(sentence)
        self.stdout.write(sentence)

    def _load(self) -> None:
        try:
            with whole():
                steps = tell()
        except (Refused, IntakeError) as why:
            raise CommandError(
                _("The sample could not be loaded, and nothing of it was kept: %(why)s") % {"why": why}
            ) from why
        self.stdout.write(_("The sample is loaded: %(count)s steps up to yesterday.") % {"count": steps})

    def _list(self) -> None:
        rows = [(a.role, a.username, a.name, a.bureau) for a in accounts()]
        if not rows:
            self.stdout.write(_("The people of the sample are not in this database."))
            return
        head = (_("Role"), _("User name"), _("Name"), _("Bureau"))
        widths = [max(_width(row[n]) for row in [head, *rows]) for n in range(len(head))]
        for row in [head, *rows]:
            cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write("")
        self.stdout.write(_("Password of all of them: %(password)s") % {"password": PASSWORD})


def _width(text: str) -> int:
    """How many columns the text takes on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
