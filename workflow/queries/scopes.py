"""The names of the bureaus, plans and engagements in which roles are held."""

from collections.abc import Iterable, Mapping

from django.db.models import Model

from accounts.models import Appointment, Bureau
from accounts.rights import Grant
from accounts.roles import ScopeKind
from workflow.models import Engagement, Plan

_MODELS: Mapping[ScopeKind, type[Model]] = {
    ScopeKind.BUREAU: Bureau,
    ScopeKind.PLAN: Plan,
    ScopeKind.ENGAGEMENT: Engagement,
}


def scope_names(held: Iterable[Appointment | Grant]) -> dict[tuple[str, int | None], str]:
    """(kind, key) of the scope of each role → its name; one statement for each kind that occurs, none for everywhere."""
    wanted: dict[str, set[int]] = {}
    for one in held:
        if one.scope_id is not None:
            wanted.setdefault(str(one.scope_kind), set()).add(one.scope_id)
    return {
        (kind.value, row.pk): str(row)
        for kind, model in _MODELS.items()
        if kind.value in wanted
        for row in model._default_manager.filter(pk__in=wanted[kind.value])
    }
