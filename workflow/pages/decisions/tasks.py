"""具体举措 under way: handed to a share by the lead, done by its handler, taken up again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from workflow.actions.items_under_way import finish_item, hand_item, resume_item
from workflow.actions.shares import UNREPORTED
from workflow.clock.now import today
from workflow.models import Share
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, day, long_text
from workflow.queries.roadmap import item_of, open_bureaus
from workflow.rules.refusal import Conflict, Forbidden, require


class TaskDecision(MeasureDecision):
    """A decision on one single thing to do."""

    @classmethod
    def its_bureau(cls, case: Case) -> int | None:
        """The bureau that has the thing; the lead's where no open share has it."""
        share = case.its_item.share
        return share.bureau_id if share is not None and share.is_open else case.lead_bureau

    @classmethod
    def needs_handler(cls, case: Case, bureau: int | None) -> None:
        """Raise unless the person handles for the bureau and the measure is under way."""
        require(case.holds_for_bureau(Permission.SUBMIT_FOR_BUREAU, bureau), Forbidden("right.missing"))
        case.in_state(case.measure, *UNREPORTED)

    @classmethod
    def address(cls, case: Case) -> str:
        """Where the page is."""
        return reverse(f"ledger:{cls.name}", args=[case.measure.code, case.its_item.pk])

    def case(
        self,
        code: str,
        share: int | None = None,
        target: int | None = None,
        objection: int | None = None,
        *,
        item: int = 0,
    ) -> Case:
        """The thing that the address names."""
        case = super().case(code, share, target, objection)
        return case.at_item(item_of(case.measure, item))


class HandForm(LedgerForm):
    """To whom."""

    share = forms.TypedChoiceField(label=gettext_lazy("Bureau"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bureaus = [(str(key), name) for key, name in open_bureaus(case.measure).items()]
        self.fields["share"].choices = [("", _("nobody yet")), *bureaus]  # type: ignore[attr-defined]
        self.fields["share"].initial = str(case.its_item.share_id or "")


class HandTask(TaskDecision):
    """Hand it to a share."""

    name = "hand-task"
    label = gettext_lazy("Hand to a bureau")
    effect = gettext_lazy("The bureau's handlers see it with their report and say when it is done.")
    form_class = HandForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the lead, until it is done."""
        cls.needs_handler(case, case.lead_bureau)
        require(case.its_item.done_on is None, Conflict("task.done"))

    def build_with(self, case: Case) -> dict[str, Any]:
        """The bureaus to choose from."""
        return {"case": case}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Hand it over."""
        key = particulars["share"]
        share = Share(pk=key) if key is not None else None
        hand_item(case.its_item, by=case.person, share=share)


class DoneForm(LedgerForm):
    """When, and what shows it."""

    on = day(gettext_lazy("Done on"), required=True)
    note = long_text(gettext_lazy("What shows it"), rows=2)


class FinishTask(TaskDecision):
    """Say that it is done."""

    name = "finish-task"
    label = gettext_lazy("Done")
    effect = gettext_lazy("Every reader of the measure sees that it is done, and since when.")
    form_class = DoneForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the share that has it, else of the lead."""
        cls.needs_handler(case, cls.its_bureau(case))
        require(case.its_item.done_on is None, Conflict("task.done"))

    def form(self, case: Case, data: Mapping[str, Any] | None = None) -> LedgerForm:
        """Today, unless another day is given."""
        return DoneForm(data, auto_id="decide-%s", initial={"on": today(case.measure.plan.time_zone)})

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Say so."""
        finish_item(case.its_item, by=case.person, **particulars)


class ResumeTask(TaskDecision):
    """Not done after all."""

    name = "resume-task"
    label = gettext_lazy("Take up again")
    effect = gettext_lazy("It counts as not done.")
    form_class = LedgerForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler as above, once it is done."""
        cls.needs_handler(case, cls.its_bureau(case))
        require(case.its_item.done_on is not None, Conflict("task.not_done"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Take it up."""
        resume_item(case.its_item, by=case.person)
