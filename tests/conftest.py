"""What every test stands on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import Settings

from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.road import Road
from tests.factories.trail import unguarded
from workflow.queries import rules

collect_ignore = [] if os.environ.get("DUBAN_PROVE") else ["prove"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs PostgreSQL's row locks is left out on SQLite, where nothing runs beside anything."""
    if connection.vendor == "postgresql":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgres")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


_empty_all_tables = TransactionTestCase._fixture_teardown


def _empty_all_tables_and_the_trail(case: TransactionTestCase) -> None:
    """What a test committed is taken away, the trail too: nothing else turns its guards off."""
    with unguarded():
        _empty_all_tables(case)


TransactionTestCase._fixture_teardown = _empty_all_tables_and_the_trail  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _evidence_apart(settings: Settings, tmp_path: Path) -> None:
    """Evidence that a test uploads goes to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "evidence"


@pytest.fixture(autouse=True)
def _rules_anew() -> None:
    """Rules and calendar are kept in memory for a minute: no test sees those of another."""
    rules.forget()


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The one clock, standing on Monday 2 March 2026 at nine in Shanghai until it is moved."""
    clock = Clock()
    with clock:
        yield clock


@pytest.fixture
def cast() -> Cast:
    """People and bureaus by their posts, made when first asked for."""
    return Cast()


@pytest.fixture
def road(cast: Cast, clock: Clock) -> Road:
    """The way through the actions with the people of `cast`."""
    return Road(cast)
