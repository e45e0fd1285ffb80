"""汇总: the lead builds one report from all shares, whose texts stand ready."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from workflow.actions.consolidation import DRAFT_KIND
from workflow.pages.form import LedgerForm, long_text
from workflow.pages.steps.step import Decision, Step
from workflow.queries.consolidations import approved_reports, last_consolidation
from workflow.queries.returns import Return, measure_returns
from workflow.routing import Verb


class ConsolidationForm(LedgerForm):
    """The report of the whole measure."""

    summary = long_text(
        _("Consolidated report"),
        rows=14,
        required=True,
        hint=_("The texts of all shares stand here already: shorten and join them."),
    )
    problems = long_text(_("Problems"), rows=4)
    next_steps = long_text(_("Next steps"), rows=4)


class Consolidate(Step):
    """The draft of the lead's handler."""

    template = "flows/measure/consolidate.html"
    decisions = {"draft": Decision(Verb.DRAFT, ConsolidationForm, _("Send for signature"))}
    draft_kind = DRAFT_KIND
    main = "draft"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.reports = approved_reports(self.item.measure_id)
        self.last = last_consolidation(self.item.measure_id)

    def proposal(self, name: str) -> dict[str, Any]:
        """The returned draft's words, else the shares' texts one under the other."""
        if self.last is not None:
            return {
                "summary": self.last.summary,
                "problems": self.last.problems,
                "next_steps": self.last.next_steps,
            }
        return {
            "summary": self._joined("progress"),
            "problems": self._joined("problems"),
            "next_steps": self._joined("next_steps"),
        }

    def _joined(self, field: str) -> str:
        parts = [(r.share_cycle.share.bureau.name, getattr(r, field).strip()) for r in self.reports]
        return "\n\n".join(f"【{bureau}】{text}" for bureau, text in parts if text)

    def came_back(self) -> Return | None:
        """Why the last draft came back."""
        return measure_returns([self.item.measure_id]).get(self.item.measure_id)

    def facts(self) -> dict[str, Any]:
        """The shares' reports."""
        return {"reports": self.reports}
