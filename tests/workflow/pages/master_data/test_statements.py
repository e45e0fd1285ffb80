"""The master data pages cost the same however much they list."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tests.factories.cast import Cast, appoint, join
from tests.workflow.pages.visits import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def grow_bureaus(cast: Cast, count: int) -> tuple[str, ...]:
    """Bureaus with people in them."""
    for n in range(count):
        cast.handler(cast.bureau(f"局{n}"))
    return ("master-data:bureaus",)


def grow_people(cast: Cast, count: int) -> tuple[str, ...]:
    """People with bureaus and roles."""
    for n in range(count):
        cast.head(cast.bureau(f"局{n}"))
    return ("master-data:people",)


def grow_person(cast: Cast, count: int) -> tuple[str, ...]:
    """One person with many bureaus and roles."""
    person = cast.stranger()
    for n in range(count):
        if not person.memberships.filter(bureau=cast.bureau(f"局{n}")).exists():
            join(person, cast.bureau(f"局{n}"))
            appoint(person, Role.HANDLER, cast.bureau(f"局{n}"))
    return ("master-data:person", str(person.pk))


@pytest.mark.parametrize("grow", [grow_bureaus, grow_people, grow_person])
def test_the_number_of_statements_does_not_grow_with_the_list(
    cast: Cast, grow: Callable[[Cast, int], tuple[str, ...]]
) -> None:
    visitor = Visitor(cast.administrator())

    def statements(count: int) -> int:
        page, *where = grow(cast, count)
        with CaptureQueriesContext(connection) as seen:
            assert visitor.see(page, *where).status_code == 200
        return len(seen)

    assert statements(2) == statements(7) <= 16
