"""A character that no text can hold is refused, wherever it was sent."""

import pytest
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.imports import drafted_import, importer
from tests.workflow.pages.visits import Visitor, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    return Visitor(importer(cast))


@pytest.mark.parametrize(
    "address", ["/measures/?q=%00", "/measures.xlsx?q=a%00b", "/imports/?renews=%00", "/plans/A%00/source/"]
)
def test_an_address_with_it_leads_nowhere(visitor: Visitor, address: str) -> None:
    assert visitor.client.get(address).status_code == 404


@pytest.mark.parametrize("form", [{"verb": "add", "title": "甲\0"}, {"verb": "add", "title": "甲", "\0": ""}])
def test_a_form_with_it_is_refused_and_changes_nothing(
    visitor: Visitor, cast: Cast, form: dict[str, str]
) -> None:
    row = drafted_import(cast)
    answer = visitor.client.post(reverse("ledger:import-sections", args=[row.pk]), form)

    assert answer.status_code == 422
    assert "NUL" in words(answer)
    assert row.sections.count() == 2


def test_a_form_without_it_passes(visitor: Visitor, cast: Cast) -> None:
    row = drafted_import(cast)
    visitor.send("ledger:import-sections", row.pk, verb="add", title="甲")
    assert row.sections.count() == 3
