"""SQL that is built once for each model and set of fields: it writes what the ORM would."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Bureau, BureauAlias, Membership, User
from accounts.writes import insert, update, update_then_insert, write
from tests.factories.cast import Cast, join

pytestmark = pytest.mark.django_db
IS_ONE = connection.vendor == "postgresql"
"""Whether the database changes several tables in one statement."""


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    """A bureau."""
    return cast.bureau("体育局")


def test_inserted_rows_get_their_keys_in_one_statement(bureau: Bureau) -> None:
    rows = [BureauAlias(bureau=bureau, name=name) for name in ("体局", "区体育局")]
    with CaptureQueriesContext(connection) as sent:
        insert(*rows)
    assert len(sent) == 1
    assert list(bureau.aliases.order_by("pk")) == rows


def test_update_writes_the_named_fields_and_no_others(cast: Cast, bureau: Bureau) -> None:
    person = cast.handler(bureau)
    person.name, person.email = "新名", "new@example.org"
    update(person, "name")
    stored = User.objects.get(pk=person.pk)
    assert (stored.name, stored.email) == ("新名", "")


def test_update_of_a_row_that_is_gone_is_an_error(bureau: Bureau) -> None:
    alias = BureauAlias.objects.create(bureau=bureau, name="体局")
    BureauAlias.objects.all().delete()
    with pytest.raises(DatabaseError):
        update(alias, "name")


def test_what_is_written_together_is_one_statement_where_the_database_can(cast: Cast, bureau: Bureau) -> None:
    alias = BureauAlias.objects.create(bureau=bureau, name="体局")
    membership = join(cast.stranger(), bureau)
    alias.name, membership.title = "体育", "科员"
    added = [BureauAlias(bureau=bureau, name="区体育局")]
    with CaptureQueriesContext(connection) as sent:
        write(added, [(alias, ["name"]), (membership, ["title"])])
    assert len(sent) == (1 if IS_ONE else 3)
    assert set(bureau.aliases.values_list("name", flat=True)) == {"体育", "区体育局"}
    assert Membership.objects.get(pk=membership.pk).title == "科员"


def test_nothing_to_write_sends_nothing() -> None:
    with CaptureQueriesContext(connection) as sent:
        write([], [])
    assert len(sent) == 0


def test_one_row_takes_the_place_of_another_where_only_one_may_stand(cast: Cast, bureau: Bureau) -> None:
    """`membership_one_open_per_bureau` would refuse the second before the first has ended."""
    first = join(cast.stranger(), bureau)
    second = Membership(user=first.user, bureau=bureau, since=first.since, title="科长")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Membership(user=first.user, bureau=bureau, since=first.since))
    first.until = first.since
    with CaptureQueriesContext(connection) as sent:
        update_then_insert(first, ["until"], second)
    assert len(sent) == (1 if IS_ONE else 2)
    stored = Membership.objects.filter(user=first.user).order_by("pk").values_list("pk", "until", "title")
    assert list(stored) == [(first.pk, first.since, ""), (second.pk, None, "科长")]


def test_nothing_follows_a_row_that_is_gone(cast: Cast, bureau: Bureau) -> None:
    alias = BureauAlias.objects.create(bureau=bureau, name="体局")
    BureauAlias.objects.all().delete()
    with pytest.raises(DatabaseError):
        update_then_insert(alias, ["name"], BureauAlias(bureau=bureau, name="体"))
    assert not BureauAlias.objects.exists()


@pytest.mark.postgres
def test_words_that_are_too_long_are_refused_and_not_cut(cast: Cast, bureau: Bureau) -> None:
    alias = BureauAlias.objects.create(bureau=bureau, name="体局")
    with pytest.raises(DatabaseError), transaction.atomic():
        update_then_insert(alias, ["name"], BureauAlias(bureau=bureau, name="体" * 121))
