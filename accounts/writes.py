"""Writes whose SQL is built once for each model and set of fields: rows by their own fields, without signals.

They are what `bulk_create` and `save(update_fields=...)` do, at a fraction of the time; several of them go as one
statement where the database can change several tables in one. Why: see `accounts.compiled`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    TextField,
)


def insert(*rows: Model) -> None:
    """Add the unsaved rows, all of one model, in one statement, and give each its key.

    A column with a default of the database is left to the database.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    meta = type(rows[0])._meta
    addition = _addition(rows, connection)
    key = connection.ops.quote_name(str(meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"{addition.sql} RETURNING {key}", addition.params)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        _stands(row, key, connection)


def _stands(row: Model, key: Any, connection: BaseDatabaseWrapper) -> None:
    """Let the row know its key and that it is stored."""
    row.pk = key
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as bulk_create does


class RowIsGoneError(DatabaseError):
    """The row to be written is not there, or no longer as it was expected."""


Expected = Mapping[str, Any]
"""Attribute → the stored value without which a row is not written."""


def update(row: Model, *names: str, still: Expected = MappingProxyType({})) -> None:
    """Write the named fields of a stored row; raises RowIsGoneError where there is none that is `still` as expected."""
    connection = connections[DEFAULT_DB_ALIAS]
    change = _guarded(row, names, still, connection)
    with connection.cursor() as cursor:
        cursor.execute(change.sql, change.params)
        if cursor.rowcount != 1:
            raise RowIsGoneError(repr(row))


def update_then_insert(
    row: Model, names: Sequence[str], added: Model, *, still: Expected = MappingProxyType({})
) -> None:
    """Write the named fields of a stored row and then add the one that comes after it, and give that its key.

    One statement where the database can: the new row is made from the changed one, so that a constraint that only one
    of the two may stand holds all the time. Raises RowIsGoneError as `update` does.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        update(row, *names, still=still)
        insert(added)
        return
    change, addition = _guarded(row, tuple(names), still, connection), _following(added, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH changed AS ({change.sql} RETURNING 1) {addition.sql}", change.params + addition.params
        )
        key = cursor.fetchone()
    if key is None:
        raise RowIsGoneError(repr(row))
    _stands(added, key[0], connection)


def write(added: Sequence[Model], changed: Sequence[tuple[Model, Iterable[str]]]) -> None:
    """Add rows of one model that nobody asks the keys of, and write named fields of other rows, each named once.

    All of it is one statement where the database can change several tables in one. The rows must be held by a lock:
    one that is gone is not noticed.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    parts = [_change(row, tuple(names), connection) for row, names in changed]
    if added:
        parts.append(_addition(added, connection))
    if connection.vendor == "postgresql":
        parts = _joined(parts)
    with connection.cursor() as cursor:
        for part in parts:
            cursor.execute(part.sql, part.params)


@dataclass(slots=True)
class _Filled:
    """A statement with its parameters."""

    sql: str
    params: list[Any]


def _joined(parts: Sequence[_Filled]) -> list[_Filled]:
    """The parts as one statement, the first ones as its common table expressions."""
    if len(parts) < 2:
        return list(parts)
    *first, last = parts
    before = ", ".join(f"part_{n} AS ({part.sql})" for n, part in enumerate(first))
    return [_Filled(f"WITH {before} {last.sql}", [value for part in parts for value in part.params])]


def _addition(rows: Sequence[Model], connection: BaseDatabaseWrapper) -> _Filled:
    sql, cells = _addition_sql(type(rows[0]), len(rows), connection.vendor)
    return _Filled(sql, [cell(row, connection) for row in rows for cell in cells])


def _following(row: Model, connection: BaseDatabaseWrapper) -> _Filled:
    """The addition of one row for every row of "changed"; what is selected must say its type."""
    sql, cells = _following_sql(type(row), connection.vendor)
    return _Filled(sql, [cell(row, connection) for cell in cells])


def _change(row: Model, names: tuple[str, ...], connection: BaseDatabaseWrapper) -> _Filled:
    sql, cells = _change_sql(type(row), names, connection.vendor)
    return _Filled(sql, [cell(row, connection) for cell in cells])


def _guarded(row: Model, names: tuple[str, ...], still: Expected, connection: BaseDatabaseWrapper) -> _Filled:
    """The change, if what is stored is as expected; the values expected are keys or nothing."""
    change, quote = _change(row, names, connection), connection.ops.quote_name
    for attribute, value in still.items():
        field: Any = type(row)._meta.get_field(attribute)
        column = quote(field.column)
        change.sql += f" AND {column} IS NULL" if value is None else f" AND {column} = %s"
        change.params += [] if value is None else [value]
    return change


Cell = Callable[[Model, BaseDatabaseWrapper], Any]
"""Gives what is stored of a row in one column."""


def _added_fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [
        field for field in model._meta.concrete_fields if not field.primary_key and not field.has_db_default()
    ]


@lru_cache(maxsize=256)
def _addition_sql(model: type[Model], count: int, vendor: str) -> tuple[str, Sequence[Cell]]:
    meta, quote = model._meta, connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = _added_fields(model)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * count)
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {places}"  # noqa: S608 - own names alone
    return sql, [_cell(field, vendor) for field in fields]


@lru_cache(maxsize=16)
def _following_sql(model: type[Model], vendor: str) -> tuple[str, Sequence[Cell]]:
    meta, connection = model._meta, connections[DEFAULT_DB_ALIAS]
    quote = connection.ops.quote_name
    fields = _added_fields(model)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    # without the length of words: a cast would cut them silently, the column refuses what is too long
    places = ", ".join(f"%s::{str(field.db_type(connection)).partition('(')[0]}" for field in fields)
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) SELECT {places} FROM changed"  # noqa: S608 - own names
    return f"{sql} RETURNING {quote(str(meta.pk.column))}", [_cell(field, vendor) for field in fields]


@lru_cache(maxsize=256)
def _change_sql(model: type[Model], names: tuple[str, ...], vendor: str) -> tuple[str, Sequence[Cell]]:
    meta, quote = model._meta, connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields: list[Any] = [meta.get_field(name) for name in names]
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(str(meta.pk.column))} = %s"  # noqa: S608 - as above
    return sql, [_cell(field, vendor) for field in (*fields, meta.pk)]


def _cell(field: Field[Any, Any], vendor: str) -> Cell:
    """The field's own way to store its value; on PostgreSQL the short way to the same for keys, counts, words and times."""
    value, kind = attrgetter(field.attname), type(field)
    if vendor != "postgresql" or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row, connection: field.get_db_prep_save(field.pre_save(row, False), connection)  # noqa: FBT003
    target = getattr(field, "target_field", field)
    if isinstance(target, AutoField) or {kind.get_prep_value, kind.get_db_prep_value} <= PLAIN:
        return lambda row, connection: value(row)
    if isinstance(target, IntegerField):
        width = target.get_internal_type()
        return lambda row, connection: connection.ops.adapt_integerfield_value(value(row), width)
    return lambda row, connection: field.get_db_prep_save(value(row), connection)


PLAIN = frozenset(
    {
        Field.get_db_prep_value,
        CharField.get_prep_value,
        TextField.get_prep_value,
        BooleanField.get_prep_value,
        DateField.get_prep_value,
        DateField.get_db_prep_value,
        DateTimeField.get_prep_value,
        DateTimeField.get_db_prep_value,
    }
)
"""How fields of words, truth and time prepare their values; the driver does the same."""
