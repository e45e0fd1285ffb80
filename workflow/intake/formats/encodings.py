"""Bytes to text: UTF-8 with or without a mark, UTF-16 with one, else GB18030; anything else is refused."""

import codecs
import re

from workflow.intake.faults import Fault, UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEW = 20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file; `declared` is the encoding that the file itself names, tried after a mark at its start.

    Raises UnreadableError: empty, or no text in a known encoding.
    """
    for encoding in _encodings(data, declared):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if _CONTROL.search(text) or (encoding == "gb18030" and _is_spoilt_utf8(data)):
            break
        if not text.strip():
            raise UnreadableError(Fault.EMPTY)
        return text
    raise UnreadableError(Fault.NOT_TEXT)


def _encodings(data: bytes, declared: str) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    return (*_named(declared), "utf-8", "gb18030")


def _is_spoilt_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 but for a few: as GB18030 they would be read into signs that nobody wrote."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong * _FEW < sum(1 for sign in text if sign > "\x7f")


def _named(declared: str) -> tuple[str, ...]:
    """The encoding that a page names, if Python has it as a text encoding; GB2312 and GBK mean GB18030."""
    name = declared.strip().lower()
    if name in ("gb2312", "gbk", "x-gbk", "gb_2312-80"):
        return ("gb18030",)
    return (name,) if name in ("utf-8", "gb18030", "big5", "utf-16", "hz-gb-2312") else ()
