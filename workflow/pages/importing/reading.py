"""The reading: a POST that reads the files, and the progress that is asked for meanwhile."""

from collections.abc import Sequence
from time import monotonic

from django.http import HttpRequest, HttpResponse

from workflow.actions.importing import (
    STALE_SECONDS,
    Unread,
    fail_reading,
    keep_reading,
    note_progress,
    start_reading,
)
from workflow.clock.now import now
from workflow.intake.draft import draft_of
from workflow.intake.errors import Fault, IntakeError
from workflow.intake.formats.door import read_content
from workflow.intake.reading import read_files
from workflow.models import ImportFile, PlanImport
from workflow.pages.importing.page import ImportPage, draft_url, go_to
from workflow.states import ImportState
from workflow.trail.record import stored

HEARTBEAT_SECONDS = 1.0
RECEIVED, UNDERSTOOD = 20, 80
"""Per cent of the way at which the files are at hand, and at which they have been read."""


class ReadImport(ImportPage):
    """POST: read the files. It takes as long as it takes; the page asks `ImportProgress` meanwhile."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Read, then go to the draft, or to the sentence that says why there is none."""
        row = self.find(number)
        mark = start_reading(row, by=self.person)
        files = contents(row)
        note_progress(row, mark, RECEIVED)
        try:
            read = read_files(files, Heartbeat(row, mark))
        except IntakeError as error:
            fail_reading(row, mark, unread(error, files))
        else:
            note_progress(row, mark, UNDERSTOOD)
            keep_reading(row, mark, draft_of(read))
        return go_to(request, draft_url(row))


class Heartbeat:
    """Notes how far the reading of a mark is, once a second: measures take from RECEIVED to UNDERSTOOD."""

    def __init__(self, row: PlanImport, mark: str) -> None:
        self.row, self.mark, self.last = row, mark, monotonic()

    def __call__(self, read: int, of: int) -> None:
        """`read` of `of` measures are read."""
        if monotonic() - self.last >= HEARTBEAT_SECONDS:
            self.last = monotonic()
            note_progress(self.row, self.mark, RECEIVED + (UNDERSTOOD - RECEIVED) * read // of)


def contents(row: PlanImport) -> list[tuple[str, bytes]]:
    """The import's files in order, each with its name and what is in it."""
    return [(file.name, _content(file)) for file in row.files.select_related("content").order_by("position")]


def _content(file: ImportFile) -> bytes:
    with file.content.file.open("rb") as opened:
        return bytes(opened.read())


def unread(error: IntakeError, files: Sequence[tuple[str, bytes]]) -> Unread:
    """Why nothing was read, and which file is at fault: the only one, or the first that cannot be read by itself."""
    at_fault = (
        1
        if len(files) == 1
        else next((n for n, (name, data) in enumerate(files, start=1) if not is_readable(data, name)), None)
    )
    return Unread(error.fault.value, stored(error.params), at_fault)


def is_readable(data: bytes, name: str) -> bool:
    """Whether the file is of a kind that can be read, whatever it says."""
    try:
        read_content(data, name)
    except IntakeError:
        return False
    return True


def fault_sentence(row: PlanImport) -> str:
    """Why the files could not be read, in the reader's language; "" where nothing is wrong."""
    return str(IntakeError(Fault(row.fault), **row.fault_params)) if row.fault else ""


class ImportProgress(ImportPage):
    """GET: how far the reading is; leads on when it is over."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The bar, for the part of the page that asks again and again."""
        row = self.find(number)
        if row.state not in (ImportState.READING, ImportState.UPLOADED):
            return go_to(request, draft_url(row))
        quiet = (now() - row.touched_at).total_seconds()
        context = {"row": row, "is_stale": row.state == ImportState.READING and quiet > STALE_SECONDS}
        return self.show("workflow/import/_progress.html", context)
