"""One text for one line, whoever writes it: this program, the database, and the published SM3 and RFC 8785."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.models import AuditEvent
from workflow.trail.canonical import COLUMNS, UncanonicalError, canonical, canonical_json
from workflow.trail.chain import ALGORITHMS, UnknownAlgorithmError, hash_of, is_at_hand

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))
TIMES = ("at", "recorded_at")
VECTORS = [pytest.param(vector, id=vector["what"]) for vector in GOLDEN]

words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
names = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
leaves = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | words
payloads = st.dictionaries(
    names, st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=12)
)


def values(line: dict[str, Any]) -> list[Any]:
    return [datetime.fromisoformat(line[name]) if name in TIMES else line[name] for name in COLUMNS]


def in_database(function: str, line: dict[str, Any]) -> str:
    """What the database's function says of the line."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(jsonb_populate_record(NULL::workflow_auditevent, %s::jsonb))",
            [json.dumps(line)],
        )
        return str(cursor.fetchone()[0])


@pytest.fixture
def _sm3() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto")


@pytest.mark.parametrize("vector", VECTORS)
def test_a_line_is_written_as_in_the_golden_vectors(vector: dict[str, Any]) -> None:
    assert canonical(values(vector["line"])) == vector["canonical"]
    assert hash_of(values(vector["line"])) == vector["hash"]


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.usefixtures("_sm3")
@pytest.mark.parametrize("vector", VECTORS)
def test_the_database_writes_a_line_as_in_the_golden_vectors(vector: dict[str, Any]) -> None:
    assert in_database("trail_line", vector["line"]) == vector["canonical"]
    assert in_database("trail_hash", vector["line"]) == vector["hash"]


@pytest.mark.postgres
@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(payload=payloads, reason=words, object_id=st.none() | st.integers(0, 2**63 - 1))
def test_the_database_hashes_as_this_program_does(
    payload: dict[str, Any], reason: str, object_id: int | None
) -> None:
    line = GOLDEN[0]["line"] | {"payload": payload, "reason": reason, "object_id": object_id}
    assert in_database("trail_line", line) == canonical(values(line))
    assert in_database("trail_hash", line) == hash_of(values(line))


@given(payload=payloads)
def test_the_form_is_json_that_says_the_same_and_is_its_own_form(payload: dict[str, Any]) -> None:
    text = canonical_json(payload)
    assert json.loads(text) == payload
    assert canonical_json(json.loads(text)) == text


def test_the_form_covers_every_column_but_the_key_and_those_that_come_of_it() -> None:
    columns = {field.attname for field in AuditEvent._meta.concrete_fields}
    assert columns - set(COLUMNS) == {"id", "hash", "xid"}
    assert list(COLUMNS) == sorted(COLUMNS)


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {"分": 1}, {1: 2}, {"a": {"b": datetime.now(UTC)}}, b"x"]
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(UncanonicalError):
        canonical_json(value)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("text", ['{"a": 1.5}', '{"a": [1.0]}', '{"分": 1}'])
def test_the_database_refuses_what_has_no_canonical_form(text: str) -> None:
    with connection.cursor() as cursor, pytest.raises(DataError), transaction.atomic():
        cursor.execute("SELECT trail_canonical(%s::jsonb)", [text])


def test_a_line_of_another_algorithm_is_refused() -> None:
    line = GOLDEN[0]["line"] | {"algorithm": "md5"}
    with pytest.raises(UnknownAlgorithmError):
        hash_of(values(line))
    assert not is_at_hand("none of ours")
    assert all(is_at_hand(name) for name in ALGORITHMS)


def test_hashes_are_hexadecimal_of_one_length() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{64}", vector["hash"]) for vector in GOLDEN)
