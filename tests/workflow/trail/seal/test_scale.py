"""The sealer begins where it left off: what is sealed already is not read again, however much it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.trail import seal_all
from tests.workflow.trail.seal.test_sealer import write
from workflow.models import SealedLine
from workflow.trail.seal.ed25519 import FileSigner
from workflow.trail.sealing import sealer

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_the_index_is_told_where_to_begin(signer: FileSigner) -> None:
    """With sequential reading forbidden, the condition on the index has the last transaction in it."""
    write(3)
    seal_all(signer)
    last = SealedLine.objects.latest("position").xid
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        sealer.waiting(1)
        cursor.execute("SET enable_seqscan = off")
        cursor.execute("SET enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + asked.captured_queries[-1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
        cursor.execute("RESET enable_bitmapscan")
    assert f"Index Cond: ((xid >= '{last}'" in plan.replace(f"xid >= {last}", f"xid >= '{last}'"), plan
