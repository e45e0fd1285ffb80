"""Which format a file is in: by its contents first, by its name only among the kinds of text."""

import re
from enum import StrEnum

from workflow.intake.faults import Fault, UnreadableError
from workflow.intake.formats.archive import Archive
from workflow.intake.formats.compound import MARK, Compound


class Kind(StrEnum):
    """A format that is read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    DELIMITED = "delimited"
    WEB_PAGE = "web_page"
    WORD = "word"
    EXCEL = "excel"
    OLD_EXCEL = "old_excel"
    PDF = "pdf"


CONFINED = frozenset({Kind.WEB_PAGE, Kind.WORD, Kind.EXCEL, Kind.OLD_EXCEL, Kind.PDF})
"""The formats that are read in a process of their own."""

_BY_NAME = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".csv": Kind.DELIMITED,
    ".tsv": Kind.DELIMITED,
    ".htm": Kind.WEB_PAGE,
    ".html": Kind.WEB_PAGE,
    ".xhtml": Kind.WEB_PAGE,
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TEXT_NAMES = (".txt", ".md", ".markdown", ".csv", ".tsv", ".htm", ".html", "")
_HEAD = 4096

_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|<!--(?:(?!-->).)*+-->|\s)*+<(?:!doctype\s+html|html|head|body|meta|title|table|div|section|article|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_TEXTS = (
    (re.compile(r"\s*\{\\rtf"), ".rtf", ".docx"),
    (re.compile(r"\s*(?:MIME-Version:|From: <Saved by)", re.IGNORECASE), ".mht", ".docx"),
    (re.compile(r'\s*<\?xml.{0,300}?progid="Word\.Document"', re.DOTALL), "Word XML", ".docx"),
    (re.compile(r'\s*<\?xml.{0,300}?progid="Excel\.Sheet"', re.DOTALL), "Excel XML", ".xlsx"),
    (re.compile(r"\s*<\?xml"), ".xml", ".docx"),
)
_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", ".odt", ".docx"),
    (b"application/vnd.oasis.opendocument.spreadsheet", ".ods", ".xlsx"),
    (b"application/vnd.oasis.opendocument.presentation", ".odp", ".docx"),
    (b"application/epub+zip", ".epub", ".docx"),
)


def extension(name: str) -> str:
    """The extension of a file's name in small letters, with its dot; "" for none."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem and "/" not in last else ""


def kind_of(data: bytes, name: str) -> Kind:
    """The format of the file `name`.

    Raises UnreadableError for a kind that is not read, naming it and what to do instead.
    """
    if data.startswith(_ZIP):
        return _kind_of_zip(data, name)
    if data.startswith(MARK):
        return _kind_of_compound(data, name)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    _refuse_pictures_and_archives(data)
    head = _head_of(data)
    for pattern, kind, save_as in _OTHER_TEXTS:
        if pattern.match(head) and not _WEB_PAGE.match(head):
            raise UnreadableError(Fault.OTHER_KIND, kind=kind, save_as=save_as)
    if _WEB_PAGE.match(head) and extension(name) not in (".md", ".markdown"):
        return Kind.WEB_PAGE
    if "\x00" in head and extension(name) not in _TEXT_NAMES:
        raise UnreadableError(Fault.UNKNOWN_KIND)
    return _BY_NAME.get(extension(name), Kind.TEXT)


def _head_of(data: bytes) -> str:
    """The beginning of a text, for a look at its markup: all of that is in signs which every encoding shares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: _HEAD * 2].decode("utf-16", "ignore")
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _refuse_pictures_and_archives(data: bytes) -> None:
    is_container = data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    is_bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"
    if data.startswith(_PICTURES) or is_container or is_bitmap:
        raise UnreadableError(Fault.PICTURE)
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise UnreadableError(Fault.ARCHIVE)


def _kind_of_zip(data: bytes, name: str) -> Kind:
    archive = Archive(data, extension(name) or ".zip")
    folders = {part.partition("/")[0] for part in archive.names if "/" in part}
    if "word" in folders:
        return Kind.WORD
    if "xl/workbook.xml" in archive.names:
        return Kind.EXCEL
    if "OFD.xml" in archive.names:
        raise UnreadableError(Fault.OFD)
    _refuse_other_zips(archive, folders)
    if extension(name) in (".docx", ".xlsx", ".docm", ".xlsm"):
        raise UnreadableError(Fault.BROKEN, kind=extension(name))
    raise UnreadableError(Fault.ARCHIVE)


def _refuse_other_zips(archive: Archive, folders: set[str]) -> None:
    mimetype = archive.part("mimetype", largest=200).strip()
    for is_it, kind, save_as in (
        ("xl" in folders, ".xlsb", ".xlsx"),
        ("ppt" in folders, ".pptx", ".docx"),
        *((mimetype.startswith(stated), kind, save_as) for stated, kind, save_as in _OPEN_DOCUMENTS),
    ):
        if is_it:
            raise UnreadableError(Fault.OTHER_KIND, kind=kind, save_as=save_as)


def _kind_of_compound(data: bytes, name: str) -> Kind:
    """Old Office files are all in one container; the streams in it tell them apart."""
    names = Compound(data, extension(name) or ".xls").names
    if "EncryptedPackage" in names:
        raise UnreadableError(Fault.ENCRYPTED)
    is_word, is_excel = "WordDocument" in names, bool(names & {"Workbook", "Book"})
    if is_excel and (not is_word or extension(name) in (".xls", ".et", ".xlt", ".xlsx")):
        return Kind.OLD_EXCEL
    if is_word or extension(name) in (".doc", ".wps", ".dot", ".wpt"):
        raise UnreadableError(Fault.OLD_WORD)
    if "PowerPoint Document" in names:
        raise UnreadableError(Fault.OTHER_KIND, kind=".ppt", save_as=".docx")
    raise UnreadableError(Fault.UNKNOWN_KIND)
