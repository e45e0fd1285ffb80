"""What the filters of the ledger offer: plans, sections and bureaus of the measures that the reader may see."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Bureau
from accounts.rights import Standing
from accounts.roles import Permission
from workflow.clock.now import today
from workflow.models import Measure, Plan, Section, Share
from workflow.queries.plans import plans_among
from workflow.queries.rules import remembered

P = Permission


@dataclass(frozen=True, slots=True)
class Choices:
    """The plans; the sections and bureaus of one plan, or of all of them."""

    plans: tuple[Plan, ...]
    sections: tuple[Section, ...]
    bureaus: tuple[Bureau, ...]


def ledger_choices(visible: QuerySet[Measure], held: Standing, plan: int | None) -> Choices:
    """What there is to choose among the measures `visible` to who holds these rights. Three statements.

    It takes a look at every measure, so it is read once a minute for readers with the same scopes. Samples are given and
    taken back within a scope: for who evaluates it is read each time.
    """
    if held.engagements(P.VIEW_FOR_ENGAGEMENT):
        return _read(visible, plan)
    scopes = held.audits_all, held.plans(P.VIEW_FOR_PLAN), held.bureaus(P.VIEW_FOR_BUREAU)
    return remembered(("ledger choices", scopes, today(), plan), lambda: _read(visible, plan))


def _read(visible: QuerySet[Measure], plan: int | None) -> Choices:
    chosen = (visible.filter(plan_id=plan) if plan else visible).order_by()
    sections = Section.objects.filter(pk__in=chosen.values("section_id"))
    shares = Share.objects.filter(measure__in=chosen.values("pk")).order_by()
    bureaus = Bureau.objects.filter(pk__in=shares.values("bureau_id"))
    return Choices(
        tuple(plans_among(visible)),
        tuple(sections.order_by("plan_id", "position")),
        tuple(bureaus.order_by("path")),
    )
