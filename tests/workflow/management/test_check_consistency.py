"""The command check_consistency, in the operator's language."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.factories.road import Road
from workflow.models import Measure

pytestmark = pytest.mark.django_db


def test_a_sound_database__is_said_to_agree() -> None:
    out, err = StringIO(), StringIO()
    with override("en"):
        call_command("check_consistency", stdout=out, stderr=err)
    assert (out.getvalue(), err.getvalue()) == ("Everything agrees.\n", "")


def test_findings__are_told_one_a_line_and_counted_at_the_end(road: Road) -> None:
    measures = [road.measure(), road.measure()]
    Measure.objects.update(shares_total=9)
    err = StringIO()
    with override("en"), pytest.raises(CommandError, match=r"^2 findings\.$") as ended:
        call_command("check_consistency", stdout=StringIO(), stderr=err)
    told = err.getvalue().splitlines()
    assert {line.partition(":")[0] for line in told} == {f"measure {m.pk} ({m.code})" for m in measures}
    assert len(told) == 2
    assert all(line.endswith("is not the number of its shares.") for line in told)
    assert ended.value.returncode == 1


def test_findings__name_kinds_in_the_language_of_the_reader(road: Road) -> None:
    measure = road.measure(supporting=0)
    measure.shares.update(is_lead=False)
    err = StringIO()
    with override("zh-hans"), pytest.raises(CommandError):
        call_command("check_consistency", stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith("举措")
    assert measure.code in err.getvalue()
