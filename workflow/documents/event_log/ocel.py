"""An event log in OCEL 2.0 JSON: lines of the trail with the plans, measures, shares and bureaus that they are about.

States are kept as values of an attribute over time, so that a tool sees where a thing stood at any moment.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import chain, groupby
from typing import IO, Any, TextIO

from workflow.queries.event_log import (
    Choice,
    Occurrence,
    Thing,
    bureaus_of,
    moves,
    occurrences,
    shares_of,
    things,
)
from workflow.trail.actions import AuditAction

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of what holds from the beginning (OCEL 2.0, Object attributes)."""
EVENT_ATTRIBUTES = ("label", "outcome", "role", "bureau", "person", "from_state", "to_state")
OBJECT_ATTRIBUTES = {
    "plan": ("code", "title"),
    "measure": ("code", "title", "kind", "state"),
    "share": ("role", "state"),
    "bureau": ("name",),
}
"""The kinds of things that carry attributes; each other kind is known by its key alone."""
Object = dict[str, Any]


def write_ocel(choice: Choice, to: IO[bytes]) -> int:
    """Write what is chosen as one JSON document; returns the number of events. Holds one line at a time."""
    out = TextIOWrapper(to, encoding="utf-8", write_through=True)
    kinds = sorted({*OBJECT_ATTRIBUTES, *(thing.kind for thing in things(choice))})
    out.write('{"objectTypes": ')
    _dump([_kind(kind, OBJECT_ATTRIBUTES.get(kind, ())) for kind in kinds], out)
    out.write(',\n"eventTypes": ')
    _dump([_kind(action.value, EVENT_ATTRIBUTES) for action in AuditAction], out)
    out.write(',\n"objects": [')
    _dump_each(_objects(choice), out)
    out.write('],\n"events": [')
    count = _dump_each((_event(one) for one in occurrences(choice)), out)
    out.write("]}\n")
    out.detach()
    return count


def _kind(name: str, attributes: Iterable[str]) -> Object:
    return {"name": name, "attributes": [{"name": one, "type": "string"} for one in attributes]}


def _event(one: Occurrence) -> Object:
    values = {
        "label": str(one.action.label),
        "outcome": one.outcome,
        "role": one.role,
        "bureau": one.bureau,
        "person": one.person,
        "from_state": one.from_state,
        "to_state": one.to_state,
    }
    about = {f"measure:{one.measure}": "measure"}
    if one.share is not None:
        about[f"share:{one.share}"] = "share"
    if one.thing is not None:
        about.setdefault(one.thing.name, one.thing.kind)
    return {
        "id": str(one.number),
        "type": one.action.value,
        "time": _time(one.at),
        "attributes": [{"name": name, "value": value} for name, value in values.items() if value],
        "relationships": [{"objectId": key, "qualifier": kind} for key, kind in about.items()],
    }


def _objects(choice: Choice) -> Iterator[Object]:
    """Every object, of which those with a life bear their states."""
    plans: dict[int, Object] = {}
    states = _States(moves(choice, "measure"))
    for measure in choice.measures().iterator(500):
        plan = measure.plan
        facts = {"code": plan.code, "title": plan.title}
        plans.setdefault(plan.pk, _object(Thing("plan", plan.pk), facts))
        facts = {"code": measure.code, "title": measure.title, "kind": measure.kind}
        yield _object(Thing("measure", measure.pk), facts, states.of(measure.pk), {f"plan:{plan.pk}": "plan"})
    yield from plans.values()
    states = _States(moves(choice, "share"))
    for share, measure_id, bureau, leads in shares_of(choice):
        related = {f"measure:{measure_id}": "measure", f"bureau:{bureau}": "bureau"}
        facts = {"role": "lead" if leads else "supporting"}
        yield _object(Thing("share", share), facts, states.of(share), related)
    yield from (_object(Thing("bureau", key), {"name": name}) for key, name in bureaus_of(choice))
    yield from (_object(thing, {}) for thing in things(choice) if thing.kind != "bureau")


class _States:
    """The changes of state of things that are asked for in the order of their keys."""

    def __init__(self, found: Iterator[tuple[int, datetime, str]]) -> None:
        self._groups = groupby(found, key=lambda move: move[0])
        self._next: tuple[int, list[tuple[datetime, str]]] | None = None
        self._step()

    def _step(self) -> None:
        group = next(self._groups, None)
        self._next = None if group is None else (group[0], [(at, state) for _key, at, state in group[1]])

    def of(self, key: int) -> list[tuple[datetime, str]]:
        """Each change of `key`, which is greater than those asked for before."""
        while self._next is not None and self._next[0] < key:
            self._step()
        return self._next[1] if self._next is not None and self._next[0] == key else []


def _object(
    thing: Thing,
    facts: dict[str, str],
    states: Iterable[tuple[datetime, str]] = (),
    related: dict[str, str] | None = None,
) -> Object:
    values = chain(
        ((name, ALWAYS, value) for name, value in facts.items()),
        (("state", at, state) for at, state in states),
    )
    return {
        "id": thing.name,
        "type": thing.kind,
        "attributes": [{"name": name, "time": _time(at), "value": value} for name, at, value in values],
        "relationships": [{"objectId": key, "qualifier": kind} for key, kind in (related or {}).items()],
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _dump(data: object, out: TextIO) -> None:
    json.dump(data, out, ensure_ascii=False)


def _dump_each(found: Iterable[Object], out: TextIO) -> int:
    count = 0
    for one in found:
        out.write(",\n" if count else "\n")
        _dump(one, out)
        count += 1
    return count
