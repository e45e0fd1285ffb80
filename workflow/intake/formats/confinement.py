"""Has a file read by a process that is stopped where it takes too much, and takes its answer."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.given import GivenBlock, from_data
from workflow.intake.formats.kinds import Kind

ROOT = Path(__file__).resolve().parents[3]
CLOCK_MOST = 30
_MODULE = "workflow.intake.formats.confined"
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP")
"""What a Python needs to start; nothing else of the server's environment is passed on."""


def read_confined(kind: Kind, data: bytes, *, seconds: float = CLOCK_MOST) -> list[GivenBlock]:
    """The blocks of a file. Raises UnreadableError: as its reader does, or TOO_COSTLY where that was stopped."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and nothing of the file in the command
            [sys.executable, "-X", "utf8", "-B", "-m", _MODULE, kind.value],
            input=data,
            capture_output=True,
            cwd=ROOT,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(Fault.TOO_COSTLY) from None
    return _blocks(done.stdout, done.returncode)


def _blocks(output: bytes, code: int) -> list[GivenBlock]:
    """What the process answered. One that died without an answer was stopped by a limit, or by the file."""
    answer: dict[str, Any] = {}
    if code == 0:
        try:
            answer = json.loads(output)
        except ValueError:
            answer = {}
    if "fault" in answer:
        raise UnreadableError(Fault(answer["fault"]), **answer["params"])
    if "blocks" not in answer:
        raise UnreadableError(Fault.TOO_COSTLY)
    return [from_data(block) for block in answer["blocks"]]
