"""Why a file cannot be read as a plan: one sentence for the person, nothing loaded."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.intake.faults import Fault

__all__ = ["SENTENCES", "Fault", "IntakeError"]

SENTENCES: dict[Fault, Promise] = {
    Fault.MISSING: _("There is no file “%(name)s”."),
    Fault.FOLDER: _("“%(name)s” is a folder, not a file."),
    Fault.UNREADABLE: _("The file “%(name)s” cannot be read: %(why)s."),
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: _("The file is larger than %(limit)s MB."),
    Fault.LINE_TOO_LONG: _("A line of the file is longer than %(limit)s characters."),
    Fault.NOT_TEXT: _("The file is not a text in UTF-8 or GB18030."),
    Fault.UNKNOWN_KIND: _(
        "The file is of no kind that is read here: .docx, .xlsx, .xls, .pdf, .html, .md, .csv or .txt."
    ),
    Fault.OTHER_KIND: _("Files of the kind %(kind)s are not read: save it as %(save_as)s and load that."),
    Fault.OLD_WORD: _(
        "The file is an old Word or WPS document (.doc, .wps): save it as .docx and load that."
    ),
    Fault.OFD: _("The file is an OFD document: save it as .docx, or as .pdf with its text, and load that."),
    Fault.PICTURE: _("The file is a picture: load the document it was made from, as .docx, .xlsx or .txt."),
    Fault.ARCHIVE: _("The file is an archive: unpack it and load the documents in it."),
    Fault.BROKEN: _("The file is damaged and cannot be read as %(kind)s: save it anew and load that."),
    Fault.ENCRYPTED: _("The file is protected by a password: save it without one and load that."),
    Fault.NO_TEXT_LAYER: _(
        "The pages are pictures without text (a scan): load the document they were made from, or a copy with its text."
    ),
    Fault.TOO_COSTLY: _(
        "Reading the file takes too much time or memory, so nothing was loaded: split it, or save it as .txt."
    ),
    Fault.TABLE_TOO_LARGE: _(
        "The tables of the file hold more than %(rows)s rows or %(cells)s cells: split it and load the parts."
    ),
    Fault.UNSAFE_XML: _("The file declares entities of its own, as no document needs to; it was not read."),
    Fault.NO_PLAN: _("The text is no plan: no measure with responsible units was found in it."),
    Fault.NO_PERIOD: _("The title names no period such as 2025-2027年, so nothing was loaded: %(title)s"),
    Fault.PERIOD_REVERSED: _("The plan's period ends before it begins: %(period)s"),
    Fault.LIST_COLUMNS: _(
        "Line %(line)s: this reader cannot tell the columns of the task list apart, so nothing was loaded: %(columns)s"
    ),
    Fault.RUN_TOGETHER: _(
        "Line %(line)s: the cells of the task list run together without anything between them, so nothing was loaded."
    ),
    Fault.NOT_JSON: _("The ledger file is not valid JSON: line %(line)s, column %(column)s."),
    Fault.LEDGER_PLACE: _("The ledger file is wrong at %(place)s: %(why)s"),
}


class IntakeError(Exception):
    """The file holds no plan that can be read. `str()` is one line in the reader's language.

    Args of the constructor: the fault, and the values its sentence names.
    """

    def __init__(self, fault: Fault, **params: Any) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.params = params

    def __str__(self) -> str:
        return " ".join((str(SENTENCES[self.fault]) % self.params).split())
