"""One measure in preparation: what the document says, what was decided, and what it still lacks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.rights import Standing
from accounts.roles import Permission, ScopeKind
from workflow.models import Measure
from workflow.pages.preparation.board import Board
from workflow.pages.preparation.plan_form import PlanPage
from workflow.queries.readiness import gaps_of, next_not_ready, with_readiness
from workflow.queries.visibility import measures_visible_to
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require
from workflow.states import MeasureState, PlanState

P = Permission


def is_in_preparation(measure: Measure) -> bool:
    """Whether the measure is prepared still: with its plan, or alone where a later edition added it."""
    is_prepared = measure.plan.state == PlanState.DRAFT or measure.awaits_admission
    return bool(is_prepared and measure.state == MeasureState.DRAFT)


def check_preparation(held: Standing, measure: Measure) -> None:
    """Raise the refusal that keeps who has these rights from preparing the measure now."""
    require(held.holds(P.PREPARE_FOR_PLAN, ScopeKind.PLAN, measure.plan_id), Forbidden("right.missing"))
    require(is_in_preparation(measure), Conflict("plan.not_draft"))


class MeasurePreparation(PlanPage):
    """Read by every plan role, decided by the supervisor; the approver alone waives targets."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The measure with the forms that this person may use; a dispatched one shows its own page."""
        measure = self.find_measure(code)
        if not is_in_preparation(measure):
            return redirect("ledger:measure-detail", code=code)
        return self.page(Board(measure))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Carry out the decision that the pressed button names."""
        board, name = Board(self.find_measure(code)), request.POST.get("decision", "")
        form = board.form(name, request.POST)
        board.tried, board.name = form, name
        if not form.is_valid():
            needs = P.WAIVE_FOR_PLAN if name.startswith("waive") else P.PREPARE_FOR_PLAN
            require(self.may(needs, board.measure.plan), Forbidden("right.missing"))
            return self.page(board, status=422)
        try:
            board.carry_out(name, form, self.person)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(board, status=422)
        messages.success(request, _("Saved."))
        return redirect("ledger:measure-preparation", code=code)

    def find_measure(self, code: str) -> Measure:
        """The measure with what its readiness needs; raises NotFound where the person may not know of it."""
        visible = measures_visible_to(self.person, self.held).filter(code=code)
        found = Measure.objects.filter(pk__in=visible.values("pk")).select_related("plan", "section")
        measure = with_readiness(found).first()
        if measure is None:
            raise NotFound("thing.unknown")
        return measure

    def page(self, board: Board, *, status: int = 200) -> HttpResponse:
        """The board for this reader."""
        measure = board.measure
        require(self.may(P.VIEW_FOR_PLAN, measure.plan) or self.held.audits_all, Forbidden("right.missing"))
        context = {
            "measure": measure,
            "plan": measure.plan,
            "gaps": gaps_of(measure),
            "may_prepare": self.may(P.PREPARE_FOR_PLAN, measure.plan),
            "may_waive": self.may(P.WAIVE_FOR_PLAN, measure.plan),
            "next": next_not_ready(measure),
            **board.context(),
        }
        return self.show("workflow/preparation/measure.html", context, status=status)
