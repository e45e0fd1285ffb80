"""What `verify_trail` holds the seal against: keys and anchors, as its arguments name them."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from workflow.trail.seal.note import Key, NoteError, parse_all
from workflow.trail.sealing.checking import Against
from workflow.trail.sealing.signing import verifier


def add_arguments(parser: ArgumentParser) -> None:
    """`--key`, `--anchor` and `--witness`."""
    parser.add_argument(
        "--key", metavar="KEY", help=_("the public key of the seal, as make_seal_key printed it")
    )
    parser.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="FILE",
        help=_("checkpoints that were kept outside, such as a witness's file"),
    )
    parser.add_argument(
        "--witness", action="append", default=[], metavar="KEY", help=_("a witness's public key")
    )


def against(options: Mapping[str, Any]) -> Against:
    """Keys and anchors read; raises CommandError with exit code 2 for what cannot be read."""
    try:
        key = Key.parse(options["key"]) if options["key"] else None
        anchors = [note for name in options["anchor"] for note in parse_all(Path(name).read_text("utf-8"))]
        return Against(key, verifier(), anchors, [Key.parse(text) for text in options["witness"]])
    except (NoteError, OSError, UnicodeDecodeError) as why:
        raise CommandError(str(why), returncode=2) from why
