"""Makes the key that signs the seal, and prints the public key for those who keep and verify checkpoints outside."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workflow.trail.seal.ed25519 import KeyFileError, make_key
from workflow.trail.seal.note import key_of
from workflow.trail.sealing.signing import signer


class Command(BaseCommand):
    """Writes the key file, which its owner alone can read; one that is there is kept."""

    help = "Make the key that signs the seal of the trail, and print the public key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--if-none`: where there is a key, only print its public key."""
        parser.add_argument("--if-none", action="store_true", help="keep a key that is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and print; raises CommandError where there is a key already or the file cannot be written."""
        path = Path(settings.TRAIL_KEY)
        try:
            if not (options["if_none"] and path.exists()):
                make_key(path)
            self.stdout.write(str(key_of(signer())))
        except (KeyFileError, OSError) as why:
            raise CommandError(str(why)) from why
