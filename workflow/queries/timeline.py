"""The timeline of a measure: the lines of its trail that a reader may see, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.models import AuditEvent, Measure
from workflow.models.amendment import AmendedField
from workflow.models.audit_event import Outcome
from workflow.queries.deputies import in_both_names
from workflow.trail.actions import AuditAction

PAGE = 20
BACKWARD = frozenset(
    {
        AuditAction.SHARE_SEND_BACK,
        AuditAction.SHARE_WITHDRAW,
        AuditAction.MEASURE_REWORK,
        AuditAction.MEASURE_REOPEN,
        AuditAction.MEASURE_MISS_CYCLE,
        AuditAction.CONSOLIDATION_RETURN,
        AuditAction.EVALUATION_WAIVE,
        AuditAction.MEASURE_SUSPEND,
        AuditAction.OBJECTION_RAISE,
        AuditAction.MEASURE_CANCEL,
    }
)
FINAL = frozenset(
    {
        AuditAction.SHARE_APPROVE,
        AuditAction.MEASURE_VERIFY,
        AuditAction.MEASURE_CLOSE,
        AuditAction.MEASURE_CLOSE_CYCLE,
        AuditAction.MEASURE_TRANSFER_TO_ROUTINE,
    }
)
OF_LEAD = frozenset({AuditAction.CONSOLIDATION_RETURN, AuditAction.MEASURE_REPORT})
"""What is said about the consolidated report: for those alone who read every share's report."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `tone` is "back", "good" or ""; `reason` is empty where it may not be read."""

    at: datetime
    who: str
    what: str
    about: str
    reason: str
    basis: str
    tone: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some moments and, where older ones follow, the number before which they lie."""

    moments: list[Moment]
    older_than: int | None


def timeline(
    measure: Measure, bureaus: Mapping[int, str], readable: frozenset[int], before: int | None = None
) -> Timeline:
    """What happened to `measure`; one statement.

    `bureaus`: share id → the bureau's name; `readable`: ids of the shares whose reports the reader may see,
    for the reasons given on the others are not theirs to read.
    """
    lines = AuditEvent.objects.filter(measure=measure, outcome=Outcome.DONE).select_related(
        "actor", "on_behalf_of"
    )
    if before is not None:
        lines = lines.filter(seq__lt=before)
    found = list(lines.order_by("-seq")[: PAGE + 1])
    older = found[PAGE - 1].seq if len(found) > PAGE else None
    return Timeline([_moment(line, bureaus, readable) for line in found[:PAGE]], older)


def _moment(line: AuditEvent, bureaus: Mapping[int, str], readable: frozenset[int]) -> Moment:
    share = _share_of(line)
    is_share = share is not None
    action = AuditAction(line.action)
    may_read = share in readable if is_share else action not in OF_LEAD or readable >= set(bureaus)
    return Moment(
        at=line.at,
        who=who_acted(line),
        what=str(action.label),
        about=bureaus.get(share or 0, "") if is_share else _amended(line),
        reason=line.reason if may_read else "",
        basis=line.basis if may_read else "",
        tone="back" if action in BACKWARD else "good" if action in FINAL else "",
    )


def who_acted(line: AuditEvent) -> str:
    """The person, for a deputy with the head for whom they acted, or the timed duty."""
    if line.actor is None:
        return str(line.duty)
    if line.on_behalf_of is None:
        return str(line.actor.name)
    return in_both_names(line.actor.name, line.on_behalf_of.name)


def _share_of(line: AuditEvent) -> int | None:
    """The share that a line is about, as its object or as that of a request."""
    if line.object_type == "request":
        return int(line.payload["share"])
    return line.object_id if line.object_type == "share" else None


def _amended(line: AuditEvent) -> str:
    """What a later edition has changed, where the line says so."""
    if line.action != AuditAction.MEASURE_AMEND:
        return ""
    changes = line.payload.get("changes") or [line.payload]
    return "、".join(str(AmendedField(one["field"]).label) for one in changes if "field" in one)


def last_reopening(share_id: int) -> Moment | None:
    """The last time a share that had ended went on: by whom, when and why."""
    line = (
        AuditEvent.objects.filter(
            object_type="share",
            object_id=share_id,
            action=AuditAction.SHARE_REOPEN,
            outcome=Outcome.DONE,
        )
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    return None if line is None else _moment(line, {}, frozenset({share_id}))
