"""Seals the trail: once, or again and again (`workflow/trail/sealing/sealer.py`)."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _

from workflow.management.migrated import require_migrated_database
from workflow.trail.seal.ed25519 import KeyFileError
from workflow.trail.seal.note import NoteError
from workflow.trail.sealing.pushing import push_due
from workflow.trail.sealing.sealer import seal
from workflow.trail.sealing.signing import signer

LONGEST_PAUSE = 60.0


class Command(BaseCommand):
    """Adds the new lines of the trail to its Merkle tree and signs a checkpoint of it."""

    help = "Seal the lines of the trail written since the last time, and sign a checkpoint."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--every SECONDS`, `--with-parent`."""
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with this pause")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the program that began this one ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal; raises CommandError where there is no key or no table."""
        require_migrated_database()
        try:
            by = signer()
        except KeyFileError as why:
            raise CommandError(_("%(why)s make_seal_key makes one.") % {"why": why}) from why
        if options["every"] is None:
            done = seal(by)
            push_due()
            self.stdout.write(_("%(count)s lines sealed.") % {"count": done.lines})
            return
        parent = os.getppid() if options["with_parent"] else None
        Thread(target=self._again, args=(options["every"], push_due), daemon=True).start()
        with suppress(KeyboardInterrupt):  # a run that is cut off is gone on with by the next
            self._again(options["every"], lambda: seal(by), lambda: parent in (None, os.getppid()))

    def _again(
        self, every: float, work: Callable[[], object], is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        """Do the work again and again, more and more slowly while it fails. The network has a thread of its own."""
        pause = every
        while is_wanted():
            close_old_connections()
            try:
                work()
                pause = every
            except (DatabaseError, LookupError, NoteError) as why:
                self.stderr.write(str(why))
                pause = min(pause * 2, LONGEST_PAUSE)
            time.sleep(pause)
