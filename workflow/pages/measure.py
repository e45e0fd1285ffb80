"""A measure's page: facts, shares, reports, timeline, route, and what this reader can do next."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from workflow.clock.now import today
from workflow.models import Measure
from workflow.pages.decisions.case import Case
from workflow.pages.editions.panels import amended
from workflow.pages.editions.settling import may_settle
from workflow.pages.objections import objections_seen
from workflow.pages.offers import next_for
from workflow.pages.page import Page, standing_of
from workflow.pages.requests.request import requests_panel
from workflow.pages.route import drawn_route
from workflow.queries.deadlines import days_left
from workflow.queries.instructions import instructions_of
from workflow.queries.item_lamps import measure_lamps
from workflow.queries.measure_detail import Detail, measure_detail
from workflow.queries.orders import reads_whole_orders
from workflow.queries.stops import marks_of, stops_of
from workflow.queries.timeline import Timeline, timeline
from workflow.queries.visibility import measure_visible_to, reading_scope
from workflow.states import MeasureState
from workflow.trail.verifying import glance

RUNNING = frozenset({MeasureState.ASSIGNED, MeasureState.IN_PROGRESS})
"""States in which the bureaus' clock runs."""


class MeasureDetail(Page):
    """One measure, in its current cycle or in the one asked for (`cycle`)."""

    tab = "ledger:measures"

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The page; 404 for who may not see the measure."""
        measure = measure_visible_to(self.person, code, self.held)
        detail = self.detail(measure)
        case = Case.of(self.person, self.held, measure, detail.current, marks_of(measure))
        context = {
            "measure": measure,
            "detail": detail,
            "head": head_of(measure, detail),
            "timeline": self.timeline(measure, detail),
            "chain": glance(measure),
            "route": drawn_route(measure),
            "next": next_for(case, detail),
            **self.stops(case, detail),
            **self.besides(measure, detail),
        }
        return self.show("workflow/measure.html", context)

    def besides(self, measure: Measure, detail: Detail) -> dict[str, Any]:
        """What was amended, asked for and instructed, and whether the reader may read the order that dispatched it."""
        shares_in_it = any(card.is_own for card in detail.all_cards)
        return {
            "amended": amended(measure),
            "may_settle": may_settle(self.held, measure.plan_id),
            "requests": requests_panel(measure, detail),
            "instructions": instructions_of(measure, own=detail.own, reads_all=detail.reads_all, on=today()),
            "reads_order": shares_in_it or reads_whole_orders(self.held, measure.plan_id),
        }

    def stops(self, case: Case, detail: Detail) -> dict[str, Any]:
        """What halted, ended or challenged the measure."""
        measure, marks = case.measure, case.marks
        assert marks is not None  # noqa: S101 - read with the case
        return {
            "stops": stops_of(measure, marks, today(measure.plan.time_zone)),
            "objections": objections_seen(case, detail) if marks.objected else (),
        }

    def detail(self, measure: Measure) -> Detail:
        """What the reader may read of the measure."""
        scope = reading_scope(self.person, measure, standing_of(self.request))
        return measure_detail(
            measure,
            own=scope.bureaus,
            reads_all=scope.reads_all,
            cycle_index=_index(self.request, "cycle"),
            on=today(),
        )

    def timeline(self, measure: Measure, detail: Detail) -> Timeline:
        """What happened, as far as the reader may read it."""
        shares = {c.share_cycle.share_id: c.share_cycle.share.bureau.name for c in detail.all_cards}
        readable = frozenset(c.share_cycle.share_id for c in detail.all_cards if c.is_readable)
        return timeline(measure, shares, readable, before=_index(self.request, "before"))


def head_of(measure: Measure, detail: Detail) -> dict[str, Any]:
    """What stands at the top: lead, lamp, due date, and whether the bureaus' clock runs."""
    on, is_running = today(), _runs(measure, today())
    due = detail.current.due if detail.current is not None else measure.due
    lead = next((card for card in detail.all_cards if card.share_cycle.share.is_lead), None)
    return {
        "lead": lead.share_cycle.share.bureau.name if lead is not None else "",
        "lamp": measure_lamps([measure.pk], on)[measure.pk],
        "due": due,
        "days_left": days_left(due, on) if is_running else None,
        "is_running": is_running,
    }


def _runs(measure: Measure, on: date) -> bool:
    return measure.state in RUNNING and not measure.is_suspended(on)


def _index(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
