"""Fields of work."""

import pytest

from workflow.intake.units.fields_of_work import is_field


@pytest.mark.parametrize(("text", "is_one"), [("农业农村", True), ("水利和水务", True), ("江北", False)])
def test_fields_of_work_are_known(text: str, is_one: bool) -> None:
    assert is_field(text) is is_one
