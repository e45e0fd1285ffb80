"""Bytes to text."""

import pytest

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.encodings import decoded

TEXT = "一、总体要求\n责任单位：区园林局、區園林局"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk"])
def test_a_text_is_the_same_in_every_encoding_that_is_met(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_either_order_of_bytes_is_known_by_its_mark(order: str) -> None:
    assert decoded(("\ufeff" + TEXT).encode(order)) == TEXT


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("big5", "big5"), ("GB2312", "gbk"), ("utf-8", "gbk"), ("rot13", "utf-8"), ("", "gbk")],
)
def test_a_declared_encoding_is_tried_and_not_trusted(declared: str, encoding: str) -> None:
    assert decoded("區園林局".encode(encoding), declared) == "區園林局"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("\ufeff".encode(), Fault.EMPTY),
        (" \t\r\n　".encode(), Fault.EMPTY),
        (TEXT.encode("utf-16-le"), Fault.NOT_TEXT),
        (b"\xff\xfe\xff", Fault.NOT_TEXT),
        ("区\x00".encode(), Fault.NOT_TEXT),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, fault: Fault) -> None:
    with pytest.raises(UnreadableError) as refused:
        decoded(data)
    assert refused.value.fault is fault


def test_a_utf8_text_with_a_broken_sign_is_refused_and_not_taken_for_gb18030() -> None:
    data = (TEXT * 20).encode()
    at = len(TEXT.encode()) * 3 + 1
    broken = [data[:at] + cut + data[at + 1 :] for cut in (b"", b"A", b"\xe4\xb8")]
    for spoilt in broken:
        with pytest.raises(UnreadableError) as refused:
            decoded(spoilt)
        assert refused.value.fault is Fault.NOT_TEXT
