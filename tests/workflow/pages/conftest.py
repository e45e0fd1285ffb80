"""What the tests of the pages stand on."""

import pytest

from tests.factories.cast import Cast
from tests.factories.road import Road
from tests.workflow.pages.stage import Stage


@pytest.fixture
def stage(cast: Cast, road: Road) -> Stage:
    """The scenery of measures and the people at their work pages."""
    return Stage(cast, road)
