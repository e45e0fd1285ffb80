"""The process that reads what may be hostile: bytes come in, blocks or a fault go out as JSON, memory and time are short.

`python -m workflow.intake.formats.confined KIND`; nothing of Django is loaded in it.
"""

import json
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import GivenBlock, as_data, check_sizes
from workflow.intake.formats.kinds import Kind

MEMORY_LARGEST = 512 * 1024 * 1024
SECONDS_MOST = 10
"""On the processor. By the clock it may be longer: other work on the machine is not the file's fault."""

READERS = {
    Kind.WEB_PAGE: ("workflow.intake.formats.web_page", "read_web_page"),
    Kind.WORD: ("workflow.intake.formats.word_document", "read_word"),
    Kind.EXCEL: ("workflow.intake.formats.excel_workbook", "read_excel"),
    Kind.OLD_EXCEL: ("workflow.intake.formats.old_excel", "read_old_excel"),
    Kind.PDF: ("workflow.intake.formats.pdf_document", "read_pdf"),
}
"""Where the reader of each format is; only the one that is needed is loaded."""


def reader_of(kind: Kind) -> Callable[[bytes], Iterable[GivenBlock]]:
    """The function that reads a format."""
    module, name = READERS[kind]
    reader: Callable[[bytes], Iterable[GivenBlock]] = getattr(import_module(module), name)
    return reader


def answer(kind: Kind, data: bytes) -> dict[str, Any]:
    """The blocks of a file, or the fault that was found in it, as JSON holds them."""
    try:
        blocks = list(reader_of(kind)(data))
        check_sizes(blocks)
        return {"blocks": [as_data(block) for block in blocks]}
    except UnreadableError as found:
        return {"fault": found.fault.value, "params": found.params}
    except (MemoryError, RecursionError):
        return {"fault": Fault.TOO_COSTLY.value, "params": {}}


def limit_memory() -> None:
    """Cap this process's memory, where the system has such a cap."""
    _cap("RLIMIT_AS", MEMORY_LARGEST)


def limit_time() -> None:
    """Cap this process's time on the processor, where the system has such a cap; the parent has a clock everywhere."""
    _cap("RLIMIT_CPU", SECONDS_MOST)
    _cap("RLIMIT_CORE", 0)


def _cap(name: str, most: int) -> None:
    try:
        resource = import_module("resource")
        resource.setrlimit(getattr(resource, name), (most, most))
    except (ImportError, AttributeError, ValueError, OSError):
        return


def main() -> int:
    """Read the file on standard input as the kind named by the first argument."""
    limit_memory()
    limit_time()
    kind = Kind(sys.argv[1])
    json.dump(answer(kind, sys.stdin.buffer.read()), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
