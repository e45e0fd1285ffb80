"""Lines about who came, looked, took away and was turned away: on chains of their own, one for each day and source."""

from enum import StrEnum
from typing import Any

from django.db import models, transaction

from accounts.models import User
from accounts.writes import write
from workflow.clock.now import now, today
from workflow.models.audit_event import Outcome
from workflow.trail.actions import AuditAction
from workflow.trail.actor import STRANGER
from workflow.trail.record import Line, Occasion, event
from workflow.trail.tying import tie


class Source(StrEnum):
    """What a chain of visits is about; stored as the beginning of its name."""

    SIGN_IN = "sign-in"
    REFUSAL = "refusal"
    READING = "reading"
    EXPORT = "export"


OF_ACTION = {
    AuditAction.SESSION_BEGIN: Source.SIGN_IN,
    AuditAction.SESSION_END: Source.SIGN_IN,
    AuditAction.PERSON_CHANGE_PASSWORD: Source.SIGN_IN,
    AuditAction.PAGE_OPEN: Source.REFUSAL,
    AuditAction.EVIDENCE_READ: Source.READING,
    AuditAction.LEDGER_EXPORT: Source.EXPORT,
    AuditAction.ORDER_EXPORT: Source.EXPORT,
    AuditAction.SOURCE_EXPORT: Source.EXPORT,
}


def note_visit(
    action: AuditAction, *, by: User | None, thing: models.Model | None = None, **payload: Any
) -> None:
    """Write that somebody came, read or took away; in a transaction of its own. `by`: None for whoever is not known."""
    _add(Line(action, thing, payload=payload), by)


def note_refused_visit(
    action: AuditAction, code: str, *, by: User | None, thing: models.Model | None = None, **payload: Any
) -> None:
    """Write that somebody was turned away, and by which refusal; in a transaction of its own."""
    _add(Line(action, thing, reason=code, payload=payload, outcome=Outcome.REFUSED), by)


def _add(line: Line, by: User | None) -> None:
    chain = f"{OF_ACTION[line.action]}:{today():%Y-%m-%d}"
    written = event(line, Occasion(now(), by or STRANGER), chain=chain, seq=1, measure=None, plan=None)
    with transaction.atomic():
        tie([written])
        write([written], [])
