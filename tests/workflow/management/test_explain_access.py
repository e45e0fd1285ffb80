"""The command explain_access, in both languages."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cast import Cast
from tests.factories.road import Road
from workflow.models import Measure

pytestmark = pytest.mark.django_db


def told(username: str, measure: Measure, **options: Any) -> list[str]:
    out = StringIO()
    call_command("explain_access", username, measure.code, language="en", stdout=out, **options)
    return out.getvalue().splitlines()


def test_a_handler__may_accept_and_may_not_verify(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    handler = cast.handler(cast.bureau("教育局"))
    lines = told(handler.username, measure)
    assert lines[1].startswith("May see: yes. Facts")
    assert "  Accept (教育局): allowed. Role: handler · 教育局." in lines
    (verify,) = [line for line in lines if line.startswith("  Verify:")]
    assert verify.endswith(
        "not allowed. There is no open work item for this step. Asks for the role there: supervisor."
    )
    assert [line for line in lines if line.endswith("reaches this measure")]


def test_a_day_before_the_role__sees_nothing(cast: Cast, road: Road) -> None:
    measure = road.measure(supporting=0)
    lines = told(cast.handler(cast.bureau("教育局")).username, measure, on="2019-12-31")
    assert lines[1] == (
        "May see: no. Nothing: for this person there is no such measure. The person holds no role on this day."
    )
    assert lines[2] == "Roles:"
    assert lines[3].endswith("begins later")


@pytest.mark.parametrize(
    ("username", "code", "on", "sentence"),
    [
        ("nobody", "", "", "There is no person with the user name “nobody”."),
        ("", "NONE-1", "", "There is no measure with the code “NONE-1”."),
        ("", "", "31/3", "“31/3” is not a day: write it as 2026-03-31."),
    ],
)
def test_what_is_not_there__is_said_in_one_sentence(
    cast: Cast, road: Road, username: str, code: str, on: str, sentence: str
) -> None:
    measure, person = road.measure(supporting=0), cast.stranger()
    with pytest.raises(CommandError, match=rf"^{sentence.replace('.', '[.]')}$"):
        call_command(
            "explain_access", username or person.username, code or measure.code, on=on, language="en"
        )
