"""Two later editions confirmed at one moment, on PostgreSQL: one wins, the other is told that the plan has changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from flows.consistency import all_findings
from tests.factories.cast import Cast
from tests.factories.editions import checked, edition_of, sections_as_read
from tests.factories.imports import importer
from tests.factories.plans import Line, on_ledger
from tests.factories.road import Road
from workflow.actions.editions import confirm_edition
from workflow.models import Amendment, Plan
from workflow.rules.refusal import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do the acts in threads that start together; what each returned, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=30)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(copy_context().run, run, act) for act in acts]
        return [future.result(timeout=120) for future in futures]


@pytest.mark.parametrize("are_two", [True, False], ids=["two editions", "one edition twice"])
def test_of_two_confirmations_one_wins(cast: Cast, road: Road, are_two: bool) -> None:
    plan = on_ledger(cast, Line(cast.bureau("教育局"), due=date(2026, 11, 30)))
    road.dispatch(plan)
    by, given = importer(cast), sections_as_read(plan, m01={"text": "新的内容。"})
    rows = [edition_of(cast, plan, given, mark="e")]
    rows.append(edition_of(cast, plan, given, mark="f") if are_two else rows[0])
    whats = [checked(row) for row in rows]
    results = at_once(
        *(
            lambda row=row, what=what: confirm_edition(row, what, by=by)
            for row, what in zip(rows, whats, strict=True)
        )
    )
    refused = [result.code for result in results if isinstance(result, Refused)]
    assert refused == ["import.changed" if are_two else "import.confirmed"]
    assert Plan.objects.get().edition == 2
    assert Amendment.objects.count() == 1
    assert all_findings() == []
