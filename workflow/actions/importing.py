"""Bringing a document in: files are received, read, put right as a draft, and confirmed as a plan or dropped.

Nothing of it is on the ledger before it is confirmed. What is done to the draft leaves no line in the trail, as with
every draft; beginning, dropping and confirming do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import transaction

from accounts.models import Bureau, User
from accounts.rights import standing
from workflow.actions.evidence import MEBIBYTE, keep
from workflow.actions.import_lines import owners, write_lines
from workflow.actions.step import Step, acting
from workflow.clock.now import now, today
from workflow.models import (
    EvidenceFile,
    ImportFile,
    ImportMeasure,
    ImportSection,
    ImportText,
    Plan,
    PlanImport,
)
from workflow.queries.imports import grant_to_import
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.states import ImportState
from workflow.trail.actions import AuditAction

MOST_FILES = 10
LIMIT_MB = 32
"""As much as the readers of documents take."""
GAP = 2**20
"""How far apart two neighbours stand at first: what is put between them halves it."""
BATCH = 500
NAME_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section as read; each measure as data with `line` and all else that was read of it."""

    number: str
    title: str
    measures: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """What the reader made of the files."""

    title: str
    period: str
    period_start: date
    period_end: date
    source_hash: str
    source_name: str
    text: str
    sections: Sequence[ReadSection]
    warnings: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why the files cannot be read: the fault's code, the values of its sentence, and the file at fault, if known."""

    fault: str
    params: Mapping[str, Any] = field(default_factory=dict)
    file: int | None = None


def require_importer(step: Step, office_id: int) -> None:
    """Raise Forbidden for whoever may not bring plans in for that office."""
    grant = grant_to_import(standing(step.person, step.today), office_id)
    if grant is None:
        raise step.lacks_the_right()
    step.grant = grant


def begin_import(
    files: Sequence[File[bytes]], *, by: User, office: Bureau, renews: Plan | None = None
) -> PlanImport:
    """Receive the files: their content is kept by hash, and they wait to be read; `renews`: as a later edition of a plan.

    Returns the import that is there already where the person sent the same files within AGAIN_SECONDS: a form sent
    twice is one import. Raises Conflict for a plan that another office supervises, and Invalid on the field `documents`, naming the file at fault: none or too many, empty, or too large.
    """
    with acting(AuditAction.IMPORT_BEGIN, None, by=by) as step:
        require_importer(step, office.pk)
        is_its_office = renews is None or renews.supervision_office_id == office.pk
        require(is_its_office, Conflict("edition.other_office"))
        require(1 <= len(files) <= MOST_FILES, Invalid("import.files", field="documents", limit=MOST_FILES))
        for file in files:
            check_file(file)
        names = [PurePath(file.name or "").name[:NAME_LONGEST] or "?" for file in files]
        contents = [keep(file) for file in files]
        begun = _sent_before(step, office, renews, contents)
        if begun is not None:
            return begun
        row = PlanImport.objects.create(
            office=office,
            renews=renews,
            begun_by=step.person,
            begun_at=step.at,
            touched_at=step.at,
            source_name=" + ".join(names)[:NAME_LONGEST],
        )
        ImportFile.objects.bulk_create(
            ImportFile(plan_import=row, position=n, name=name, content=content)
            for n, (name, content) in enumerate(zip(names, contents, strict=True), start=1)
        )
        step.note(row, payload={"office": office.name, "files": names})
    return row


AGAIN_SECONDS = 10
"""Within this time the same files from the same person are a double click, not a second import."""


def _sent_before(
    step: Step, office: Bureau, renews: Plan | None, contents: list[EvidenceFile]
) -> PlanImport | None:
    """The person's import of the very same files a moment ago. The person's row is locked: two clicks come at once."""
    User.objects.select_for_update().get(pk=step.person.pk)
    recent = PlanImport.objects.filter(
        begun_by=step.person,
        office=office,
        renews=renews,
        state__in=[ImportState.UPLOADED, ImportState.READING],
        begun_at__gt=step.at - timedelta(seconds=AGAIN_SECONDS),
    ).prefetch_related("files")
    wanted = [content.pk for content in contents]
    same = (row for row in recent if [file.content_id for file in row.files.all()] == wanted)
    return next(same, None)


def check_file(file: File[bytes]) -> None:
    """Raise Invalid for a file that holds nothing, or too much."""
    name = PurePath(file.name or "").name
    require(file.size > 0, Invalid("import.file_empty", field="documents", name=name))
    is_fit = file.size <= LIMIT_MB * MEBIBYTE
    require(is_fit, Invalid("import.file_large", field="documents", name=name, limit=LIMIT_MB))


