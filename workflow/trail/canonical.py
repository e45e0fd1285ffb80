"""The one form in which a line of the trail is hashed: JSON as strict as RFC 8785, over a fixed list of columns.

No spaces, names in the order of their code points, characters as they are but for quotes, backslashes and controls
(RFC 8785, 3.2.2.2), whole numbers in full, times as UTC to the microsecond. The database's own functions write the same
text (`workflow/migrations/sql`); `tests/workflow/trail/golden.json` holds both to it. Fractions are refused, since no two
languages write them alike: they go into the trail as words.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

COLUMNS = (
    "action",
    "actor_id",
    "address",
    "algorithm",
    "at",
    "basis",
    "chain",
    "client",
    "duty",
    "from_state",
    "measure_id",
    "object_id",
    "object_type",
    "on_behalf_of_id",
    "outcome",
    "payload",
    "plan_id",
    "previous_hash",
    "reason",
    "recorded_at",
    "role",
    "rule_version",
    "scope_id",
    "scope_kind",
    "seq",
    "to_state",
)
"""What the hash of a line covers, in the order of the form. To change it is to begin another algorithm's name."""

values_of = attrgetter(*COLUMNS)
"""A line → its values in the order of COLUMNS."""


class UncanonicalError(TypeError):
    """A value that has no canonical form: a fraction, a name beyond ASCII, or what JSON does not know."""


def canonical(values: Sequence[Any]) -> str:
    """The canonical form of the values, which stand in the order of COLUMNS. Raises UncanonicalError."""
    return _FORM % tuple([write(value) for write, value in zip(_WRITERS, values, strict=True)])


def canonical_json(value: Any) -> str:
    """The canonical form of what a line keeps besides its columns. Raises UncanonicalError."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, dict):
        return "{" + ",".join([f"{_name(key)}:{canonical_json(value[key])}" for key in sorted(value)]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([canonical_json(one) for one in value]) + "]"
    raise UncanonicalError(f"{type(value).__name__} has no canonical form")


def moment(value: datetime) -> str:
    """The time as UTC to the microsecond, in quotes."""
    text = value.isoformat(timespec="microseconds")
    if text[-6:] != "+00:00":
        text = value.astimezone(UTC).isoformat(timespec="microseconds")
    return f'"{text[:-6]}Z"'


def _name(key: Any) -> str:
    if not isinstance(key, str) or not key.isascii():
        raise UncanonicalError("a name must be ASCII, or its place would be in doubt")
    return encode_basestring(key)


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


_CONSTANTS: dict[bool | None, str] = {None: "null", True: "true", False: "false"}
_OTHERS = {"at": moment, "recorded_at": moment, "payload": canonical_json, "seq": _number}
_WRITERS = tuple(
    _OTHERS.get(name, _number if name.endswith("_id") else encode_basestring) for name in COLUMNS
)
_FORM = "{" + ",".join(f'"{name}":%s' for name in COLUMNS) + "}"
