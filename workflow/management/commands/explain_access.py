"""Says what a person may see and do of a measure, and why: `manage.py explain_access USER MEASURE_CODE`."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.clock.now import today
from workflow.management.access_lines import access_lines
from workflow.management.migrated import require_migrated_database
from workflow.models import Measure
from workflow.pages.access.explanation import day_of, explain
from workflow.queries.people import person_named


class Command(BaseCommand):
    """Reads and changes nothing; asks the very checks that the pages and the actions make."""

    help = "Say what a person may see and do of a measure, by which role, and which rule says no."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, which measure, on which day, in which language."""
        parser.add_argument("username", metavar="USER", help=_("the person's user name"))
        parser.add_argument("code", metavar="MEASURE_CODE", help=_("the measure's code, such as JY-01-03"))
        parser.add_argument(
            "--on", default="", metavar="DATE", help=_("the day of the roles and dates, YYYY-MM-DD: today")
        )
        parser.add_argument(
            "--language", default="", choices=["", *(code for code, _name in settings.LANGUAGES)]
        )

    def handle(self, *args: Any, username: str, code: str, on: str, language: str, **options: Any) -> None:
        """Print the explanation; raises CommandError with one sentence for a person, measure or day that is none."""
        require_migrated_database()
        with override(language or get_language()):
            day = _day(on)
            person, measure = _person(username), _measure(code)
            self.stdout.write("\n".join(access_lines(explain(person, measure, day))))


def _day(text: str) -> date:
    day = day_of(text) if text else today()
    if day is None:
        raise CommandError(_("“%(day)s” is not a day: write it as 2026-03-31.") % {"day": text})
    return day


def _person(username: str) -> User:
    person = person_named(username)
    if person is None:
        raise CommandError(_("There is no person with the user name “%(name)s”.") % {"name": username})
    return person


def _measure(code: str) -> Measure:
    measure: Measure | None = Measure.objects.select_related("plan").filter(code=code).first()
    if measure is None:
        raise CommandError(_("There is no measure with the code “%(code)s”.") % {"code": code})
    return measure
