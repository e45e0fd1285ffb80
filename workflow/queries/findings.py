"""What a check of the database found wrong, in the reader's language: which thing, where it stands, what contradicts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

PLACES: dict[str, tuple[str, ...]] = {
    "plan": ("code",),
    "measure": ("code",),
    "cycle": ("measure.code", "index"),
    "share": ("measure.code", "bureau.name"),
    "sharecycle": ("share.measure.code", "share.bureau.name", "cycle.index"),
    "report": ("share_cycle.share.measure.code", "share_cycle.share.bureau.name", "version"),
    "consolidation": ("cycle.measure.code", "version"),
    "evaluation": ("measure.code", "round"),
    "request": ("measure.code", "share.bureau.name", "get_kind_display"),
    "planimport": ("plan.code", "edition"),
    "amendment": ("measure.code", "field"),
    "instruction": ("measure.code", "reply_by"),
    "instructionreply": ("instruction.measure.code", "share.bureau.name"),
    "cancellation": ("measure.code",),
    "objection": ("measure.code", "share.bureau.name"),
    "milestone": ("measure.code", "title"),
    "actionitem": ("measure.code", "position"),
    "handover": ("measure.code", "share.bureau.name"),
    "suspension": ("measure.code", "since"),
    "document": ("number",),
    "documentseries": ("office.name", "year"),
    "run": ("measure.code", "share.bureau.name"),
    "workitem": ("measure.code", "share.bureau.name"),
    "appointment": ("user.username", "get_role_display"),
    "user": ("username",),
}
"""By model: what tells an operator which row is meant, for its key stands on no page."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that contradicts itself: `thing` and its place, `what` is wrong with it."""

    thing: str
    what: str

    def __str__(self) -> str:
        return _("%(thing)s: %(what)s.") % {"thing": self.thing, "what": self.what}


def found(rows: Iterable[Model], what: str) -> Iterator[Finding]:
    """A finding for each of `rows`."""
    for row in rows:
        yield finding(row, what)


def finding(row: Model, what: str) -> Finding:
    """The finding that `what` is wrong with `row`; reads what `row` belongs to, for findings are few."""
    parts = {"kind": row._meta.verbose_name, "key": row.pk, "where": _where(row)}
    return Finding(_("%(kind)s %(key)s (%(where)s)") % parts, what)


def finding_in_chain(chain: str, what: str) -> Finding:
    """The finding that `what` is wrong with a chain of the trail."""
    return Finding(_("chain %(chain)s") % {"chain": chain}, what)


def _where(row: Model) -> str:
    words = (_read(row, path) for path in PLACES[row._meta.model_name or ""])
    return " · ".join(word for word in words if word)


def _read(thing: object, path: str) -> str:
    """The word at the end of `path`; nothing where the path ends early."""
    for name in path.split("."):
        thing = getattr(thing, name, None)
    return "" if thing is None else str(thing() if callable(thing) else thing)
