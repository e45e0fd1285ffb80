"""第三方评估: an independent evaluator scores the measure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.clock.now import today
from workflow.pages.form import LedgerForm, dress, long_text
from workflow.pages.steps.rework import share_choice
from workflow.pages.steps.step import Decision, Step
from workflow.queries.consolidations import approved_reports, last_consolidation
from workflow.queries.rules import rules_of
from workflow.queries.separation import check_evaluator
from workflow.queries.shares import shares_to_return
from workflow.queries.targets import targets_with_values
from workflow.routing import Verb


class ScoreForm(LedgerForm):
    """A score, an opinion, and the declaration of independence."""

    score = forms.DecimalField(
        label=_("Score, 0 to 100"), max_digits=5, decimal_places=2, min_value=0, max_value=100
    )
    opinion = long_text(_("Opinion"), rows=6, required=True, hint=_("What was found, on which evidence."))
    declared_independent = forms.BooleanField(
        label=_(
            "I declare that neither I nor my agency belong, or belonged within three years, to a bureau "
            "of this measure or to one above or below it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, shares: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shares"] = share_choice(shares, _("If the score is a failure, return to"))
        dress(self.fields["shares"])


class Evaluate(Step):
    """What was reported and verified, and the score."""

    template = "flows/measure/evaluate.html"
    draft_kind = "measure.score"
    decisions = {"score": Decision(Verb.SCORE, ScoreForm, _("Submit the evaluation"))}
    main = "score"

    def build_with(self, name: str) -> dict[str, Any]:
        """The shares that a failed evaluation can return."""
        return {"shares": shares_to_return(self.item.measure_id)}

    def check(self) -> None:
        """Rule 4: neither the agency nor the evaluator is tied to a bureau of the measure."""
        check_evaluator(self.measure, self.person, today())

    def facts(self) -> dict[str, Any]:
        """The reports, and from which score on the measure passes."""
        return {
            "consolidation": last_consolidation(self.item.measure_id),
            "reports": approved_reports(self.item.measure_id),
            "targets": targets_with_values(self.measure),
            "numbers": rules_of(self.measure.plan_id, today()).numbers,
        }
