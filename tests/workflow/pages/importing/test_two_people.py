"""Two people at one draft: nobody takes back or overwrites what they have not seen."""

import re
import threading

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.imports import drafted_import, importer
from tests.workflow.pages.visits import Visitor, words
from workflow.actions import import_edits as edits
from workflow.actions import import_sections as sections
from workflow.models import PlanImport
from workflow.rules.refusal import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> PlanImport:
    return drafted_import(cast)


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    return Visitor(importer(cast))


def undo_offered(answer: HttpResponse) -> str:
    """The version that the button for taking back names."""
    [form] = re.findall(r'<form id="undo".*?</form>', words(answer), re.DOTALL)
    assert "disabled" not in form
    return re.findall(r'name="version" value="(\d+)"', form)[0]


def measure_url(row: PlanImport, title: str) -> str:
    return reverse("ledger:import-measure", args=[row.pk, row.measures.get(data__title=title).pk])


def test_the_last_edit_is_taken_back_from_a_page_that_shows_it(visitor: Visitor, row: PlanImport) -> None:
    visitor.client.post(measure_url(row, "修桥"), {"title": "建桥"})
    version = undo_offered(visitor.see("ledger:import", row.pk))

    visitor.send("ledger:undo-import", row.pk, version=version)
    assert row.measures.filter(data__title="修桥").exists()


def test_what_somebody_else_did_since_is_not_taken_back(
    cast: Cast, visitor: Visitor, row: PlanImport
) -> None:
    visitor.client.post(measure_url(row, "修桥"), {"title": "建桥"})
    version = undo_offered(visitor.see("ledger:import", row.pk))
    other = row.measures.get(data__title="装灯")
    edits.remove_measure(row, other.pk, by=importer(cast, 2))

    assert visitor.send("ledger:undo-import", row.pk, version=version).status_code == 409
    assert not row.measures.filter(pk=other.pk).exists()


@pytest.mark.parametrize("verb", ["", "close", "item-add"])
def test_the_button_follows_every_edit_that_leaves_the_page_standing(
    visitor: Visitor, row: PlanImport, verb: str
) -> None:
    form = {"title": "建桥", "verb": verb}
    answer = visitor.client.post(measure_url(row, "修桥"), form, headers={"HX-Request": "true"})
    row.refresh_from_db()
    assert undo_offered(answer) == str(row.version) == "1"


def test_the_button_follows_a_tick(visitor: Visitor, row: PlanImport) -> None:
    address = reverse("ledger:import-warnings", args=[row.pk])
    form = {"number": "1", "done": "1"}
    assert undo_offered(visitor.client.post(address, form, headers={"HX-Request": "true"})) == "1"


def test_a_measure_changed_meanwhile_is_neither_cut_joined_nor_removed(cast: Cast, row: PlanImport) -> None:
    by, first, second = importer(cast), *row.measures.order_by("pk")[:2]
    edits.change_measure(row, second.pk, by=by, version=0, data={**second.data, "title": "设驿站"})

    with pytest.raises(Conflict):
        edits.merge_measure(row, first.pk, second.pk, by=by, versions=(0, 0), data={"title": "并"})
    with pytest.raises(Conflict):
        edits.split_measure(row, second.pk, by=by, version=0, parts=({"title": "甲"}, {"title": "乙"}))
    with pytest.raises(Conflict):
        edits.remove_measure(row, second.pk, by=by, version=0)
    assert row.measures.filter(data__title="设驿站").exists()


@pytest.mark.parametrize("verb", ["change", "up", "join", "remove"])
def test_a_section_changed_meanwhile_is_neither_renamed_moved_joined_nor_removed(
    cast: Cast, visitor: Visitor, row: PlanImport, verb: str
) -> None:
    last = row.sections.order_by("position").last()
    assert last is not None
    page = words(visitor.see("ledger:import", row.pk, section=last.pk))
    [form] = re.findall(r'<details class="decide section-edit">.*?</form>', page, re.DOTALL)
    [version] = re.findall(r'name="version" value="(\d+)"', form)
    sections.change_section(row, last.pk, by=importer(cast, 2), number="乙", title="先到")

    sent = {"section": last.pk, "version": version, "title": "后到", "verb": verb}
    assert visitor.send("ledger:import-sections", row.pk, **sent).status_code == 409
    assert row.sections.order_by("position").last().title == "先到"
    last.refresh_from_db()
    answer = visitor.send("ledger:import-sections", row.pk, **{**sent, "version": last.version})
    assert answer.status_code == 302


def test_a_section_taken_back_is_no_longer_as_another_saw_it(cast: Cast, row: PlanImport) -> None:
    by, section = importer(cast), row.sections.order_by("position").first()
    assert section is not None
    sections.change_section(row, section.pk, by=by, number="", title="改名")
    section.refresh_from_db()
    edits.undo(row, by=by)
    with pytest.raises(Conflict):
        sections.change_section(row, section.pk, by=by, number="", title="又改", version=section.version)


def test_nothing_is_put_behind_a_measure_that_was_taken_out(cast: Cast, row: PlanImport) -> None:
    by, first = importer(cast), row.measures.order_by("pk")[0]
    edits.remove_measure(row, first.pk, by=by)
    with pytest.raises(Conflict):
        edits.add_measure(row, first.section_id, by=by, data={"title": "新"}, after=first.pk)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_another_is_told_so(visitor: Visitor, row: PlanImport) -> None:
    held, done = threading.Event(), threading.Event()

    def holds() -> None:
        with transaction.atomic():
            PlanImport.objects.select_for_update().get(pk=row.pk)
            held.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=holds)
    other.start()
    held.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    answer = visitor.client.post(measure_url(row, "修桥"), {"title": "建桥"})
    done.set()
    other.join()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")

    assert answer.status_code == 503
    assert "Try again in a minute" in words(answer)
    assert row.measures.filter(data__title="修桥").exists()
