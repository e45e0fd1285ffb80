"""Bytes to text."""

import pytest

from tests.workflow.intake.greenway import WHOLE
from workflow.intake.decoding import LIMIT_BYTES, LINE_LONGEST, decoded
from workflow.intake.errors import Fault, IntakeError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_text_reads_the_same_in_every_encoding_that_is_met(encoding: str) -> None:
    assert decoded(WHOLE.encode(encoding)) == WHOLE


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf", Fault.EMPTY),
        (" \t\r\n　\n".encode(), Fault.EMPTY),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Fault.NOT_TEXT),
        (WHOLE.encode("utf-16"), Fault.NOT_TEXT),
        ("区园林局\x00".encode(), Fault.NOT_TEXT),
        (b"\xff\xfe\xff", Fault.NOT_TEXT),
        (b"x" * (LIMIT_BYTES + 1), Fault.TOO_LARGE),
        (b"x" * (LINE_LONGEST + 1), Fault.LINE_TOO_LONG),
    ],
    ids=["empty", "mark only", "blanks", "picture", "utf-16", "nul", "no text", "too large", "endless line"],
)
def test_what_is_no_text_is_refused(data: bytes, fault: Fault) -> None:
    with pytest.raises(IntakeError) as refused:
        decoded(data)
    assert refused.value.fault is fault
