"""Printed copies carry the root of the trail, and the sheet is still read back as it was."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client

from tests.factories.cast import Cast
from tests.factories.road import Road
from tests.factories.trail import seal_all
from tests.workflow.trail.seal.conftest import signer
from workflow.documents.seal_mark import mark_code, mark_png, mark_words
from workflow.models import Document, SealCheckpoint
from workflow.trail.seal.ed25519 import FileSigner
from workflow.trail.sealing.marks import mark_of

__all__ = ["signer"]
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


def test_the_mark_names_the_last_checkpoint_and_a_line_of_the_plan(road: Road, signer: FileSigner) -> None:
    plan = road.measure(supporting=0).plan
    assert mark_of(plan) is None
    seal_all(signer)
    head, mark = SealCheckpoint.objects.get(), mark_of(plan)
    assert mark is not None
    assert (mark.size, mark.root) == (head.size, head.root)
    assert mark.line.startswith(("plan:", "measure:"))
    assert mark.position < mark.size
    assert head.root in mark_words(mark)
    assert mark_code(mark).split("\n")[:3] == ["office.example/trail", str(head.size), head.root]
    assert mark_png(mark).read(8) == b"\x89PNG\r\n\x1a\n"


def test_sheet_and_order_carry_it(road: Road, cast: Cast, signer: FileSigner, client: Client) -> None:
    measure = road.measure(supporting=0)
    seal_all(signer)
    root = SealCheckpoint.objects.get().root
    client.force_login(cast.supervisor(measure.plan))
    answer = client.get("/measures.xlsx")
    with ZipFile(BytesIO(answer.content)) as book:
        assert root in book.read("xl/worksheets/sheet1.xml").decode()
        assert any(name.endswith(".png") for name in book.namelist())
    order = Document.objects.get()
    assert root in client.get(f"/orders/{order.pk}/").content.decode()
