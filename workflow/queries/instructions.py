"""批示 as people see them: what their bureaus still owe, and on a measure what was instructed and answered.

Source of who reads which reply: DESIGN.md, Visibility (its own bureau, the lead, the plan's roles).
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from accounts.compiled import CompiledRead, Keys
from accounts.rights import Standing
from accounts.roles import Permission
from workflow.models import Instruction, InstructionReply, Measure
from workflow.queries.deadlines import days_left
from workflow.rules.refusal import NotFound
from workflow.states import ShareState

SHOWN_OWED = 20


@dataclass(frozen=True, slots=True)
class Owed:
    """A reply that a bureau of the reader's owes."""

    reply: InstructionReply
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A bureau's reply, or that it is owed. `text` is empty where it may not be read; `is_own`: the reader may give it."""

    reply: InstructionReply
    bureau: str
    text: str
    is_own: bool
    is_readable: bool
    is_owed: bool


@dataclass(frozen=True, slots=True)
class InstructionCard:
    """An instruction with its answers, the lead's first."""

    instruction: Instruction
    answers: list[Answer]
    days_left: int | None

    @property
    def replied(self) -> int:
        """How many bureaus have answered."""
        return sum(answer.reply.replied_at is not None for answer in self.answers)

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return any(answer.is_owed for answer in self.answers)


def _owed() -> QuerySet[InstructionReply]:
    """What is still to be answered: a share that has ended owes nothing any more."""
    return InstructionReply.objects.filter(replied_at__isnull=True).exclude(share__state=ShareState.CLOSED)


def _owed_by() -> QuerySet[InstructionReply]:
    rows = _owed().filter(share__bureau_id__in=Keys("bureaus"))
    related = rows.select_related("instruction__measure", "instruction__given_by", "share__bureau")
    return related.order_by("instruction__reply_by", "pk")[:SHOWN_OWED]


_OWED = CompiledRead(_owed_by)


def owed_replies(held: Standing, on: date) -> list[Owed]:
    """The replies that the reader's bureaus owe, first due first; one statement, none without a bureau."""
    bureaus = held.bureaus(Permission.VIEW_FOR_BUREAU)
    if not bureaus:
        return []
    return [Owed(reply, days_left(reply.instruction.reply_by, on)) for reply in _OWED(bureaus=bureaus)]


def instructions_of(
    measure: Measure, *, own: frozenset[int], reads_all: bool, on: date
) -> list[InstructionCard]:
    """What was instructed on the measure, the newest first; two statements, one where nothing was."""
    replies = InstructionReply.objects.select_related("share__bureau", "replied_by")
    rows = measure.instructions.select_related("given_by").prefetch_related(
        Prefetch("replies", replies.order_by("-share__is_lead", "share_id"))
    )
    return [_card(one, own, on, reads_all=reads_all) for one in rows.order_by("-pk")]


def _card(one: Instruction, own: frozenset[int], on: date, *, reads_all: bool) -> InstructionCard:
    answers = [_answer(reply, own, reads_all=reads_all) for reply in one.replies.all()]
    is_open = any(answer.is_owed for answer in answers)
    return InstructionCard(one, answers, days_left(one.reply_by, on) if is_open else None)


def _answer(reply: InstructionReply, own: frozenset[int], *, reads_all: bool) -> Answer:
    is_own = reply.share.bureau_id in own
    is_readable = is_own or reads_all
    is_owed = reply.replied_at is None and reply.share.state != ShareState.CLOSED
    text = reply.text if is_readable else ""
    return Answer(reply, reply.share.bureau.name, text, is_own, is_readable, is_owed)


def reply_of(measure: Measure, reply_id: int) -> InstructionReply:
    """The reply of that number on the measure; raises NotFound."""
    rows = InstructionReply.objects.select_related("instruction", "share__bureau")
    reply = rows.filter(pk=reply_id, instruction__measure=measure).first()
    if reply is None:
        raise NotFound("thing.unknown")
    reply.share.measure = measure
    return reply
