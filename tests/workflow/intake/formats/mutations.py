"""Files that went wrong: cut, repeated, overwritten and spliced, inside their zip too; the same for the same dice."""

import io
import re
import zipfile
from random import Random

from tests.workflow.intake.formats.every_format import FILES
from tests.workflow.intake.formats.zipped import zipped
from workflow.intake.content import Content, Paragraph
from workflow.intake.faults import UnreadableError
from workflow.intake.formats.confined import reader_of
from workflow.intake.formats.door import TEXT_READERS
from workflow.intake.formats.encodings import decoded
from workflow.intake.formats.given import content_of
from workflow.intake.formats.kinds import CONFINED, Kind

SAMPLES = {
    Kind.TEXT: ("plan.txt", "bars.txt", "chinese.txt"),
    Kind.MARKDOWN: ("plan.md",),
    Kind.DELIMITED: ("plan.csv", "plan.tsv"),
    Kind.WEB_PAGE: ("plan.html", "old-page.htm"),
    Kind.WORD: ("plan.docx",),
    Kind.EXCEL: ("plan.xlsx",),
    Kind.OLD_EXCEL: ("plan.xls",),
    Kind.PDF: ("plan.pdf",),
}
ZIPS = (Kind.WORD, Kind.EXCEL)
PIECES = [
    b"", b"\x00", b"\xff\xff", b"|", b"\t", b'"', b"<", b">", b"/>", b"</", b"&", b"&#0;", b"&#xD800;", b"&x;", b"<!--", b"-->",
    b"]]>", b"<!DOCTYPE a>", b"<table>", b"</table>", b"<tr>", b"<td rowspan=0 colspan=9>", b"<li>", b"<ol start=99>", b"-1",
    b"99999999", b"1e309", b"nan", b"A1:XFD1048576", b"<w:tc>", b"<w:p>", b"<w:vMerge/>", b'<w:gridSpan w:val="99"/>',
    b'w:val="77777"', b"~~", b"**", b"# ", b"---\n", b"```", b"[a](", b"0 0 R", b"obj", b"/Rotate 90", b"BT", b"Tj", b" re f", b"xref",
    "责任单位：".encode(), "\u2028".encode(), "（一）".encode(), "区".encode("gbk")[:1],
]  # fmt: skip


_IN_XML = (
    re.compile(r"(?P<it><[\w:]+(?: [^<>]*)?/>)"),
    re.compile(r"(?P<it><([\w:]+)(?: [^<>]*)?>[^<>]*</\2>)"),
    re.compile(r"(?P<it><(w:tc|w:p|w:tr|c|row|si)(?: [^<>]*)?>(?:(?!<\2[ >]).)*?</\2>)", re.DOTALL),
    re.compile(r'="(?P<it>[^"<>]*)"'),
    re.compile(r">(?P<it>[^<>]+)<"),
)
_VALUES = (
    "",
    "0",
    "-1",
    "1",
    "2",
    "99",
    "65536",
    "1e309",
    "nan",
    "A1",
    "B2:A1",
    "XFD1048576",
    "一",
    "restart",
    "%1%2%9",
    "0.0;[$x]@",
)


def mutated(kind: Kind, dice: Random) -> bytes:
    """A sample of a format after some accidents; in a zip mostly to one of its parts."""
    data = FILES[dice.choice(SAMPLES[kind])]
    if kind not in ZIPS or dice.random() < 0.2:
        return _spoilt(data, dice)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = dice.choice([name for name in parts if len(parts[name]) > 20])
    spoil = _reshaped if dice.random() < 0.7 else _spoilt
    return zipped({**parts, name: spoil(parts[name], dice)})


def read(kind: Kind, data: bytes) -> Content | None:
    """What the format's reader makes of a file, in this process; None where it refuses it."""
    try:
        if kind in CONFINED:
            return content_of(reader_of(kind)(data))
        return content_of(TEXT_READERS[kind](decoded(data)))
    except UnreadableError:
        return None


def assert_sound(content: Content) -> None:
    """What everyone who takes a Content relies on."""
    for block in content.blocks:
        if isinstance(block, Paragraph):
            assert block.passage.text.strip()
            assert content.text[slice(*block.passage.span)] == block.passage.text
        else:
            assert len({len(row) for row in block.rows}) == 1
            for cell in (cell for row in block.rows for cell in row):
                assert content.text[slice(*cell.passage.span)] == cell.text
    content.text.encode()
    assert "\x00" not in content.text


def _reshaped(xml: bytes, dice: Random) -> bytes:
    """XML that stays well formed: elements gone, doubled or moved, numbers and texts replaced."""
    text = xml.decode()
    for _ in range(dice.randint(1, 4)):
        places = list(dice.choice(_IN_XML).finditer(text))
        if not places:
            continue
        found, other = dice.choice(places), dice.choice(places)
        match dice.randrange(4):
            case 0:
                text = text[: found.start("it")] + text[found.end("it") :]
            case 1:
                text = text[: found.end("it")] + found["it"] + text[found.end("it") :]
            case 2:
                text = text[: found.start("it")] + other["it"] + text[found.end("it") :]
            case _ if not found["it"].startswith("<"):
                text = text[: found.start("it")] + dice.choice(_VALUES) + text[found.end("it") :]
    return text.encode()


def _spoilt(data: bytes, dice: Random) -> bytes:
    for _ in range(dice.randint(1, 6)):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        to = min(to, at + 400)
        match dice.randrange(6):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:at] + data[at:to] * 2 + data[to:]
            case 2:
                data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at]
            case _:
                data = data[:at] + dice.choice(PIECES) + data[at:]
        data = data or b"x"
    return data
