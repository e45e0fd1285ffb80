"""Every id that anybody is shown, asked for by everybody; every child under another parent."""

import pytest

from tests.policy.conftest import Stage, built, passing, stage
from tests.policy.swapping import look_around, mixed, opened_by, sent_by
from tests.policy.test_swapped_ids import STRANGERS, unfound
from workflow.pages.readers import Reader

__all__ = ["built", "stage"]
pytestmark = [pytest.mark.prove, pytest.mark.django_db]


def test_no_id_that_anybody_is_shown_opens_or_moves_anything_for_others(stage: Stage) -> None:
    seen = look_around(stage, STRANGERS)
    wrong: list[str] = []
    for path in seen.pages:
        with passing():
            wrong += opened_by(stage, path, STRANGERS)
    for form in seen.forms:
        wrong += sent_by(stage, form, STRANGERS)
    for path in mixed([*seen.pages, *(form.path for form in seen.forms)]):
        with passing():
            wrong += unfound(stage, path, [Reader.DOUBLE, Reader.HOLDER, Reader.AUTHOR])
    assert wrong == []
