"""The way in: the bytes of a file, whatever its format, become a Content or an error with one sentence."""

from collections.abc import Iterable

from workflow.intake.content import Content
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.faults import UnreadableError
from workflow.intake.formats import encodings
from workflow.intake.formats.confinement import read_confined
from workflow.intake.formats.delimited import read_delimited
from workflow.intake.formats.given import GivenBlock, GivenParagraph, check_sizes, content_of
from workflow.intake.formats.kinds import CONFINED, Kind, kind_of
from workflow.intake.formats.markdown import read_markdown
from workflow.intake.formats.plain_text import read_text

LIMIT_MB = 32
LIMIT_BYTES = LIMIT_MB * 1024 * 1024

TEXT_READERS = {Kind.TEXT: read_text, Kind.MARKDOWN: read_markdown, Kind.DELIMITED: read_delimited}


def read_content(data: bytes, name: str) -> Content:
    """The content of the file `name`, in any format that is read here.

    Raises IntakeError, and nothing else: for a kind that is not read, and for a file that is empty, broken, encrypted,
    a scan, or more than a plan can be.
    """
    try:
        return content_of(_blocks(data, name))
    except UnreadableError as found:
        raise IntakeError(found.fault, **found.params) from None


def decoded(data: bytes) -> str:
    """The text of a file that is text. Raises IntakeError: too large, empty, or no text."""
    try:
        _check_size(data)
        return encodings.decoded(data)
    except UnreadableError as found:
        raise IntakeError(found.fault, **found.params) from None


def _blocks(data: bytes, name: str) -> Iterable[GivenBlock]:
    _check_size(data)
    kind = kind_of(data, name)
    if kind in CONFINED:
        return read_confined(kind, data)
    text = encodings.decoded(data)
    check_sizes([GivenParagraph(text)])
    return TEXT_READERS[kind](text)


def _check_size(data: bytes) -> None:
    if len(data) > LIMIT_BYTES:
        raise UnreadableError(Fault.TOO_LARGE, limit=LIMIT_MB)
    if not data:
        raise UnreadableError(Fault.EMPTY)
