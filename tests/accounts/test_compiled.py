"""SQL that is built once: it reads and writes what the ORM would."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.compiled import CompiledRead, Keys, Slot
from accounts.models import Bureau, Membership
from tests.factories.cast import Cast

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


def test_one_read_serves_every_number_of_keys(cast: Cast, bureau: Bureau) -> None:
    read = CompiledRead(lambda: Bureau.objects.filter(pk__in=Keys("bureaus")).order_by("pk"))
    other = cast.bureau("文体局")
    assert read(bureaus=[]) == []
    assert read(bureaus=[bureau.pk]) == [bureau]
    assert read(bureaus={other.pk, bureau.pk, 0}) == sorted([bureau, other], key=lambda one: one.pk)
    with pytest.raises(ValueError, match="invalid literal"):
        read(bureaus=["1) OR (1=1"])


def test_an_empty_slot_is_an_error(bureau: Bureau) -> None:
    with pytest.raises(KeyError):
        READ()


def test_a_constant_of_the_query_is_no_place_for_a_value(bureau: Bureau) -> None:
    named = CompiledRead(
        lambda: (
            Bureau.objects.filter(pk=Slot("bureau", BigIntegerField()))
            .exclude(name="100%s'局")
            .values("name")
        )
    )
    assert named(bureau=bureau.pk) == [("体育局",)]
    assert named(bureau=0) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans a statement once")
def test_postgresql_plans_a_read_once_whatever_its_values(cast: Cast, bureau: Bureau) -> None:
    keys = [bureau.pk, cast.bureau("文体局").pk]
    for turn in range(30):
        READ(bureau=keys[turn % 2])
    with connection.cursor() as cursor:
        cursor.execute(
            "select custom_plans, generic_plans from pg_prepared_statements where statement like %s",
            ["%accounts_bureau%accounts_membership%"],
        )
        custom, generic = cursor.fetchone()
    assert custom <= 5, "the first five are planned anew by rule"
    assert generic >= 10
