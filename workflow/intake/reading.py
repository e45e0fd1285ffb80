"""The door of intake: a file, or several that belong together, become a plan as read, whatever they are written in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from workflow.intake.assembly import Told, untold
from workflow.intake.content import Content
from workflow.intake.document import read_document
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.formats.door import LIMIT_BYTES, decoded, read_content
from workflow.intake.ledger_file import read_ledger_file
from workflow.intake.ledger_table import is_ledger_table, read_ledger_table
from workflow.intake.plan_read import PlanRead
from workflow.intake.reader_warnings import WarningList
from workflow.intake.structure.joining import whole_of
from workflow.intake.traditional import as_written, is_traditional, simplified

SHIPPED_LEDGERS = Path(__file__).parent / "ledgers"
"""Ledger files that come with the project."""


def read_file(*paths: Path) -> PlanRead:
    """Read a published document, in one file or several (a plan and its annexed list), or a ledger file.

    Raises IntakeError, and nothing else, for a file that is missing, cannot be read or decoded, or holds no plan.
    """
    return read_files([(path.name, _bytes_of(path)) for path in paths])


def read_bytes(data: bytes, name: str) -> PlanRead:
    """Read the contents of the file `name`. A ledger file is JSON; everything else is a document."""
    return read_files([(name, data)])


def read_files(files: Sequence[tuple[str, bytes]], counted: Told = untold) -> PlanRead:
    """Read a plan that came in one or several files, each a name and its contents; `counted` hears of every measure.

    Raises IntakeError, and nothing else.
    """
    if len(files) == 1 and _is_ledger(*files[0]):
        name, data = files[0]
        text = decoded(data)
        return replace(read_ledger_file(text, name), text="\n".join(text.splitlines()))
    contents = [read_content(data, name) for name, data in files]
    if len(contents) == 1 and is_ledger_table(contents[0]):
        return read_ledger_table(contents[0], files[0][0])
    return _read(contents, [name for name, _ in files], counted)


def _read(contents: Sequence[Content], names: Sequence[str], counted: Told) -> PlanRead:
    if not is_traditional("".join(content.text for content in contents)):
        return read_document(contents, names, counted)
    written = whole_of(contents, WarningList()).text
    return as_written(read_document(simplified(contents), names, counted), written)


def _is_ledger(name: str, data: bytes) -> bool:
    return name.lower().endswith(".json") or data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise IntakeError(Fault.MISSING, name=path) from None
    except IsADirectoryError:
        raise IntakeError(Fault.FOLDER, name=path) from None
    except (OSError, ValueError) as why:
        raise IntakeError(Fault.UNREADABLE, name=path, why=getattr(why, "strerror", None) or why) from None
