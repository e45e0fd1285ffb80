"""From the files to the plan, through the pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Bureau
from tests.factories.cast import Cast, join
from tests.factories.imports import drafted_import, file, importer
from tests.factories.plans import Line, drafted
from tests.workflow.intake.greenway import WHOLE
from tests.workflow.pages.visits import Visitor, told, words
from workflow.actions.importing import LIMIT_MB, STALE_SECONDS
from workflow.clock.now import now
from workflow.intake.formats.door import LIMIT_MB as READ_MB
from workflow.models import Plan, PlanImport, ResponsibleUnit
from workflow.pages.importing import reading
from workflow.states import ImportState, PlanState

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    return Visitor(importer(cast))


def test_a_document_is_brought_in_put_right_and_confirmed(visitor: Visitor, cast: Cast) -> None:
    answer = visitor.send("ledger:imports", documents=file("绿道.txt", WHOLE), office=cast.office.pk)
    row = PlanImport.objects.get()
    assert answer.url == reverse("ledger:import", args=[row.pk])
    waiting = visitor.see("ledger:import", row.pk)
    assert f'hx-post="{reverse("ledger:read-import", args=[row.pk])}" hx-trigger="load"' in words(waiting)

    visitor.send("ledger:read-import", row.pk)
    row.refresh_from_db()
    assert row.state == ImportState.DRAFT
    assert row.measures.exists()

    visitor.send("ledger:import-units", row.pk, create_missing="1")
    row.refresh_from_db()
    page = visitor.see("ledger:confirm-import", row.pk)
    created = [name.text for name in page.context["created"]]
    page = visitor.follow("ledger:confirm-import", row.pk, code="ld", version=row.version)

    plan = Plan.objects.get()
    assert (plan.code, plan.state) == ("LD", PlanState.DRAFT)
    assert set(created) <= set(Bureau.objects.values_list("name", flat=True))
    assert created
    assert told(page)[-1] == "The plan is in preparation; you are its supervisor."
    assert page.context["may_prepare"]
    assert f'<a class="btn btn-primary" href="{reverse("ledger:plan-offices", args=["LD"])}">Next:' in words(
        page
    )
    open_units = ResponsibleUnit.objects.filter(kind="bureau", bureau__isnull=True)
    assert not open_units.exists()


def test_a_file_that_cannot_be_read_is_named_with_one_sentence(visitor: Visitor, cast: Cast) -> None:
    files = [file("绿道.txt", WHOLE), SimpleUploadedFile("清单.docx", b"PK\x03\x04 broken")]
    visitor.client.post(reverse("ledger:imports"), {"documents": files, "office": cast.office.pk})
    row = PlanImport.objects.get()
    visitor.send("ledger:read-import", row.pk)

    page = visitor.see("ledger:import", row.pk)
    row.refresh_from_db()
    assert (row.state, row.fault_file) == (ImportState.FAILED, 2)
    assert page.context["fault"] in words(page)
    assert page.context["fault"]
    assert not row.measures.exists()


def test_a_text_that_is_no_plan_says_so(visitor: Visitor, cast: Cast) -> None:
    visitor.send(
        "ledger:imports", documents=file("信.txt", "2026年1月\n今天天气很好。\n"), office=cast.office.pk
    )
    row = PlanImport.objects.get()
    visitor.send("ledger:read-import", row.pk)
    assert visitor.see("ledger:import", row.pk).context["fault"]


@pytest.mark.parametrize("sent", [[], [SimpleUploadedFile("empty.txt", b"")]])
def test_no_file_and_an_empty_one_are_refused_at_the_zone(
    visitor: Visitor, cast: Cast, sent: list[SimpleUploadedFile]
) -> None:
    answer = visitor.client.post(reverse("ledger:imports"), {"documents": sent, "office": cast.office.pk})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["documents"]
    assert not PlanImport.objects.exists()


def test_a_reading_is_heard_of_with_every_measure_until_it_is_over(
    visitor: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.send("ledger:imports", documents=file("绿道.txt", WHOLE), office=cast.office.pk)
    row = PlanImport.objects.get()
    heard: list[int] = []
    monkeypatch.setattr(reading, "HEARTBEAT_SECONDS", 0)
    monkeypatch.setattr(reading, "note_progress", lambda row, mark, progress: heard.append(progress))

    visitor.send("ledger:read-import", row.pk)

    assert len(heard) == 2 + row.measures.count()
    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (reading.RECEIVED, reading.UNDERSTOOD)


def test_progress_is_told_while_it_lasts_and_leads_on_when_it_is_over(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    url = reverse("ledger:import-progress", args=[row.pk])
    over = visitor.client.get(url, headers={"HX-Request": "true"})
    assert over["HX-Redirect"] == reverse("ledger:import", args=[row.pk])

    PlanImport.objects.filter(pk=row.pk).update(state=ImportState.READING, progress=20)
    assert 'value="20"' in words(visitor.client.get(url, headers={"HX-Request": "true"}))


def test_a_reading_that_was_interrupted_says_so_and_can_be_begun_anew(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    long_ago = now() - timedelta(seconds=STALE_SECONDS + 1)
    PlanImport.objects.filter(pk=row.pk).update(state=ImportState.READING, touched_at=long_ago)

    part = words(visitor.see("ledger:import-progress", row.pk))

    assert "hx-trigger" not in part
    assert f'action="{reverse("ledger:read-import", args=[row.pk])}"' in part


def test_as_much_is_received_as_can_be_read() -> None:
    assert LIMIT_MB == READ_MB


def test_unfinished_imports_are_listed_to_the_whole_office_and_can_be_dropped(
    visitor: Visitor, cast: Cast
) -> None:
    row = drafted_import(cast)
    colleague = Visitor(importer(cast, 2))
    assert colleague.see("ledger:imports").context["unfinished"] == [row]

    colleague.send("ledger:drop-import", row.pk)
    assert visitor.see("ledger:imports").context["unfinished"] == []
    assert visitor.see("ledger:import", row.pk).status_code == 404


def test_the_button_stands_where_it_can_be_used(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), cycle="quarter"))
    button = f'href="{reverse("ledger:imports")}"'

    assert button in words(Visitor(importer(cast)).see("ledger:plans"))
    assert button in words(Visitor(cast.supervisor(plan)).see("ledger:plan-detail", plan.code))
    assert button not in words(Visitor(cast.approver(plan)).see("ledger:plan-detail", plan.code))


def test_a_source_that_is_on_the_ledger_is_told_with_its_plan(visitor: Visitor, cast: Cast) -> None:
    confirmed, again = drafted_import(cast), drafted_import(cast)
    visitor.send("ledger:confirm-import", confirmed.pk, code="LD", version=confirmed.version)
    plan = Plan.objects.get()

    assert visitor.see("ledger:import", again.pk).context["known"] == plan
    page = visitor.see("ledger:confirm-import", again.pk)
    assert reverse("ledger:plan-detail", args=["LD"]) in words(page)
    answer = visitor.send("ledger:confirm-import", again.pk, code="LE", version=again.version)
    assert answer.status_code == 409
    assert "is on the ledger already, as the plan LD" in words(answer)


def test_who_confirms_second_is_told_that_it_was_done(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    data = {"code": "LD", "version": row.version}
    visitor.send("ledger:confirm-import", row.pk, **data)
    answer = Visitor(importer(cast, 2)).send("ledger:confirm-import", row.pk, **data)

    assert answer.status_code == 409
    assert "confirmed already" in words(answer)
    assert Plan.objects.count() == 1
    assert visitor.see("ledger:import", row.pk).url == reverse("ledger:plan-detail", args=["LD"])


def test_a_bad_code_is_refused_at_its_field(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    answer = visitor.send("ledger:confirm-import", row.pk, code="1X", version=row.version)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])


def test_a_unit_is_tied_to_the_bureau_chosen_for_it(visitor: Visitor, cast: Cast) -> None:
    row, other = drafted_import(cast), cast.bureau("教体局")
    visitor.send("ledger:import-units", row.pk, text="教育局", bureau=other.pk)
    visitor.send("ledger:import-units", row.pk, text="水务局", bureau="create", kind="school")
    visitor.send("ledger:import-units", row.pk, text="财政局", bureau="")

    row.refresh_from_db()
    assert row.bureaus == {"教育局": {"bureau": other.pk}, "水务局": {"create": "school"}, "财政局": {}}
    assert visitor.send("ledger:import-units", row.pk, text="别局", bureau="").status_code == 404


def test_any_bureau_can_be_named_and_one_that_does_not_exist_is_said(visitor: Visitor, cast: Cast) -> None:
    row, other = drafted_import(cast), cast.bureau("教体局")
    visitor.send("ledger:import-units", row.pk, text="教育局", other="教体局")
    page = visitor.follow("ledger:import-units", row.pk, text="财政局", other="财税局")

    row.refresh_from_db()
    assert row.bureaus == {"教育局": {"bureau": other.pk}}
    assert told(page)[-1] == "No bureau is named “财税局”."


def test_the_source_and_files_stay_readable_for_who_sees_the_plan(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    visitor.send("ledger:confirm-import", row.pk, code="LD", version=row.version)
    observer = Visitor(cast.observer(Plan.objects.get()))

    page = observer.see("ledger:plan-source", "LD")
    assert "建成桥梁3座" in words(page)
    answer = observer.see("ledger:plan-source-file", "LD", 1)
    assert "建成桥梁3座" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert Visitor(cast.stranger()).see("ledger:plan-source", "LD").status_code == 404
    assert observer.see("ledger:import", row.pk).status_code == 404


def test_a_plan_that_came_another_way_has_no_source(cast: Cast) -> None:
    plan = drafted(cast, Line(cast.bureau("教育局"), cycle="quarter"))
    assert Visitor(cast.supervisor(plan)).see("ledger:plan-source", plan.code).status_code == 404


def test_the_administrator_appoints_a_supervisor_in_the_office(cast: Cast) -> None:
    person = cast.stranger()
    join(person, cast.office)
    Visitor(cast.administrator()).send(
        "master-data:person",
        person.pk,
        decision="appoint",
        role="supervisor",
        scope=f"bureau:{cast.office.pk}",
        since="2020-01-01",
    )
    assert Visitor(person).see("ledger:imports").status_code == 200
