"""Takes the next number of a series under its lock, so that numbers have no gap (DESIGN.md, Ids and numbers)."""

from accounts.writes import insert
from workflow.actions.step import Step
from workflow.models import Document, DocumentSeries
from workflow.models.document import DocumentKind


def _locked_series(kind: DocumentKind, office_id: int, year: int) -> DocumentSeries:
    """The series under its row lock; made when its first number is taken."""
    rows = DocumentSeries.objects.select_for_update().filter(kind=kind, office_id=office_id, year=year)
    found = rows.first()
    if found is None:
        DocumentSeries.objects.get_or_create(kind=kind, office_id=office_id, year=year)
        found = rows.get()
    return found


def issue(step: Step, kind: DocumentKind, office_id: int) -> Document:
    """A new document of `kind` with the office's next number of the year; in the step's transaction."""
    year = step.today.year
    series = _locked_series(kind, office_id, year)
    series.last += 1
    step.store(series, "last")
    document = Document(
        kind=kind,
        office_id=office_id,
        year=year,
        serial=series.last,
        issued_by=step.person,
        issued_at=step.at,
    )
    insert(document)
    return document
