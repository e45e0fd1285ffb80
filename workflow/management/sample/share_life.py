"""One bureau's part in a measure as entries of the diary: each method writes down what happens on a day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.core.files.base import ContentFile

from accounts.models import User
from flows.models import WorkItem
from flows.work import claim, hand_over
from workflow.actions.drafts import save_draft
from workflow.actions.evidence import add_evidence
from workflow.actions.reporting import ReadingInput
from workflow.actions.shares import (
    accept_share,
    approve_report,
    force_accept,
    send_back,
    submit_report,
    withdraw_report,
)
from workflow.clock.now import today
from workflow.management.sample.diary import Thread
from workflow.management.sample.opinions import APPROVED, chosen
from workflow.management.sample.papers import paper
from workflow.management.sample.words import ReportWords
from workflow.management.sample.world import World
from workflow.models import Share
from workflow.queries.reports import targets_of_share

NOT_YET = "统计时点未到，期末统一测算后填报。"


@dataclass
class ShareLife:
    """The share of `bureau` in the measure `key`: `thread` is where it stands, `handler` who does its work by then.

    `written`: how many of its words are used up.
    """

    world: World
    key: str
    bureau: str
    thread: Thread
    handler: User = field(init=False)
    written: int = 0
    _last: tuple[ReportWords, bool] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.handler = self.world.next_handler(self.bureau)

    @cached_property
    def share(self) -> Share:
        """The share's row; there is one from the dispatch on."""
        return Share.objects.select_related("measure", "bureau").get(
            measure=self.world.measures[self.key], bureau=self.world.bureaus[self.bureau]
        )

    @property
    def head(self) -> User:
        """Who answers for it."""
        return self.world.head(self.bureau, self.key)

    def step(self, day: date, act: Callable[[], object]) -> None:
        """Write `act` down for `day`, after what the share has seen so far."""
        self.thread = self.thread.on(day, self.world.period.calendar)
        self.world.diary.write(self.thread, act)

    def accept(self, day: date) -> None:
        """签收."""
        by = self.handler
        self.step(day, lambda: accept_share(self.share, by=by))

    def force_accept(self, day: date, reason: str) -> None:
        """强制签收; a handler claims the work the day after."""
        forced_by, claimed_by = self.world.supervisor(self.key), self.handler
        self.step(day, lambda: force_accept(self.share, by=forced_by, reason=reason))
        self.step(self.world.period.after(day, 1), lambda: claim(self.item(), by=claimed_by))

    def item(self) -> WorkItem:
        """The share's open work item."""
        item: WorkItem = WorkItem.objects.select_related("measure__plan", "share", "owner", "process").get(
            share=self.share, finished=None
        )
        return item

    def hand_over(self, day: date, to: User) -> None:
        """The head hands the work to another handler, who does it from then on."""
        self.handler = to
        self.step(day, lambda: hand_over(self.item(), to=to, by=self.head))

    def submit(self, day: date, *, again: str = "") -> None:
        """报送 with the next words of this bureau; `again`: the last ones once more, with this added."""
        if not again or self._last is None:
            self._last = self.world.words[self.key].report(self.bureau, self.written)
            self.written += 1
        words, unchanged = self._last
        by = self.handler
        if not unchanged and not again:
            for line in words.files:
                self.step(day, lambda line=line: self._add(line, words, by))  # type: ignore[misc]
        self.step(day, lambda: self._submit(words, by, again, unchanged=unchanged))

    def _add(self, line: str, words: ReportWords, by: User) -> None:
        made = paper(
            line,
            bureau=self.bureau,
            measure=self.share.measure.title,
            day=today(),
            text=words.progress,
        )
        add_evidence(
            self.share,
            by=by,
            name=made.name,
            content=ContentFile(made.content),
            content_type=made.content_type,
            grade=made.grade,
        )

    def _submit(self, words: ReportWords, by: User, again: str, *, unchanged: bool) -> None:
        submit_report(
            self.share,
            by=by,
            progress=words.progress + again,
            problems=words.problems,
            needs_coordination=words.coordination,
            next_steps=words.next,
            unchanged=unchanged and not again,
            readings=self.readings(words),
        )

    def readings(self, words: ReportWords) -> list[ReadingInput]:
        """A value or a reason for each of the share's targets."""
        found = []
        for number, target in enumerate(targets_of_share(self.share)):
            given = words.readings[number] if number < len(words.readings) else NOT_YET
            found.append(
                ReadingInput(target.pk, reason=given)
                if isinstance(given, str)
                else ReadingInput(target.pk, Decimal(str(given)))
            )
        return found

    def withdraw(self, day: date) -> None:
        """撤回."""
        by = self.handler
        self.step(day, lambda: withdraw_report(self.share, by=by))

    def approve(self, day: date) -> None:
        """审核通过."""
        opinion = chosen(APPROVED, f"{self.key}{self.bureau}{day}")
        self.step(day, lambda: approve_report(self.share, by=self.head, opinion=opinion))

    def send_back(self, day: date, reason: str) -> None:
        """退回 by the bureau's own head."""
        self.step(day, lambda: send_back(self.share, by=self.head, reason=reason))

    def report(self, day: date, days_of_review: int = 1) -> None:
        """报送 and 审核通过."""
        self.submit(day)
        self.approve(self.world.period.after(self.thread.day, days_of_review))

    def begin_draft(self, day: date) -> None:
        """Some of the next report is typed and not yet sent."""
        words, _ = self.world.words[self.key].report(self.bureau, self.written)
        by, data = self.handler, {"progress": words.progress, "next_steps": words.next}
        self.step(day, lambda: save_draft("share.submit", self.share.pk, by=by, data=data))
