"""Bringing a document in: who may, what is received, read, dropped."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.roles import Role
from tests.factories.cast import Cast, appoint, join
from tests.factories.clock import Clock
from tests.factories.imports import drafted_import, file, importer, read_draft
from tests.factories.plans import Line, drafted
from tests.factories.refusals import refused
from workflow.actions import importing
from workflow.actions.importing import (
    MOST_FILES,
    Unread,
    begin_import,
    drop_import,
    fail_reading,
    keep_reading,
    start_reading,
)
from workflow.models import (
    AuditEvent,
    EvidenceFile,
    ImportMeasure,
    ImportSection,
    Measure,
    Plan,
    PlanImport,
)
from workflow.rules.refusal import Conflict, Forbidden
from workflow.states import ImportState

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 30)


def received(cast: Cast) -> PlanImport:
    return begin_import([file()], by=importer(cast), office=cast.office)


def test_files_are_received_in_order_by_hash_and_the_trail_says_by_whom(cast: Cast) -> None:
    row = begin_import([file("a.txt"), file("b.txt")], by=importer(cast), office=cast.office)

    assert [one.name for one in row.files.all()] == ["a.txt", "b.txt"]
    assert EvidenceFile.objects.count() == 1  # the same content, stored once
    assert (row.state, row.source_name) == (ImportState.UPLOADED, "a.txt + b.txt")
    event = AuditEvent.objects.get(action="import.begin")
    assert (event.actor, event.object_id, event.scope_id) == (importer(cast), row.pk, cast.office.pk)


def test_a_form_sent_twice_is_one_import(cast: Cast) -> None:
    first = received(cast)

    assert received(cast) == first
    assert begin_import([file(text="另一份")], by=importer(cast), office=cast.office) != first
    assert AuditEvent.objects.filter(action="import.begin").count() == 2


def test_the_same_files_sent_again_later_are_another_import(cast: Cast) -> None:
    with time_machine.travel("2026-11-02 09:00:00+08:00", tick=False):
        first = received(cast)
    with time_machine.travel("2026-11-02 09:01:00+08:00", tick=False):
        assert received(cast) != first


def test_a_supervisor_of_a_plan_brings_plans_in_for_its_office(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))

    row = begin_import([file()], by=cast.supervisor(plan), office=cast.office)

    assert row.begun_by == cast.supervisor(plan)


@pytest.mark.parametrize("who", ["stranger", "head", "approver", "administrator", "elsewhere"])
def test_nobody_else_brings_plans_in(cast: Cast, who: str) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), due=DUE))
    person: User
    if who == "elsewhere":
        person = cast.stranger(7)
        join(person, cast.bureau("财政局"))
        appoint(person, Role.SUPERVISOR, cast.bureau("财政局"))
    elif who == "head":
        person = cast.head(cast.office)
    else:
        person = cast.approver(plan) if who == "approver" else getattr(cast, who)()

    with refused("right.missing", 403):
        begin_import([file()], by=person, office=cast.office)


def test_a_supervisor_who_left_the_office_brings_nothing_in(cast: Cast, clock: Clock) -> None:
    person = importer(cast)
    person.memberships.update(until=clock.today - timedelta(days=1))

    with refused("right.missing", 403):
        begin_import([file()], by=person, office=cast.office)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "import.files"),
        ([file(f"{n}.txt") for n in range(MOST_FILES + 1)], "import.files"),
        ([file(), SimpleUploadedFile("empty.docx", b"")], "import.file_empty"),
    ],
)
def test_no_file_too_many_and_empty_ones_are_refused(
    cast: Cast, files: list[SimpleUploadedFile], code: str
) -> None:
    by = importer(cast)
    with refused(code, 422):
        begin_import(files, by=by, office=cast.office)


def test_a_file_that_is_too_large_is_refused_by_its_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LIMIT_MB", 0)
    by = importer(cast)
    with refused("import.file_large", 422):
        begin_import([file("big.docx")], by=by, office=cast.office)


def test_what_was_read_is_kept_as_a_draft_and_nothing_reaches_the_ledger(cast: Cast) -> None:
    row = drafted_import(cast)

    assert (row.state, row.progress, row.title) == (ImportState.DRAFT, 100, read_draft().title)
    assert [section.title for section in row.sections.all()] == ["贯通", "便民"]
    assert [str(measure) for measure in row.measures.all()] == ["修桥", "设站", "装灯"]
    assert row.source.text == read_draft().text
    assert not Plan.objects.exists()
    assert not Measure.objects.exists()


def test_a_warning_knows_the_measure_on_whose_lines_it_is(cast: Cast) -> None:
    row = drafted_import(cast)

    station = row.measures.get(line=5)
    assert row.warned == [station.pk, None]


def test_two_readings_at_once_are_refused_and_the_first_stands(cast: Cast) -> None:
    row = received(cast)
    mark = start_reading(row, by=importer(cast))

    with pytest.raises(Conflict, match=r"识别|being read"):
        start_reading(row, by=importer(cast))
    assert keep_reading(row, mark, read_draft())


def test_an_interrupted_reading_is_begun_anew_and_what_the_old_one_brings_is_dropped(
    cast: Cast, clock: Clock
) -> None:
    row = received(cast)
    old = start_reading(row, by=importer(cast))
    clock.to(clock.today, hour=10)
    new = start_reading(row, by=importer(cast))

    assert not keep_reading(row, old, read_draft())
    assert not ImportMeasure.objects.exists()
    assert keep_reading(row, new, read_draft())


def test_a_document_that_cannot_be_read_keeps_why_and_can_be_read_again(cast: Cast) -> None:
    row = received(cast)
    fail_reading(row, start_reading(row, by=importer(cast)), Unread("not_text", {}, 1))

    row.refresh_from_db()
    assert (row.state, row.fault, row.fault_file) == (ImportState.FAILED, "not_text", 1)
    assert keep_reading(row, start_reading(row, by=importer(cast)), read_draft())


def test_nobody_reads_for_another_office(cast: Cast) -> None:
    row = received(cast)
    with pytest.raises(Forbidden):
        start_reading(row, by=cast.stranger())


def test_a_dropped_import_leaves_nothing_but_its_line_and_the_content(cast: Cast) -> None:
    row = drafted_import(cast)
    drop_import(row, by=importer(cast))

    assert not PlanImport.objects.exists()
    assert not ImportSection.objects.exists()
    assert EvidenceFile.objects.count() == 1
    assert AuditEvent.objects.filter(action="import.drop").count() == 1
