"""Pages by key, not by offset: a page costs the same however far down it is (DESIGN.md, Reading at scale)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import DateField, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

SEPARATOR = "~"
KEY = re.compile(r"(\d{4}-\d\d-\d\d)|(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """One page of rows and, where more follow, the cursor of the next."""

    rows: list[Row]
    next_cursor: str
    is_first: bool


def slice_after(queryset: QuerySet[Row], keys: Sequence[str], cursor: str, size: int) -> Slice[Row]:
    """The `size` rows after `cursor` in the ascending order of `keys`, whose last one must be unique.

    A cursor that cannot be read is taken as the beginning: an old link still opens a page.
    """
    values = _read(queryset.model, keys, cursor)
    ordered = queryset.order_by(*keys)
    rows = list((ordered if values is None else ordered.filter(_beyond(keys, values)))[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Slice(rows, _write(rows[-1], keys) if more else "", values is None)


def _beyond(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows whose keys come after `values`, key by key."""
    condition = Q()
    for depth, key in enumerate(keys):
        same = dict(zip(keys[:depth], values[:depth], strict=True))
        condition |= Q(**same, **{f"{key}__gt": values[depth]})
    return condition & Q(**{f"{keys[0]}__gte": values[0]})


def _write(row: Model, keys: Sequence[str]) -> str:
    return SEPARATOR.join(str(getattr(row, key)) for key in keys)


def _read(model: type[Model], keys: Sequence[str], cursor: str) -> list[date | int] | None:
    """The values of the keys, or None where one is missing, cannot be read or is of another kind."""
    parts = cursor.split(SEPARATOR)
    if len(parts) != len(keys):
        return None
    values = [
        _value(part, is_day=isinstance(model._meta.get_field(key), DateField))
        for key, part in zip(keys, parts, strict=True)
    ]
    return None if None in values else [value for value in values if value is not None]


def _value(part: str, *, is_day: bool) -> date | int | None:
    found = KEY.fullmatch(part)
    if found is None or bool(found[1]) != is_day:
        return None
    try:
        return date.fromisoformat(part) if is_day else int(part)
    except ValueError:
        return None
