"""Any input whatever is read into a sound Content, or refused by the readers' own error."""

import contextlib
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.intake.formats.every_format import FILES
from tests.workflow.intake.formats.fuzzing import fuzz
from tests.workflow.intake.formats.mutations import assert_sound, mutated
from workflow.intake.errors import IntakeError
from workflow.intake.formats.door import decoded, read_content
from workflow.intake.formats.kinds import CONFINED, Kind

HUNDREDTH = 1_000
NAMES = [*FILES, "plan", "plan.doc", "plan.json", "a/b.txt", ".md", "计划.TXT"]
TEXT_NAMES = ["a.txt", "a.md", "a.csv", "a.tsv"]


@pytest.mark.parametrize("kind", Kind)
def test_mutated_files_are_read_or_refused(kind: Kind) -> None:
    read, refused = fuzz(kind, 0, HUNDREDTH)
    assert min(read, refused) > HUNDREDTH / 100


@pytest.mark.parametrize("kind", sorted(CONFINED))
def test_mutated_files_are_read_or_refused_through_the_door(kind: Kind) -> None:
    for seed in range(4):
        with contextlib.suppress(IntakeError):
            assert_sound(read_content(mutated(kind, Random(seed)), "plan"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=300), st.sampled_from(TEXT_NAMES), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_is_read_or_refused(text: str, name: str, encoding: str) -> None:
    with contextlib.suppress(IntakeError):
        assert_sound(read_content(text.encode(encoding, "replace"), name))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([*"|-:=+#*_`~<>[]()\\!\t ", "\n", "甲", "a", "1.", "<br>", "|--|"]), max_size=80)
)
def test_any_mixture_of_markup_is_read_or_refused(signs: list[str]) -> None:
    with contextlib.suppress(IntakeError):
        assert_sound(read_content("".join(signs).encode(), "a.md"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.sampled_from(TEXT_NAMES))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(IntakeError):
        assert_sound(read_content(data, name))
    with contextlib.suppress(IntakeError):
        decoded(data)
