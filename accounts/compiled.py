"""SQL that is built once and then only filled in: what every step reads and writes under the measure's lock.

A step is a handful of statements, and the ORM takes several times longer to build one than the database takes to answer
it. A `CompiledRead` is an ordinary queryset with slots where its values go, compiled when it is first asked; `insert`,
`update` and `write` write rows by their own fields, as `bulk_create` and `save(update_fields=...)` do, without signals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.base import ModelState
from django.db.models.sql.compiler import SQLCompiler


class Slot(Expression):
    """A place in a query for a value that is given when the read is made; `output_field` says how it is stored."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The slot stands among the parameters until the read is made."""
        return "%s", [self]


class CompiledRead:
    """`CompiledRead(build)`: call it with a value for each slot of the queryset that `build` returns.

    Gives the list of instances, with `select_related` and annotations, or of tuples for a `values_list`. Raises KeyError
    for a slot left empty.
    """

    def __init__(self, build: Callable[[], QuerySet[Any]]) -> None:
        self._build = build
        self._statements: dict[str, _Statement] = {}

    def __call__(self, **values: Any) -> list[Any]:
        """The rows for these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self._statements.get(connection.vendor)
        if statement is None:
            statement = self._statements[connection.vendor] = _Statement(self._build(), connection)
        return statement.rows(values, connection)

    def first(self, **values: Any) -> Any:
        """The first row for these values, or None."""
        return next(iter(self(**values)), None)


class _Statement:
    """The SQL of a queryset on one kind of database, and what its rows become."""

    def __init__(self, queryset: QuerySet[Any], connection: BaseDatabaseWrapper) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        select, shape = compiler.select, compiler.klass_info
        is_tuple = shape is None or bool(queryset.query.values_select)
        self.shape = None if is_tuple else _Shape(shape, select)
        self.annotations = compiler.annotation_col_map or {}
        self.converters = compiler.get_converters([column[0] for column in select])

    def rows(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
        """Send the statement with `values` in its slots."""
        params = [
            param.output_field.get_db_prep_value(values[param.name], connection)
            if isinstance(param, Slot)
            else param
            for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return [self._made_of(self._converted(row, connection), connection.alias) for row in found]

    def _converted(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Sequence[Any]:
        if not self.converters:
            return row
        found = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                found[place] = convert(found[place], expression, connection)
        return found

    def _made_of(self, row: Sequence[Any], alias: str) -> Any:
        if self.shape is None:
            return tuple(row)
        instance = self.shape.instance(row, alias)
        for name, place in self.annotations.items():
            setattr(instance, name, row[place])
        return instance


class _Shape:
    """Where in a row a model and those related to it stand.

    Instances are filled as the row has them, past the constructor, which would set every field one by one: none of the
    models has a listener for it. Fields left unread are loaded when they are asked for, as Django does.
    """

    def __init__(self, shape: Mapping[str, Any], select: Sequence[Any]) -> None:
        self.model: type[Model] = shape["model"]
        places = shape["select_fields"]
        self.names = [select[place][0].target.attname for place in places]
        self.columns = slice(places[0], places[-1] + 1)
        self.key = places[self.names.index(self.model._meta.pk.attname)]
        self.related = [
            (related["local_setter"], related["remote_setter"], _Shape(related, select))
            for related in shape.get("related_klass_infos", ())
        ]

    def instance(self, row: Sequence[Any], alias: str) -> Model | None:
        """The model's instance with its related ones; None where an outer join found nothing."""
        if row[self.key] is None:
            return None
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, alias
        instance.__dict__.update(zip(self.names, row[self.columns], strict=True), _state=state)
        for set_here, set_there, shape in self.related:
            found = shape.instance(row, alias)
            set_here(instance, found)
            if found is not None:
                set_there(found, instance)
        return instance


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
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as bulk_create does


def update(row: Model, *names: str) -> None:
    """Write the named fields of a stored row; raises DatabaseError where the row is gone."""
    connection = connections[DEFAULT_DB_ALIAS]
    change = _change(row, names, connection)
    with connection.cursor() as cursor:
        cursor.execute(change.sql, change.params)
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row!r} is gone.")


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


@dataclass(frozen=True, slots=True)
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


def _change(row: Model, names: tuple[str, ...], connection: BaseDatabaseWrapper) -> _Filled:
    sql, cells = _change_sql(type(row), names, connection.vendor)
    return _Filled(sql, [cell(row, connection) for cell in cells])


Cell = Callable[[Model, BaseDatabaseWrapper], Any]
"""Gives what is stored of a row in one column."""


@lru_cache(maxsize=256)
def _addition_sql(model: type[Model], count: int, vendor: str) -> tuple[str, Sequence[Cell]]:
    meta, quote = model._meta, connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [field for field in meta.concrete_fields if not field.primary_key and not field.has_db_default()]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["(" + ", ".join(["%s"] * len(fields)) + ")"] * count)
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {places}"  # noqa: S608 - own names alone
    return sql, [_cell(field, vendor) for field in fields]


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
