"""Reads whose SQL is built once and then only filled in: what every step asks under the measure's lock.

A step is a handful of statements, and the ORM takes several times longer to build one than the database takes to answer
it. A `CompiledRead` is an ordinary queryset with slots where its values go; it is compiled when it is first asked and
gives what the queryset would.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    Expression,
    Field,
    Model,
    QuerySet,
)
from django.db.models.base import ModelState
from django.db.models.sql.compiler import SQLCompiler


class Slot(Expression):
    """A place in a query for a value that is given when the read is made; `output_field` says how it is stored."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The slot stands among the parameters until the read is made.

        PostgreSQL must not see its value while planning: where the value would only change an estimate, it plans the
        same statement anew each time, which takes longer than to carry it out.
        """
        if connection.vendor != "postgresql":
            return "%s", [self]
        return f"(SELECT %s::{self.output_field.db_type(connection)})", [self]

    def stored(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class Keys(Slot):
    """A place for any number of keys: `filter(pk__in=Keys("measures"))`; one statement serves every number of them."""

    def __init__(self, name: str) -> None:
        super().__init__(name, BigIntegerField())

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """The keys as rows, of which the planner knows as little as of a slot's value."""
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", [self]
        return "(SELECT value FROM json_each(%s))", [self]

    def stored(self, value: Any, connection: BaseDatabaseWrapper) -> str:
        """The keys as one text."""
        listed = ",".join(str(int(key)) for key in value)
        return f"{{{listed}}}" if connection.vendor == "postgresql" else f"[{listed}]"


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
        if connection.vendor == "postgresql":
            self.sql, self.params = _with_constants(self.sql, self.params, connection)
        select, shape = compiler.select, compiler.klass_info
        is_tuple = shape is None or bool(queryset.query.values_select)
        self.shape = None if is_tuple else _Shape(shape, select)
        self.annotations = compiler.annotation_col_map or {}
        self.converters = compiler.get_converters([column[0] for column in select])

    def rows(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
        """Send the statement with `values` in its slots."""
        params = [
            param.stored(values[param.name], connection) if isinstance(param, Slot) else param
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


def _with_constants(
    sql: str, params: Sequence[Any], connection: BaseDatabaseWrapper
) -> tuple[str, list[Any]]:
    """The statement with its constants written out, and the slots that are left.

    Constants among the parameters would be planned for anew as a slot's value would.
    """
    operations: Any = connection.ops
    first, *others = sql.split("%s")
    written = [
        "%s" if isinstance(param, Slot) else operations.compose_sql("%s", [param]).replace("%", "%%")
        for param in params
    ]
    pieces = chain.from_iterable(zip(written, others, strict=True))
    return first + "".join(pieces), [param for param in params if isinstance(param, Slot)]


class _Shape:
    """Where in a row a model and those related to it stand.

    Instances are filled as the row has them, past the constructor, which would set every field one by one: none of the
    models has a listener for it; what is related is reached by a foreign key. Fields left unread are loaded when they are asked for, as Django does.
    """

    def __init__(self, shape: Mapping[str, Any], select: Sequence[Any]) -> None:
        self.model: type[Model] = shape["model"]
        places = shape["select_fields"]
        self.names = [select[place][0].target.attname for place in places]
        self.columns = slice(places[0], places[-1] + 1)
        self.key = places[self.names.index(self.model._meta.pk.attname)]
        self.related = [
            (related["field"].name, _Shape(related, select))
            for related in shape.get("related_klass_infos", ())
        ]

    def instance(self, row: Sequence[Any], alias: str) -> Model | None:
        """The model's instance with its related ones; None where an outer join found nothing."""
        if row[self.key] is None:
            return None
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, alias
        if self.related:
            state.fields_cache = {name: shape.instance(row, alias) for name, shape in self.related}
        instance.__dict__.update(zip(self.names, row[self.columns], strict=True), _state=state)
        return instance
