"""What one person was offered, asked for by another, and addresses with the id of another parent's child."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import resolve

from accounts.models import Appointment
from accounts.roles import ScopeKind
from flows.models import WorkItem
from tests.policy.conftest import Stage, passing
from tests.policy.crawl import Form, Offered, crawl
from tests.policy.ledger_digest import ledger_digest
from tests.policy.world import never_told
from workflow.models import AuditEvent
from workflow.models.audit_event import Outcome
from workflow.pages.policy_lines import ADMINISTRATORS, EVERYBODY, IMPORTERS, OF_PLAN, Readers
from workflow.pages.readers import Reader

TURNED_AWAY = {403, 404, 409, 422}
TWO_IDS = re.compile(r"^/(measures|work|imports)/([^/]+)/(?:(\w[\w-]*)/)?(\d+)/")


@dataclass(slots=True)
class Seen:
    """What everybody was offered."""

    by: dict[Reader, Offered] = field(default_factory=dict)

    @property
    def pages(self) -> list[str]:
        """Every address that somebody could open."""
        return sorted({path for one in self.by.values() for path, code in one.pages.items() if code == 200})

    @property
    def forms(self) -> list[Form]:
        """Every form that somebody was offered, once an address."""
        return [
            form
            for _, form in sorted({p: f for one in self.by.values() for p, f in one.forms.items()}.items())
        ]


def look_around(stage: Stage, readers: Iterable[Reader], most: int = 10_000) -> Seen:
    """Let each of the readers open what they are offered."""
    seen = Seen()
    for reader in readers:
        with passing():
            seen.by[reader] = crawl(stage.client(reader), most)
    return seen


def may_know(stage: Stage, path: str) -> Readers:
    """Who may know that there is something at `path`: by the secrets of the world and the appointments, no page asked."""
    world, names = stage.world, resolve(path).kwargs
    if path.startswith("/master-data/"):
        return ADMINISTRATORS
    if path.startswith("/imports/"):
        return IMPORTERS
    if path.startswith("/measures/") and "code" in names:
        known = _of_measure(stage, names["code"])
        return known | ADMINISTRATORS if "access" in path else known
    if path.startswith("/plans/") and "code" in names:
        titles = [
            p.title for p in (world.plan, world.draft, world.ready, world.foreign) if p.code == names["code"]
        ]
        return world.secrets[titles[0]]
    return _of_item(stage, names["item"]) if "item" in names else EVERYBODY


def _of_measure(stage: Stage, code: str) -> Readers:
    world = stage.world
    titles = [f"题{name}题" for name, measure in world.measures.items() if measure.code == code]
    known = [world.secrets[title] for title in titles if title in world.secrets]
    return known[0] if known else OF_PLAN  # a later edition brought it, and it is not admitted yet


def _of_item(stage: Stage, key: int) -> Readers:
    """Who holds the item's role in its scope, and the heads who may hand it over."""
    item = WorkItem.objects.get(pk=key)
    kind = next(
        kind
        for kind in (ScopeKind.BUREAU, ScopeKind.PLAN, ScopeKind.ENGAGEMENT)
        if getattr(item, f"{kind}_id")
    )
    roles = {item.role, "head"} if item.role == "handler" else {item.role}
    held = Appointment.objects.filter(role__in=roles, scope_kind=kind, scope_id=getattr(item, f"{kind}_id"))
    people = set(held.values_list("user", flat=True))
    return frozenset(reader for reader, person in stage.world.people.items() if person.pk in people)


def opened_by(stage: Stage, path: str, readers: Iterable[Reader]) -> Iterator[str]:
    """Who opens `path` and must not, or reads words that they may not know."""
    known = may_know(stage, path)
    for reader in readers:
        answer = stage.client(reader).get(path)
        parts = answer.streaming_content if answer.streaming else [answer.content]
        told = never_told(stage.world, reader, b"".join(parts).decode(errors="replace"))
        if answer.status_code >= 500 or told or (answer.status_code == 200 and reader not in known):
            yield f"{reader} GET {path}: {answer.status_code} {told}"


def sent_by(stage: Stage, form: Form, readers: Iterable[Reader]) -> Iterator[str]:
    """Who sends the form, which they may not know of, and is not turned away with all unchanged."""
    known = may_know(stage, form.path)
    with passing():
        for reader in readers:
            if reader in known:
                continue
            before = AuditEvent.objects.count()
            answer = stage.client(reader).post(form.path, dict(form.fields))
            if answer.status_code not in TURNED_AWAY:
                yield f"{reader} POST {form.path}: {answer.status_code}"
            if (
                answer.status_code in {403, 409}
                and not _refusals_after(before)
                and "master-data" not in form.path
            ):
                yield f"{reader} POST {form.path}: no line of the refusal"
        if ledger_digest() != stage.digest:
            yield f"POST {form.path}: the ledger changed"


def _refusals_after(before: int) -> bool:
    lines = AuditEvent.objects.order_by("pk")[before:]
    return any(line.outcome == Outcome.REFUSED for line in lines)


def mixed(paths: Iterable[str]) -> list[str]:
    """Each address with two ids, with the second of another parent of its kind in its place."""
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for path in paths:
        if match := TWO_IDS.match(path):
            kind, parent, child, key = match.groups()
            found.setdefault((kind, child or ""), {}).setdefault(parent, set()).add(key)
    return sorted({_swapped(path, key) for path in paths for key in _strange(found, path)})


def _strange(found: dict[tuple[str, str], dict[str, set[str]]], path: str) -> list[str]:
    match = TWO_IDS.match(path)
    if match is None or match[3] == "access":  # the id of a person, who is nobody's child
        return []
    own = found[match[1], match[3] or ""]
    others = {key for parent, keys in own.items() if parent != match[2] for key in keys} - own[match[2]]
    return sorted(others)[:2]


def _swapped(path: str, key: str) -> str:
    match = TWO_IDS.match(path)
    assert match is not None
    return path[: match.start(4)] + key + path[match.end(4) :]
