"""What a file is, by its contents; what is not read is named in one sentence."""

import pytest
from django.utils.translation import override

from tests.workflow.intake.formats.every_format import FILES
from tests.workflow.intake.formats.old_sheet import compound
from tests.workflow.intake.formats.printed import Sheet, pdf
from tests.workflow.intake.formats.zipped import docx, xlsx, zipped
from workflow.intake.errors import SENTENCES, Fault, IntakeError
from workflow.intake.formats.door import LIMIT_BYTES, read_content
from workflow.intake.formats.given import LINE_LONGEST
from workflow.intake.formats.kinds import Kind, kind_of

PICTURE_ONLY = pdf([Sheet(["q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"])])
LOCKED_PDF = FILES["plan.pdf"].replace(
    b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>"
    % (b"11" * 32, b"22" * 32)
)  # fmt: skip

REFUSED = {
    "nothing": (b"", "a.txt", Fault.EMPTY),
    "blanks": (" \t\r\n　".encode(), "a.txt", Fault.EMPTY),
    "empty table": (b",,\n,,\n", "a.csv", Fault.EMPTY),
    "empty page": (b"<html><script>x</script></html>", "a.html", Fault.EMPTY),
    "empty document": (docx(""), "a.docx", Fault.EMPTY),
    "empty workbook": (xlsx({"a": ""}), "a.xlsx", Fault.EMPTY),
    "too large": (b"x" * (LIMIT_BYTES + 1), "a.txt", Fault.TOO_LARGE),
    "endless line": (b"x" * (LINE_LONGEST + 1), "a.txt", Fault.LINE_TOO_LONG),
    "no text": ("区园林局\x00".encode(), "a.txt", Fault.NOT_TEXT),
    "no encoding": (b"\xff\xff\xff", "a.txt", Fault.NOT_TEXT),
    "program": (b"\x7fELF\x02\x01\x01\x00\x00", "a.dat", Fault.UNKNOWN_KIND),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", Fault.PICTURE),
    "jpeg renamed": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.txt", Fault.PICTURE),
    "bitmap": (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "a.bmp", Fault.PICTURE),
    "webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", Fault.PICTURE),
    "heic": (b"\x00\x00\x00\x18ftypheic", "a.heic", Fault.PICTURE),
    "rar": (b"Rar!\x1a\x07\x01\x00", "a.rar", Fault.ARCHIVE),
    "gzip": (b"\x1f\x8b\x08\x00", "a.gz", Fault.ARCHIVE),
    "zip of documents": (zipped({"a.docx": docx("")}), "a.zip", Fault.ARCHIVE),
    "ofd": (zipped({"OFD.xml": "<OFD/>"}), "a.ofd", Fault.OFD),
    "old Word": (compound({"WordDocument": b"x"}), "a.doc", Fault.OLD_WORD),
    "wps": (compound({"Something": b"x"}), "a.wps", Fault.OLD_WORD),
    "old Word renamed": (compound({"WordDocument": b"x"}), "a.docx", Fault.OLD_WORD),
    "old presentation": (compound({"PowerPoint Document": b"x"}), "a.ppt", Fault.OTHER_KIND),
    "other compound": (compound({"Something": b"x"}), "a.msi", Fault.UNKNOWN_KIND),
    "locked Office file": (compound({"EncryptedPackage": b"x"}), "a.docx", Fault.ENCRYPTED),
    "presentation": (zipped({"ppt/presentation.xml": ""}), "a.pptx", Fault.OTHER_KIND),
    "binary workbook": (zipped({"xl/workbook.bin": ""}), "a.xlsb", Fault.OTHER_KIND),
    "open document": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", Fault.OTHER_KIND,
    ),
    "rtf": (b"{\\rtf1\\ansi x}", "a.doc", Fault.OTHER_KIND),
    "Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "a.xml", Fault.OTHER_KIND),
    "svg": (b'<?xml version="1.0"?><svg/>', "a.svg", Fault.OTHER_KIND),
    "mail archive": (b"MIME-Version: 1.0\r\n", "a.mht", Fault.OTHER_KIND),
    "cut document": (docx("")[:200], "a.docx", Fault.BROKEN),
    "document without a body": (zipped({"word/document.xml": "<a/>"}), "a.docx", Fault.BROKEN),
    "document that is no XML": (zipped({"word/document.xml": "<a>"}), "a.docx", Fault.BROKEN),
    "cut workbook": (zipped({"xl/workbook.xml": "<workbook>"}), "a.xlsx", Fault.BROKEN),
    "cut old workbook": (FILES["plan.xls"][:700], "a.xls", Fault.BROKEN),
    "cut PDF": (b"%PDF-1.5\n%%EOF", "a.pdf", Fault.BROKEN),
    "locked PDF": (LOCKED_PDF, "a.pdf", Fault.ENCRYPTED),
    "scan": (PICTURE_ONLY, "a.pdf", Fault.NO_TEXT_LAYER),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_read_is_refused_with_a_sentence(what: str) -> None:
    data, name, fault = REFUSED[what]
    with pytest.raises(IntakeError) as refused:
        read_content(data, name)
    assert refused.value.fault is fault
    with override("en"):
        sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "%(" not in sentence


@pytest.mark.parametrize(
    ("name", "called", "kind"),
    [
        ("plan.docx", "plan.txt", Kind.WORD),
        ("plan.xlsx", "plan.docx", Kind.EXCEL),
        ("plan.xls", "plan.doc", Kind.OLD_EXCEL),
        ("plan.pdf", "plan", Kind.PDF),
        ("plan.html", "plan.doc", Kind.WEB_PAGE),
        ("plan.txt", "plan.docx", Kind.TEXT),
        ("plan.csv", "plan.csv", Kind.DELIMITED),
        ("plan.md", "PLAN.MD", Kind.MARKDOWN),
    ],
)
def test_contents_decide_and_the_name_only_among_texts(name: str, called: str, kind: Kind) -> None:
    assert kind_of(FILES[name], called) is kind


def test_every_fault_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Fault)
