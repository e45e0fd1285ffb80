"""Writes the trail as a package that auditors verify on their own machines: `manage.py export_trail FILE.zip`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflow.documents.trail_package import NothingIsSealedError, Scope, write_package
from workflow.management.migrated import require_migrated_database
from workflow.models import Measure, Plan
from workflow.trail.seal.ed25519 import KeyFileError
from workflow.trail.seal.note import Key, NoteError, key_of
from workflow.trail.sealing.signing import signer


class Command(BaseCommand):
    """Reads the ledger and writes one file, which must not be there yet."""

    help = "Write the trail of everything, of a plan or of a measure as a package that can be verified elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of what, where to, and with what."""
        parser.add_argument("file", metavar="FILE.zip")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--plan", default="", metavar="CODE", help=_("the code of a plan, such as JY"))
        scope.add_argument(
            "--measure", default="", metavar="CODE", help=_("the measure's code, such as JY-01-03")
        )
        parser.add_argument("--no-files", action="store_true", help=_("leave the evidence files out"))
        parser.add_argument(
            "--key", metavar="KEY", help=_("the public key of the seal, as make_seal_key printed it")
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Write; raises CommandError where there is nothing to write or the file cannot be made."""
        require_migrated_database()
        scope = Scope(
            _found(Measure, options["measure"]), _found(Plan, options["plan"]), not options["no_files"]
        )
        try:
            key = Key.parse(options["key"]) if options["key"] else key_of(signer())
            with Path(file).open("xb") as to:
                _write(to, scope, key)
        except NothingIsSealedError as why:
            raise CommandError(_("Nothing is sealed yet: seal_trail seals.")) from why
        except (OSError, KeyFileError, NoteError) as why:
            raise CommandError(str(why)) from why


def _write(to: Any, scope: Scope, key: Key) -> None:
    try:
        write_package(to, scope, key)
    except BaseException:
        Path(to.name).unlink()  # half a package is none
        raise


def _found(model: Any, code: str) -> Any:
    row = model.objects.filter(code=code).first() if code else None
    if code and row is None:
        raise CommandError(_("Nothing has the code “%(code)s”.") % {"code": code}, returncode=2)
    return row
