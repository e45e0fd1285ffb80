"""复核: a supervisor or approver who did not draw the conclusion decides the objection to it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.actions.objections import reject_objection, uphold_objection
from workflow.models.objection import ObjectionDecision
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, long_text
from workflow.rules.refusal import Conflict, Forbidden, require
from workflow.rules.separation import may_decide_objection

UPHELD, REJECTED = ObjectionDecision.UPHELD, ObjectionDecision.REJECTED


class DecideForm(LedgerForm):
    """Upheld or rejected, why, and what is to be done where it is upheld."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=[(REJECTED.value, REJECTED.label), (UPHELD.value, UPHELD.label)]
    )
    reason = long_text(_("Reason"), rows=3, required=True)
    remedy = long_text(
        _("Remedy"), rows=3, hint=_("Where it is upheld: what is to be done, by whom and by when.")
    )


class DecideObjection(MeasureDecision):
    """Uphold or reject it."""

    name = "decide-objection"
    label = _("Decide the objection")
    effect = _(
        "The decision is told on the timeline. It changes no state by itself: what the remedy asks for is done by those whom it names."
    )
    form_class = DecideForm
    stays_open = True

    @classmethod
    def check(cls, case: Case) -> None:
        """A supervisor or approver of the plan (rule 5), until it is decided."""
        rights = (Permission.VERIFY_FOR_PLAN, Permission.APPROVE_FOR_PLAN)
        holds = any(case.measure.plan_id in case.held.plans(right) for right in rights)
        require(holds, Forbidden("right.missing"))
        objection = case.its_objection
        may_decide_objection(case.person.pk, author=objection.author_id, raised_by=objection.raisers)
        require(objection.is_pending, Conflict("objection.decided"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Decide it."""
        objection, reason = case.its_objection, particulars["reason"]
        if particulars["decision"] == UPHELD:
            uphold_objection(objection, by=case.person, reason=reason, remedy=particulars["remedy"])
        else:
            reject_objection(objection, by=case.person, reason=reason)
