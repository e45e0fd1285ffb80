"""Plans: the list, and one plan's overview with its counts by state and bureau."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import Permission, ScopeKind
from workflow.clock.now import today
from workflow.clock.period import elapsed
from workflow.intake.reader_warnings import from_stored
from workflow.models import Measure, Plan, PlanImport
from workflow.pages.editions.panels import editions_panel
from workflow.pages.page import Page
from workflow.queries.editions import sees_whole
from workflow.queries.imports import grant_to_import, may_import
from workflow.queries.orders import last_orders
from workflow.queries.plan_overview import StateCount, counts_by_bureau, counts_by_state, preparation_of
from workflow.queries.preparation import engagements_of, tasks_of
from workflow.queries.visibility import measures_visible_to, plans_visible_to
from workflow.rules.refusal import NotFound
from workflow.states import MeasureState, PlanState

P = Permission
SHOWN_MEASURES = 300
"""Measures in preparation that the overview lists; the ledger lists all, page by page."""


class Plans(Page):
    """The plans that the person may see; the only one opens at once."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, or the one plan there is."""
        plans = list(plans_visible_to(self.person, self.held).order_by("-period_start", "pk"))
        if len(plans) == 1:
            return redirect("ledger:plan-detail", code=plans[0].code)
        on = today()
        context = {
            "plans": [(plan, elapsed(plan.period_start, plan.period_end, on)) for plan in plans],
            "is_administrator": self.held.is_administrator,
            "may_import": may_import(self.held),
        }
        return self.show("workflow/plans.html", context)


class PlanOverview(Page):
    """One plan: counts by state and bureau, and while it is in preparation what its measures lack."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The overview; 404 for who may not see the plan."""
        plan = self.find(code)
        visible = self.visible(plan)
        states = counts_by_state(plan, visible)
        editions = editions_panel(plan, sees_all=visible is None)
        context = {
            "plan": plan,
            "elapsed": elapsed(plan.period_start, plan.period_end, today(plan.time_zone)),
            **counted(states),
            "bureaus": counts_by_bureau(plan, visible),
            **editions,
            **self.doings(plan, waiting=_drafts(states) - editions.get("awaiting", 0)),
            **(self.preparation(plan) if plan.state == PlanState.DRAFT else self.orders(plan)),
        }
        return self.show("workflow/plan.html", context)

    def visible(self, plan: Plan) -> QuerySet[Measure] | None:
        """The measures that the person may see; None for who sees all of the plan."""
        return None if sees_whole(self.held, plan) else measures_visible_to(self.person, self.held)

    def find(self, code: str) -> Plan:
        """The plan with its offices as far as the person may know of it."""
        visible = plans_visible_to(self.person, self.held).filter(code=code)
        came = PlanImport.objects.filter(plan=OuterRef("pk"))
        plan = (
            visible.annotate(has_source=Exists(came))
            .select_related(
                "issuer", "supervision_office", "alternate_office", "put_on_ledger_by", "prepared_by"
            )
            .first()
        )
        if plan is None:
            raise NotFound("thing.unknown")
        return plan

    def may(self, permission: Permission, plan: Plan) -> bool:
        """Whether the person holds the right in the plan."""
        return self.held.holds(permission, ScopeKind.PLAN, plan.pk)

    def doings(self, plan: Plan, *, waiting: int) -> dict[str, bool]:
        """What this reader can do about the plan as it stands."""
        is_draft, runs = plan.state == PlanState.DRAFT, plan.state == PlanState.ON_LEDGER
        return {
            "may_prepare": is_draft and self.may(P.PREPARE_FOR_PLAN, plan),
            "may_put_on_ledger": is_draft and self.may(P.APPROVE_FOR_PLAN, plan),
            "may_dispatch": runs and waiting > 0 and self.may(P.DISPATCH_FOR_PLAN, plan),
            "may_engage": self.may(P.ENGAGE_FOR_PLAN, plan),
            "may_import": self.may_renew(plan) or bool(self.held.bureaus(P.IMPORT_FOR_BUREAU)),
            "may_renew": self.may_renew(plan),
            "may_force": runs and self.may(P.SUPERVISE_FOR_PLAN, plan),
            "may_admit": runs and self.may(P.APPROVE_FOR_PLAN, plan),
        }

    def may_renew(self, plan: Plan) -> bool:
        """Whether the person may bring in a later edition."""
        office = plan.supervision_office_id
        if office is None or not sees_whole(self.held, plan):
            return False
        return self.may(P.PREPARE_FOR_PLAN, plan) or grant_to_import(self.held, office) is not None

    def preparation(self, plan: Plan) -> dict[str, Any]:
        """What is still to be decided, for plan roles."""
        measures = preparation_of(plan)
        return {
            "preparation": measures[:SHOWN_MEASURES],
            "more_measures": max(len(measures) - SHOWN_MEASURES, 0),
            "tasks": tasks_of(plan, measures),
            "warnings": from_stored(plan.warnings),
        }

    def orders(self, plan: Plan) -> dict[str, Any]:
        """What was issued for the plan."""
        return {"orders": last_orders(plan, self.held), "engagements": engagements_of(plan)}


def counted(states: list[StateCount]) -> dict[str, Any]:
    """The counts as the overview shows them: cancelled measures are no part of the whole and stand in a footnote."""
    standing = [one for one in states if one.code != MeasureState.CANCELLED]
    whole, total = sum(one.count for one in states), sum(one.count for one in standing)
    return {"states": standing, "total": total, "cancelled": whole - total}


def _drafts(states: list[StateCount]) -> int:
    """How many measures are not dispatched yet."""
    return sum(one.count for one in states if one.code == MeasureState.DRAFT)
