"""The command verify_trail: what it says, and how it ends."""

import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.utils.translation import override

from tests.factories.road import Road
from tests.factories.trail import unguarded
from workflow.models import AuditEvent, Measure

pytestmark = pytest.mark.django_db


def _run(**options: str) -> str:
    out = StringIO()
    with override("en"):
        call_command("verify_trail", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def _break(measure: Measure) -> None:
    with unguarded():
        models.QuerySet(AuditEvent).filter(measure=measure, seq=2).update(reason="forged")


def test_a_trail_that_holds_is_said_to(road: Road) -> None:
    measure = road.measure(supporting=0)
    count = AuditEvent.objects.count()
    assert _run() == f"{count} lines: the trail holds.\n"
    assert _run(measure=measure.code) == f"{measure.events.count()} lines: the trail holds.\n"


def test_a_break_is_named_and_ends_with_exit_code_1(road: Road) -> None:
    measure, other = road.measure(supporting=0), road.measure(supporting=0)
    _break(measure)
    out = StringIO()
    with override("en"), pytest.raises(CommandError, match=r"^1 break in the trail\.$") as ended:
        call_command("verify_trail", plan=measure.plan.code, stdout=out)
    assert ended.value.returncode == 1
    assert out.getvalue() == f"measure:{measure.pk}#2: it does not say what it said when it was written\n"
    assert "holds" in _run(plan=other.plan.code)


@pytest.mark.parametrize("scope", ["plan", "measure"])
def test_what_does_not_exist_ends_with_exit_code_2(scope: str) -> None:
    with override("en"), pytest.raises(CommandError, match=f"no {scope}") as ended:
        call_command("verify_trail", **{scope: "NONE"})
    assert ended.value.returncode == 2


def test_progress_is_shown_where_somebody_looks(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    road.measure(supporting=0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    err = StringIO()
    call_command("verify_trail", stdout=StringIO(), stderr=err)
    assert "100%" in err.getvalue()
