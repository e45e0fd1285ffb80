"""The trail of measures as cases for process mining: one occurrence for each line, in order, without holding them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Bureau
from workflow.models import AuditEvent, Measure, Plan, Share
from workflow.models.audit_event import Outcome
from workflow.queries.timeline import who_acted
from workflow.trail.actions import AuditAction

BATCH = 2000
POST, DUTY = "post", "duty"


@dataclass(frozen=True, slots=True)
class Thing:
    """What an occurrence is about: its kind, as the trail names it, and its key."""

    kind: str
    key: int

    @property
    def name(self) -> str:
        """One word for both: share:12."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One line of the trail. `bureau` is the bureau concerned, else that of the post; "" where there is neither.

    `person` is empty unless persons were asked for.
    """

    number: int
    at: datetime
    measure: int
    code: str
    action: AuditAction
    outcome: str
    role: str
    bureau: str
    person: str
    from_state: str
    to_state: str
    thing: Thing | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the trail is given: of one plan or all; refused tries too; the names of persons too."""

    plan: Plan | None = None
    refused: bool = False
    persons: bool = False

    def lines(self) -> QuerySet[AuditEvent]:
        """The lines chosen, of measures only: plans, people and settings are no cases."""
        rows = AuditEvent.objects.filter(measure__isnull=False)
        rows = rows if self.plan is None else rows.filter(plan=self.plan)
        return rows if self.refused else rows.filter(outcome=Outcome.DONE)

    def measures(self) -> QuerySet[Measure]:
        """The measures chosen that have a line."""
        rows = Measure.objects.filter(pk__in=self.lines().values("measure"))
        return rows.select_related("plan").order_by("pk")


def occurrences(choice: Choice) -> Iterator[Occurrence]:
    """What happened, measure by measure, in the order of each chain. Keeps the bureaus' names in memory, nothing else."""
    names = dict(Bureau.objects.values_list("pk", "name"))
    lines = choice.lines().select_related("measure", "actor", "on_behalf_of").order_by("measure", "seq")
    only = lines.only(
        "at",
        "action",
        "outcome",
        "role",
        "scope_kind",
        "scope_id",
        "object_type",
        "object_id",
        "from_state",
        "to_state",
        "payload",
        "duty",
        "measure__code",
        "actor__name",
        "on_behalf_of__name",
    )
    held: tuple[int, dict[int, int]] = (0, {})
    for line in only.iterator(BATCH):
        assert line.measure_id is not None  # noqa: S101 - only measures' lines are chosen
        if line.measure_id != held[0]:
            held = line.measure_id, _bureaus_of(line.measure_id)
        yield _occurrence(line, held[1], names, persons=choice.persons)


def _bureaus_of(measure: int) -> dict[int, int]:
    """Share id → bureau id, of one measure."""
    return dict(Share.objects.filter(measure=measure).values_list("pk", "bureau_id"))


def _occurrence(
    line: AuditEvent, shares: dict[int, int], names: dict[int, str], *, persons: bool
) -> Occurrence:
    share = share_of(line)
    of_post = line.scope_id if line.scope_kind == "bureau" else None
    bureau = shares.get(share) if share is not None else of_post
    assert line.measure is not None  # noqa: S101 - only measures' lines are chosen
    return Occurrence(
        number=line.pk,
        at=line.at,
        measure=line.measure.pk,
        code=line.measure.code,
        action=AuditAction(line.action),
        outcome=line.outcome,
        role=line.role or line.duty,
        bureau=names.get(bureau, "") if bureau is not None else "",
        person=who_acted(line) if persons else "",
        from_state=line.from_state,
        to_state=line.to_state,
        thing=Thing(line.object_type, line.object_id) if line.object_id is not None else None,
        share=share,
    )


def share_of(line: AuditEvent) -> int | None:
    """The share that a line is about, as its object or as that of a request."""
    if line.object_type == "request":
        found = line.payload.get("share")
        return None if found is None else int(found)
    return line.object_id if line.object_type == "share" else None


def things(choice: Choice) -> Iterator[Thing]:
    """Whatever the lines are about besides measures and shares, each once."""
    rows = choice.lines().exclude(object_type__in=("", "measure", "share", "plan"))
    keys = rows.order_by("object_type", "object_id").values_list("object_type", "object_id").distinct()
    for kind, key in keys.iterator(BATCH):
        if key is not None:
            yield Thing(kind, key)


def moves(choice: Choice, kind: str) -> Iterator[tuple[int, datetime, str]]:
    """Each change of state of the things of a kind: key, when, to which state; in order of keys and time."""
    rows = choice.lines().filter(object_type=kind, outcome=Outcome.DONE).exclude(to_state="")
    keys = rows.order_by("object_id", "pk").values_list("object_id", "at", "to_state")
    return ((key, at, state) for key, at, state in keys.iterator(BATCH) if key is not None)


def shares_of(choice: Choice) -> Iterator[tuple[int, int, int, bool]]:
    """Share, measure and bureau id of the measures chosen, and whether the share leads."""
    rows = Share.objects.filter(measure__in=choice.measures().order_by().values("pk")).order_by("pk")
    return rows.values_list("pk", "measure_id", "bureau_id", "is_lead").iterator(BATCH)


def bureaus_of(choice: Choice) -> Iterator[tuple[int, str]]:
    """Id and name of the bureaus with a share in the measures chosen."""
    shares = Share.objects.filter(measure__in=choice.measures().order_by().values("pk"))
    rows = Bureau.objects.filter(pk__in=shares.order_by().values("bureau"))
    keys: Iterator[tuple[int, str]] = rows.order_by("pk").values_list("pk", "name").iterator(BATCH)
    return keys
