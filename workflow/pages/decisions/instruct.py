"""批示: an approver instructs on a measure; each bureau replies."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from workflow.actions.instructions import RUNNING, instruct, reply_to_instruction
from workflow.models import InstructionReply
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, day, long_text
from workflow.queries.instructions import reply_of
from workflow.rules.refusal import Conflict, Forbidden, require


class InstructionForm(LedgerForm):
    """What is instructed, and by when the bureaus reply."""

    text = long_text(gettext_lazy("Instruction"), required=True)
    reply_by = day(gettext_lazy("Reply by"), required=True)
    phrases = {
        "text": (
            gettext_lazy("Please say what holds this up and by when it will be done."),
            gettext_lazy("Speed this up and report the result."),
        )
    }


class GiveInstruction(MeasureDecision):
    """Write an instruction on the measure."""

    name = "instruct"
    label = gettext_lazy("Give an instruction")
    effect = gettext_lazy(
        "Every bureau with an open share reads it and replies by the day that you name. Nothing else changes."
    )
    form_class = InstructionForm

    @classmethod
    def check(cls, case: Case) -> None:
        """An approver of the plan, while the measure is under way."""
        case.needs_plan(Permission.APPROVE_FOR_PLAN)
        case.in_state(case.measure, *RUNNING)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Instruct."""
        instruct(case.measure, by=case.person, **particulars)


class ReplyForm(LedgerForm):
    """The bureau's answer, under the instruction's words."""

    text = long_text(gettext_lazy("Reply"), required=True)

    def __init__(self, *args: Any, reply: InstructionReply, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("“%(text)s” (reply by %(day)s)")
        one = reply.instruction
        self.fields["text"].help_text = words % {"text": one.text, "day": one.reply_by.isoformat()}


class ReplyToInstruction(MeasureDecision):
    """Answer an instruction for the bureau."""

    name = "reply-to-instruction"
    label = gettext_lazy("Reply to the instruction")
    effect = gettext_lazy(
        "The leader, the lead and the offices of the plan read the reply. It is given once."
    )
    form_class = ReplyForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler or a head of the bureau, once."""
        bureau = case.its_share.bureau_id
        rights = (Permission.SUBMIT_FOR_BUREAU, Permission.REVIEW_FOR_BUREAU)
        may = any(case.holds_for_bureau(right, bureau) for right in rights)
        require(may, Forbidden("right.missing"))
        require(case.its_reply.replied_at is None, Conflict("instruction.replied"))

    @classmethod
    def address(cls, case: Case) -> str:
        """Where the page is."""
        return reverse(f"ledger:{cls.name}", args=[case.measure.code, case.its_reply.pk])

    def case(
        self, code: str, share: int | None = None, target: int | None = None, reply: int | None = None
    ) -> Case:
        """The reply that the address names, with its share."""
        case = super().case(code, share, target)
        found = reply_of(case.measure, reply or 0)
        return case.about(found.share, None).replying(found)

    def build_with(self, case: Case) -> dict[str, Any]:
        """The instruction's words stand over the answer."""
        return {"reply": case.its_reply}

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Reply."""
        reply_to_instruction(case.its_reply, by=case.person, **particulars)
