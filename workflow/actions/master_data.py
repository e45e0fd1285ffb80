"""Bureaus and the calendar, kept by administrators: every change is written to the trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts.belonging import succeed
from accounts.models import Bureau, BureauAlias
from workflow.actions.people import require_administrator
from workflow.actions.step import Step, acting, required
from workflow.actions.succession import hand_over_shares
from workflow.models import CalendarDay
from workflow.queries.rules import forget
from workflow.rules.refusal import Invalid, require
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class BureauFacts:
    """What is known of a bureau. `parent` None: at the top of the tree; `aliases`: other names in documents."""

    name: str
    kind: str
    parent: Bureau | None = None
    short_name: str = ""
    aliases: Iterable[str] = ()


def create_bureau(facts: BureauFacts, *, by: Actor) -> Bureau:
    """Add a bureau to the tree; raises Invalid for a name that another one has."""
    with acting(AuditAction.BUREAU_CREATE, None, by=by) as step:
        require_administrator(step)
        return add_bureau(step, facts)


def add_bureau(step: Step, facts: BureauFacts) -> Bureau:
    """Add a bureau as part of a step whose right has been checked, with its own line in the trail."""
    hold_bureaus()
    name = _free_name(facts.name, None)
    bureau: Bureau = Bureau(name=name, kind=facts.kind, short_name=facts.short_name.strip())
    if facts.parent is None:
        bureau = Bureau.objects.add_root(instance=bureau)
    else:
        bureau = Bureau.objects.add_child(Bureau.objects.get(pk=facts.parent.pk), instance=bureau)
    aliases = _set_aliases(bureau, facts.aliases)
    payload = {"name": name, "kind": facts.kind, "aliases": aliases}
    step.note(bureau, action=AuditAction.BUREAU_CREATE, payload=payload)
    return bureau


def hold_bureaus() -> None:
    """Let nobody else add a bureau before this transaction ends: two would take the same place in the tree, or name."""
    first = Bureau.objects.select_for_update(no_key=True).order_by("path")[:1]
    list(first)


def change_bureau(
    bureau: Bureau,
    facts: BureauFacts,
    *,
    by: Actor,
    active: bool,
    succeeded_by: Bureau | None = None,
    basis: str = "",
) -> Bureau:
    """Change names, kind, place, activity and successor of a bureau; a name that it loses stays one of its aliases.

    A new successor takes over its open shares, on the `basis` that ordered the reorganisation.

    Raises Invalid for a name that another bureau has, a place below itself, or a successor that does not stand.
    """
    with acting(AuditAction.BUREAU_CHANGE, None, by=by) as step:
        require_administrator(step)
        # measures are locked before the bureau's row: a share that is added locks them in this order
        handed_over = _succeed(step, bureau, succeeded_by, basis)
        bureau = Bureau.objects.select_for_update().get(pk=bureau.pk)
        before = _described(bureau)
        _move(bureau, facts.parent)
        bureau = Bureau.objects.get(pk=bureau.pk)
        bureau.name, bureau.kind = _free_name(facts.name, bureau), facts.kind
        bureau.short_name, bureau.active = facts.short_name.strip(), active
        bureau.save(update_fields=["name", "kind", "short_name", "active"])
        borne = [] if bureau.name == before["name"] else [str(before["name"])]
        aliases = _set_aliases(bureau, [*facts.aliases, *borne])
        changed = _described(Bureau.objects.get(pk=bureau.pk))
        step.note(bureau, payload={"from": before, "to": changed, "aliases": aliases, **handed_over})
    return bureau


def _free_name(name: str, own: Bureau | None) -> str:
    written = required(name, "name", "input.bureau_name")
    others = Bureau.objects.filter(name=written)
    taken = (others if own is None else others.exclude(pk=own.pk)).exists()
    require(not taken, Invalid("input.bureau_name", field="name"))
    return written


def _described(bureau: Bureau) -> dict[str, str | bool | int | None]:
    """What the trail keeps of a bureau before and after a change."""
    return {
        "name": bureau.name,
        "short_name": bureau.short_name,
        "kind": bureau.kind,
        "active": bureau.active,
        "path": bureau.path,
        "succeeded_by": bureau.succeeded_by_id,
    }


def _move(bureau: Bureau, parent: Bureau | None) -> None:
    """Let the bureau stand below `parent`, or at the top."""
    now_under = Bureau.objects.get_parent(bureau)
    if (now_under.pk if now_under else None) == (parent.pk if parent else None):
        return
    if parent is None:
        Bureau.objects.move(bureau, Bureau.objects.get_last_root_node(), "last-sibling")
        return
    target = Bureau.objects.get(pk=parent.pk)
    is_below = target.pk == bureau.pk or target.path.startswith(bureau.path)
    require(not is_below, Invalid("input.bureau_place", field="parent"))
    Bureau.objects.move(bureau, target, "last-child")


def _succeed(step: Step, bureau: Bureau, successor: Bureau | None, basis: str) -> dict[str, Any]:
    """Set the successor and let the open shares follow; returns what the trail keeps of it."""
    stood = Bureau.objects.get(pk=bureau.pk).succeeded_by_id
    if successor is None:
        Bureau.objects.filter(pk=bureau.pk).update(succeeded_by=None)
        return {}
    if successor.pk == stood:
        return {}
    successor = Bureau.objects.get(pk=successor.pk)
    stands = successor.succeeded_by_id is None and successor.pk != bureau.pk
    require(stands, Invalid("input.successor", field="succeeded_by"))
    count = hand_over_shares(step, bureau, successor, basis)
    succeed(bureau, successor)
    return {"handed_over": count, "basis": basis.strip()} if count else {}


def _set_aliases(bureau: Bureau, aliases: Iterable[str]) -> list[str]:
    """Make `aliases` the bureau's other names; returns them tidied."""
    wanted = sorted({alias.strip() for alias in aliases if alias.strip()})
    held = set(bureau.aliases.values_list("name", flat=True))
    bureau.aliases.exclude(name__in=wanted).delete()
    BureauAlias.objects.bulk_create(
        BureauAlias(bureau=bureau, name=alias) for alias in wanted if alias not in held
    )
    return wanted


def set_calendar_days(
    first: date, last: date, *, by: Actor, is_working: bool, name: str = "", source: str = ""
) -> list[CalendarDay]:
    """Say of each day from `first` to `last` whether people work on it; a later word replaces an earlier one.

    Raises Invalid for more than MOST_DAYS days or an end before the beginning.
    """
    with acting(AuditAction.CALENDAR_SET, None, by=by) as step:
        require_administrator(step)
        count = (last - first).days + 1
        require(1 <= count <= MOST_DAYS, Invalid("input.days", field="last", limit=MOST_DAYS))
        days = [first + timedelta(days=n) for n in range(count)]
        known = {"is_working": is_working, "name": name.strip(), "source": source.strip()}
        written = [CalendarDay(date=day, **known) for day in days]
        CalendarDay.objects.bulk_create(
            written, update_conflicts=True, unique_fields=["date"], update_fields=list(known)
        )
        step.note(
            written[0],
            payload={
                "first": first.isoformat(),
                "last": last.isoformat(),
                "is_working": is_working,
                "name": name,
            },
        )
    forget()
    return written
