"""Bytes to text: UTF-8 with or without a mark, else GB18030; anything else is refused."""

import re

from workflow.intake.errors import Fault, IntakeError

LIMIT_MB = 2
LIMIT_BYTES = LIMIT_MB * 1024 * 1024
LINE_LONGEST = 20_000
ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_BLANK = re.compile(r"\s*")


def decoded(data: bytes) -> str:
    """The text of a file. Raises IntakeError: empty, too large, or no text in a known encoding."""
    if len(data) > LIMIT_BYTES:
        raise IntakeError(Fault.TOO_LARGE, limit=LIMIT_MB)
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        if _BLANK.fullmatch(text):
            raise IntakeError(Fault.EMPTY)
        if any(len(line) > LINE_LONGEST for line in text.splitlines()):
            raise IntakeError(Fault.LINE_TOO_LONG, limit=LINE_LONGEST)
        return text
    raise IntakeError(Fault.NOT_TEXT)