def drop_import(plan_import: PlanImport, *, by: User) -> None:
    """Give the import up: its draft goes; the content of its files outlives it."""
    with acting(AuditAction.IMPORT_DROP, plan_import, by=by) as step:
        row = locked_import(plan_import.pk)
        require_importer(step, row.office_id)
        require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
        step.note(plan_import, payload={"title": str(row), "office": row.office_id})
        row.delete()


def locked_import(pk: int) -> PlanImport:
    """The import under its row lock; raises Conflict for one that was dropped meanwhile."""
    row = PlanImport.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise Conflict("import.dropped")
    return row


STALE_SECONDS = 90
"""A reading of which nothing was heard for so long was interrupted, and may be begun anew."""


def start_reading(plan_import: PlanImport, *, by: User) -> str:
    """Take the reading on; returns its mark. Raises Conflict while another one is under way, or after confirmation."""
    with transaction.atomic():
        row = locked_import(plan_import.pk)
        require_right(row, by)
        require(row.state != ImportState.CONFIRMED, Conflict("import.confirmed"))
        require(row.state != ImportState.DRAFT, Conflict("import.read"))
        quiet = (now() - row.touched_at).total_seconds()
        is_free = row.state != ImportState.READING or quiet > STALE_SECONDS
        require(is_free, Conflict("import.being_read"))
        row.state, row.reading, row.progress = ImportState.READING, uuid4().hex, 5
        row.fault, row.fault_params, row.fault_file, row.touched_at = "", {}, None, now()
        row.save()
    return row.reading


def note_progress(plan_import: PlanImport, mark: str, progress: int) -> None:
    """Say how far the reading of that mark is, in per cent."""
    under_way = PlanImport.objects.filter(pk=plan_import.pk, reading=mark, state=ImportState.READING)
    under_way.update(progress=progress, touched_at=now())


def keep_reading(plan_import: PlanImport, mark: str, read: ReadDraft) -> bool:
    """Store what was read as the draft. Returns False, and stores nothing, where another reading took over."""
    with transaction.atomic():
        row = PlanImport.objects.select_for_update().filter(pk=plan_import.pk, reading=mark).first()
        if row is None or row.state != ImportState.READING:
            return False
        row.title, row.period, row.code = read.title, read.period[:60], read.code
        row.period_start, row.period_end = read.period_start, read.period_end
        row.source_hash, row.source_name = read.source_hash, read.source_name[:NAME_LONGEST]
        row.warnings, row.ticked = list(read.warnings), []
        row.state, row.reading, row.progress, row.touched_at = ImportState.DRAFT, "", 100, now()
        row.save()
        ImportText.objects.update_or_create(plan_import=row, defaults={"text": read.text})
        measures = _write_sections(row, read.sections)
        write_lines(measures, read.text)
        of_line = owners(measures, read.text)
        row.warned = [of_line.get(warning.get("line") or 0) for warning in row.warnings]
        row.save(update_fields=["warned"])
    return True


def _write_sections(row: PlanImport, sections: Sequence[ReadSection]) -> list[ImportMeasure]:
    rows = [
        ImportSection(
            plan_import=row, position=n * GAP, number=section.number[:20], title=section.title[:NAME_LONGEST]
        )
        for n, section in enumerate(sections, start=1)
    ]
    ImportSection.objects.bulk_create(rows)
    return ImportMeasure.objects.bulk_create(
        [
            ImportMeasure(
                plan_import=row, section=written, position=n * GAP, line=data.get("line"), data=dict(data)
            )
            for written, section in zip(rows, sections, strict=True)
            for n, data in enumerate(section.measures, start=1)
        ],
        batch_size=BATCH,
    )


def fail_reading(plan_import: PlanImport, mark: str, unread: Unread) -> None:
    """Keep why the files cannot be read; nothing else changes."""
    PlanImport.objects.filter(pk=plan_import.pk, reading=mark).update(
        state=ImportState.FAILED,
        reading="",
        progress=0,
        fault=unread.fault,
        fault_params=dict(unread.params),
        fault_file=unread.file,
        touched_at=now(),
    )


def require_right(row: PlanImport, person: User) -> None:
    """Raise Forbidden for whoever may not bring plans in for the import's office."""
    is_allowed = grant_to_import(standing(person, today()), row.office_id) is not None
    require(is_allowed, Forbidden("right.missing"))
