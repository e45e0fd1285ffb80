"""The one pattern of a decision without a work item: check, confirm, act.

`check` says with a refusal why this person may not take it now. The measure's page offers a decision where
`check` raises nothing; the page itself refuses with the same sentence; the action has the last word.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from workflow.actions.step import not_suspended
from workflow.clock.now import today
from workflow.pages.decisions.case import Case
from workflow.pages.form import LedgerForm, Words
from workflow.pages.page import Page, standing_of
from workflow.pages.steps.reasons import ReasonForm
from workflow.queries.cases import cycle_of, latest_report, share_of, target_of
from workflow.queries.objections import challenged, objection_of
from workflow.queries.visibility import measure_visible_to
from workflow.rules.refusal import Invalid, Refused


class MeasureDecision(Page):
    """A page that asks for the particulars of one action on a measure, its share or its target.

    `name`: of its address. `label`: the action in words. `effect`: what it will do, said before it is done.
    `stays_open`: whether it can be taken while the measure is suspended.
    """

    tab = "ledger:measures"
    name: ClassVar[str]
    label: ClassVar[Words]
    effect: ClassVar[Words]
    form_class: ClassVar[type[LedgerForm]] = ReasonForm
    stays_open: ClassVar[bool] = False

    @classmethod
    def check(cls, case: Case) -> None:
        """Raise the refusal that keeps `case.person` from taking the decision now."""
        raise NotImplementedError

    @classmethod
    def refuse(cls, case: Case) -> None:
        """Raise what keeps the person from it: `check`, or that the measure is suspended."""
        cls.check(case)
        if not cls.stays_open:
            not_suspended(case.measure, today(case.measure.plan.time_zone))

    @classmethod
    def is_timely(cls, case: Case) -> bool:
        """Whether the measure's page should bring it up; the page can be opened all the same."""
        return True

    @classmethod
    def is_offered(cls, case: Case) -> bool:
        """Whether the measure's page offers it to this person."""
        try:
            cls.refuse(case)
        except Refused:
            return False
        return cls.is_timely(case)

    @classmethod
    def address(cls, case: Case) -> str:
        """Where the page is."""
        which = [thing.pk for thing in (case.share, case.target, case.objection) if thing is not None]
        return reverse(f"ledger:{cls.name}", args=[case.measure.code, *which])

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Carry the action out."""
        raise NotImplementedError

    def build_with(self, case: Case) -> dict[str, Any]:
        """What the form's constructor needs besides."""
        return {}

    def case(
        self, code: str, share: int | None = None, target: int | None = None, objection: int | None = None
    ) -> Case:
        """What the address names; raises NotFound where the person may not know of it."""
        measure = measure_visible_to(self.person, code)
        case = Case.of(self.person, standing_of(self.request), measure, cycle_of(measure))
        if share is not None:
            found = share_of(measure, share)
            return case.about(found, latest_report(found))
        if objection is not None:
            return case.deciding(objection_of(measure, objection))
        return case if target is None else case.aimed_at(target_of(measure, target))

    def get(self, request: HttpRequest, code: str, **which: int) -> HttpResponse:
        """The question, to those who may answer it."""
        case = self.case(code, **which)
        self.refuse(case)
        return self.page(case, self.form(case))

    def post(self, request: HttpRequest, code: str, **which: int) -> HttpResponse:
        """Act; what was entered wrongly comes back with the page (422)."""
        case = self.case(code, **which)
        form = self.form(case, request.POST)
        if not form.is_valid():
            self.refuse(case)
            return self.page(case, form, status=422)
        try:
            self.act(case, form.particulars())
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(case, form, status=422)
        done = {"action": self.label, "code": case.measure.code}
        messages.success(request, _("Done: %(action)s, %(code)s.") % done)
        return redirect("ledger:measure-detail", code=case.measure.code)

    def form(self, case: Case, data: Mapping[str, Any] | None = None) -> LedgerForm:
        """The form, empty or filled."""
        return self.form_class(data, auto_id="decide-%s", **self.build_with(case))

    def page(self, case: Case, form: LedgerForm, status: int = 200) -> HttpResponse:
        """The page with its form."""
        context = {"case": case, "form": form, "label": self.label, "effect": self.effect}
        if case.objection is not None:
            context["challenged"] = challenged(case.objection)
        return self.show("workflow/decide.html", context, status=status)
