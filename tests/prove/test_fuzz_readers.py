"""A hundred thousand mutated files for each format are read, or refused by the readers' own error."""

import pytest

from tests.workflow.intake.formats.fuzzing import fuzz
from workflow.intake.formats.kinds import Kind

pytestmark = pytest.mark.prove

FILES, BATCHES = 100_000, 10


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("kind", Kind)
def test_mutated_files_are_read_or_refused(kind: Kind, batch: int) -> None:
    size = FILES // BATCHES
    read, refused = fuzz(kind, batch * size, (batch + 1) * size)
    assert min(read, refused) > size / 100
