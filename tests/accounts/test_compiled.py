"""SQL that is built once: it reads and writes what the ORM would."""

from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.compiled import CompiledRead, Slot, insert, update, write
from accounts.models import Bureau, BureauAlias, Membership, User
from tests.factories.cast import Cast, join

pytestmark = pytest.mark.django_db


def _bureaus(key: object) -> QuerySet[Bureau]:
    has_members = Exists(Membership.objects.filter(bureau=OuterRef("pk")))
    return Bureau.objects.filter(pk=key).select_related("succeeded_by").annotate(has_members=has_members)


READ = CompiledRead(lambda: _bureaus(Slot("bureau", BigIntegerField())))


@pytest.fixture
def bureau(cast: Cast) -> Bureau:
    """A bureau with a member and a successor."""
    bureau = cast.bureau("体育局")
    cast.handler(bureau)
    Bureau.objects.filter(pk=bureau.pk).update(succeeded_by=cast.bureau("文体局"))
    return bureau


def test_a_read_gives_what_its_queryset_gives(bureau: Bureau) -> None:
    (found,) = READ(bureau=bureau.pk)
    (wanted,) = _bureaus(bureau.pk)
    assert {**vars(found), "_state": None} == {**vars(wanted), "_state": None}
    with CaptureQueriesContext(
        connection,
    ) as sent:
        assert (found.succeeded_by, found.has_members) == (wanted.succeeded_by, True)
    assert len(sent) == 0, "what is selected along is not read again"


def test_each_read_is_of_its_own_values(cast: Cast, bureau: Bureau) -> None:
    other = cast.bureau("文体局")
    assert READ.first(bureau=other.pk).succeeded_by is None
    assert READ.first(bureau=bureau.pk).succeeded_by == other
    assert READ.first(bureau=0) is None


def test_a_row_read_can_be_saved_and_loads_what_was_left_unread(bureau: Bureau) -> None:
    read = CompiledRead(lambda: Bureau.objects.filter(name=Slot("name", CharField())).only("short_name"))
    found = read.first(name="体育局")
    found.short_name = "体"
    found.save(update_fields=["short_name"])
    assert (found.name, Bureau.objects.get(pk=bureau.pk).short_name) == ("体育局", "体")


def test_a_values_list_gives_tuples(bureau: Bureau) -> None:
    members = Membership.objects.filter(bureau_id=Slot("bureau", BigIntegerField()))
    assert CompiledRead(lambda: members.values_list("since", "bureau__name"))(bureau=bureau.pk) == [
        (date(2020, 1, 1), "体育局")
    ]


def test_an_empty_slot_is_an_error(bureau: Bureau) -> None:
    with pytest.raises(KeyError):
        READ()


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
    assert len(sent) == (1 if connection.vendor == "postgresql" else 3)
    assert set(bureau.aliases.values_list("name", flat=True)) == {"体育", "区体育局"}
    assert Membership.objects.get(pk=membership.pk).title == "科员"


def test_nothing_to_write_sends_nothing() -> None:
    with CaptureQueriesContext(connection) as sent:
        write([], [])
    assert len(sent) == 0
