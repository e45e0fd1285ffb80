"""Read a published document or a ledger file and store it as a plan in preparation."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.actions.loading import free_code, load_plan
from workflow.actions.missing_bureaus import load_plan_with_bureaus
from workflow.intake.edition_comparison import data_of
from workflow.intake.errors import IntakeError
from workflow.intake.plan_read import PlanRead
from workflow.intake.preview import as_data, as_lines
from workflow.intake.reader_warnings import from_stored
from workflow.intake.reading import read_file
from workflow.management.edition import bring_in, compared, comparison_lines, plan_of_code
from workflow.management.migrated import require_migrated_database
from workflow.models import Plan
from workflow.rules.refusal import Refused
from workflow.states import PlanState
from workflow.trail.actor import INSTALLATION, Actor

EXIT_CODE = 2


class Command(BaseCommand):
    """`load_plan FILE...`: dates stay as they are; a document already loaded changes nothing."""

    help = (
        "Read a published plan (a document, or a ledger file in JSON) and store it as a plan in preparation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, and how to read, name and show them."""
        parser.add_argument(
            "files",
            type=Path,
            nargs="+",
            metavar="FILE",
            help=_(
                "the document, in one file or several (a plan and its annexed list), or a ledger file (JSON)"
            ),
        )
        parser.add_argument("--code", default="", help=_("the plan's code, such as JY for measures JY-01-03"))
        parser.add_argument("--by", default="", metavar="USERNAME", help=_("who loads the plan"))
        parser.add_argument(
            "--create-bureaus",
            action="store_true",
            help=_("add the bureaus that the plan names and the directory lacks"),
        )
        parser.add_argument(
            "--edition-of", default="", metavar="CODE", help=_("a later edition of the plan of this code")
        )
        parser.add_argument(
            "--reason", default="", help=_("why the later edition changes measures that are under way")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("show what was read and store nothing"))
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help=_("how a dry run is shown")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError with exit code 2 and one line when nothing could be loaded."""
        if options["format"] == "json" and not options["dry_run"]:
            raise self._refusal(_("--format json goes with --dry-run only."))
        try:
            read = read_file(*options["files"])
            known = self._known(options["edition_of"])
            if options["dry_run"]:
                self._show(read, options["format"], known)
            elif known is not None:
                self._renew(known, read, options)
            else:
                require_migrated_database()
                code = options["code"] or read.code or free_code()
                self._load(read, code, by=self._actor(options["by"]), adds=options["create_bureaus"])
        except (IntakeError, Refused) as why:
            raise self._refusal(str(why)) from None

    def _show(self, read: PlanRead, form: str, known: Plan | None) -> None:
        found = None if known is None else compared(known, read)
        if form == "json":
            more = {} if found is None else {"edition": data_of(found)}
            self.stdout.write(json.dumps(as_data(read) | more, ensure_ascii=False, indent=2))
            return
        beside = [] if known is None or found is None else comparison_lines(known, found)
        self.stdout.write("\n".join([*as_lines(read), *beside, _("Dry run: nothing was stored.")]))

    def _known(self, code: str) -> Plan | None:
        if not code:
            return None
        require_migrated_database()
        plan = plan_of_code(code)
        if plan is None:
            raise self._refusal(_("There is no plan with the code “%(code)s”.") % {"code": code})
        return plan

    def _renew(self, plan: Plan, read: PlanRead, options: dict[str, Any]) -> None:
        by = self._actor(options["by"])
        if not isinstance(by, User):
            raise self._refusal(_("A later edition is brought in by a person: name one with --by."))
        if plan.state != PlanState.DRAFT and not options["reason"].strip():
            raise self._refusal(_("The plan is on the ledger: say with --reason why it is changed."))
        found = compared(plan, read)
        renewed = bring_in(plan, read, options["files"], by=by, reason=options["reason"])
        done = _("Stored as edition %(edition)s of %(code)s.")
        words = done % {"edition": renewed.edition, "code": plan.code}
        self.stdout.write("\n".join([*comparison_lines(plan, found), words]))

    def _load(self, read: PlanRead, code: str, *, by: Actor, adds: bool) -> None:
        added: list[str] = []
        if adds:
            plan, is_new, added = load_plan_with_bureaus(read.plan, by=by, code=code)
        else:
            plan, is_new = load_plan(read.plan, by=by, code=code)
        if not is_new:
            already = _("This plan is already loaded as %(code)s; nothing was changed.") % {"code": plan.code}
            self.stdout.write(already)
            return
        lines = as_lines(read, from_stored(plan.warnings))
        if added:
            lines.append(_("Bureaus added: %(bureaus)s.") % {"bureaus": "、".join(added)})
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
