"""To whom a measure goes when it is dispatched: the bureaus that stand behind its units as decided."""

from collections.abc import Collection, Iterable, Mapping

from accounts.models import Bureau
from workflow.models import ResponsibleUnit


def members_of(kinds: Collection[str], issuer: Bureau | None) -> dict[str, list[Bureau]]:
    """Kind → the members of that collective, in the order of the tree; one statement, none for no kinds.

    各街道 of a district's plan are the district's own: members are looked for below the issuer, else below what
    stands above it, step by step, else in the whole tree (DESIGN.md, Tenancy). Only active bureaus count.
    """
    found: dict[str, list[Bureau]] = {kind: [] for kind in kinds}
    if not kinds:
        return found
    for bureau in Bureau.objects.filter(kind__in=kinds, active=True).order_by("path"):
        found[bureau.kind].append(bureau)
    return {kind: _in_the_branch(members, issuer) for kind, members in found.items()}


def _in_the_branch(members: list[Bureau], issuer: Bureau | None) -> list[Bureau]:
    path = "" if issuer is None else issuer.path
    while path:
        branch = [bureau for bureau in members if bureau.path.startswith(path)]
        if branch:
            return branch
        path = path[: -Bureau.steplen]
    return members


def collectives_in(units: Iterable[ResponsibleUnit]) -> set[str]:
    """The kinds of bureaus that the units name as a whole."""
    return {unit.collective_kind for unit in units if unit.bureau_id is None} - {""}


def bureaus_behind(
    units: Iterable[ResponsibleUnit], members: Mapping[str, list[Bureau]]
) -> list[tuple[ResponsibleUnit, Bureau]]:
    """The bureaus that receive a share, each once, the lead first, with the unit for which they stand.

    A bureau that was succeeded is stood for by its successor; a unit still to be resolved has none. `units` come with
    `bureau__succeeded_by`; `members` as `members_of` gives them.
    """
    found: dict[int, tuple[ResponsibleUnit, Bureau]] = {}
    for unit in sorted(units, key=lambda unit: (not unit.is_lead, unit.position)):
        if unit.bureau is not None:
            behind = [unit.bureau.succeeded_by or unit.bureau]
        else:
            behind = members.get(unit.collective_kind, [])
        for bureau in behind:
            found.setdefault(bureau.pk, (unit, bureau))
    return list(found.values())
