"""What no page of ours sends: the answer is a sentence, never a failure."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.imports import drafted_import, importer
from tests.workflow.pages.visits import Visitor, words
from workflow.models import PlanImport
from workflow.pages.importing.sheet import MOST_ROWS, ROWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> PlanImport:
    return drafted_import(cast)


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    return Visitor(importer(cast))


@pytest.mark.parametrize("place", ["²", "٣x", "-1", "9" * 30, ""])
def test_a_row_that_cannot_be_one_is_not_looked_for(visitor: Visitor, row: PlanImport, place: str) -> None:
    measure = row.measures.get(data__title="装灯")
    answer = visitor.send(
        "ledger:import-measure", row.pk, measure.pk, title="装灯", verb=f"target-remove:{place}"
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("value", ["1e999999", "1" * 40, "-1E+30", "sNaN", "Infinity"])
def test_a_number_too_large_for_a_target_is_said_at_its_field(
    visitor: Visitor, row: PlanImport, value: str
) -> None:
    measure = row.measures.get(data__title="装灯")
    typed = {"title": "装灯", "target-0-text": "目标", "target-0-value": value}
    answer = visitor.send("ledger:import-measure", row.pk, measure.pk, **typed)

    assert answer.status_code == 422
    assert "is not a number of at most twelve digits" in words(answer)


def test_a_measure_with_as_many_rows_as_it_may_have_is_kept(visitor: Visitor, row: PlanImport) -> None:
    measure = row.measures.get(data__title="装灯")
    full = {
        f"{kind}-{n}-{name}": "2026-01-01" if name == "due" else f"{n}" if name in ("text", "title") else ""
        for kind, names in ROWS.items()
        for n in range(MOST_ROWS)
        for name in names
    }
    answer = visitor.send("ledger:import-measure", row.pk, measure.pk, title="装灯", **full)

    assert answer.status_code == 302
    measure.refresh_from_db()
    assert len(measure.data["units"]) == len(measure.data["items"]) == MOST_ROWS


def test_more_files_or_fields_than_are_taken_are_refused_with_a_sentence(visitor: Visitor) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"1") for n in range(101)]
    fields = urlencode([(f"a{n}", "") for n in range(2001)])
    address = reverse("ledger:imports")
    answers = [
        visitor.client.post(address, {"documents": files}),
        visitor.client.post(address, fields, content_type="application/x-www-form-urlencoded"),
    ]
    for answer in answers:
        assert answer.status_code == 400
        assert "Send it in parts" in words(answer)
