"""The door of intake: a file becomes a plan as read, whatever it is written in."""

from pathlib import Path

from workflow.intake.decoding import LIMIT_BYTES, decoded
from workflow.intake.document import read_document
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.ledger_file import read_ledger_file
from workflow.intake.plan_read import PlanRead

SHIPPED_LEDGERS = Path(__file__).parent / "ledgers"
"""Ledger files that come with the project."""


def read_file(path: Path) -> PlanRead:
    """Read a published document or a ledger file.

    Raises IntakeError, and nothing else, for a file that is missing, cannot be read or decoded, or holds no plan.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise IntakeError(Fault.MISSING, name=path) from None
    except IsADirectoryError:
        raise IntakeError(Fault.FOLDER, name=path) from None
    except (OSError, ValueError) as why:
        raise IntakeError(Fault.UNREADABLE, name=path, why=getattr(why, "strerror", None) or why) from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> PlanRead:
    """Read the contents of the file `name`. A ledger file is JSON; everything else is a document."""
    text = decoded(data)
    is_ledger = name.lower().endswith(".json") or text.lstrip().startswith("{")
    return read_ledger_file(text, name) if is_ledger else read_document(text, name)
