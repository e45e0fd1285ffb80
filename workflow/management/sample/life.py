"""One measure's life as entries of the diary: each method writes a step down for a day, in the order of the route."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from accounts.models import Bureau, User
from workflow.actions.closure import close_measure, reopen_measure
from workflow.actions.consolidation import draft_consolidation, return_consolidation, sign_consolidation
from workflow.actions.cycles import miss_cycle
from workflow.actions.dispatch import dispatch_measure
from workflow.actions.evaluation import engage_evaluation, score_evaluation
from workflow.actions.evidence import confirm_grade
from workflow.actions.verification import rework_measure, verify_measure
from workflow.management.sample.bureaus import AGENCY
from workflow.management.sample.diary import Thread
from workflow.management.sample.opinions import SIGNED, VERIFIED, VISITED, chosen
from workflow.management.sample.share_life import ShareLife
from workflow.management.sample.world import World
from workflow.models import Measure
from workflow.models.verification import ChecklistPoint
from workflow.queries.consolidations import approved_reports
from workflow.queries.reports import sent_evidence_of

ALL_HOLD = dict.fromkeys(ChecklistPoint.values, True)


class Life:
    """The measure `key`: `shares` by bureau, the lead first; `thread` is where the measure itself stands."""

    def __init__(self, world: World, key: str) -> None:
        self.world, self.key = world, key
        self.measure: Measure = world.measures[key]
        self.thread = Thread(key, world.period.start)
        self.shares = {
            name: ShareLife(world, key, name, replace(self.thread, key=f"{key}{name}"))
            for name in bureaus_of(self.measure)
        }
        self.consolidated = 0

    @property
    def lead(self) -> ShareLife:
        """The lead's share."""
        return next(iter(self.shares.values()))

    @property
    def is_single(self) -> bool:
        """Whether one bureau does it alone, so that its head's approval reports the measure."""
        return len(self.shares) == 1

    def step(self, day: date, act: Callable[[], object]) -> None:
        """Write `act` down for `day`, after everything that the measure and its shares have seen so far."""
        threads = [share.thread for share in self.shares.values()]
        self.thread = self.thread.joined(*threads).on(day, self.world.period.calendar)
        self.world.diary.write(self.thread, act)
        for share in self.shares.values():
            share.thread = share.thread.joined(self.thread)

    def dispatch(self, day: date, by: User) -> None:
        """交办."""
        self.step(day, lambda: dispatch_measure(self.measure, by=by))

    def accept_all(self, day: date, *, but: Sequence[str] = ()) -> None:
        """签收 by every bureau, within a day or two."""
        for share in self.shares.values():
            if share.bureau not in but:
                share.accept(self.world.period.after(day, share.thread.minute % 2))

    def report_all(self, day: date) -> None:
        """报送 and 审核通过 by every bureau, spread over the six working days before and up to `day`."""
        for number, share in enumerate(self.shares.values()):
            share.report(self.world.period.after(day, -(number % 6)), days_of_review=number % 2)

    def consolidate(self, day: date) -> None:
        """汇总 by the lead's handler."""
        opening = self.world.words[self.key].summary(self.consolidated)
        self.consolidated += 1
        self.step(day, lambda: self._consolidate(opening))

    def _consolidate(self, opening: str) -> None:
        reports = approved_reports(self.measure.pk)
        named = [(report.share_cycle.share.bureau.name, report) for report in reports]
        draft_consolidation(
            self.measure,
            by=self.lead.handler,
            summary="\n\n".join([opening, *(f"【{name}】{report.progress}" for name, report in named)]),
            problems="\n".join(f"【{name}】{report.problems}" for name, report in named if report.problems),
            next_steps="\n".join(
                f"【{name}】{report.next_steps}" for name, report in named if report.next_steps
            ),
        )

    def return_draft(self, day: date, reason: str) -> None:
        """The lead's head returns the consolidation."""
        self.step(day, lambda: return_consolidation(self.measure, by=self.lead.head, reason=reason))

    def sign(self, day: date) -> None:
        """办结报送."""
        opinion = chosen(SIGNED, f"{self.key}{day}")
        self.step(day, lambda: sign_consolidation(self.measure, by=self.lead.head, opinion=opinion))

    def report_measure(self, day: date) -> None:
        """From the shares' work to the reported measure: the last report on `day`, signed two working days later."""
        self.report_all(day)
        if self.is_single:
            return
        self.consolidate(self.world.period.after(self.lead.thread.day, 0))
        self.sign(self.world.period.after(self.thread.day, 1))

    def verify(self, day: date, *, visit: bool = False) -> None:
        """核查通过."""
        opinion = chosen(VISITED if visit else VERIFIED, f"{self.key}{day}")
        by = self.world.supervisor(self.key)
        self.step(day, lambda: self._confirm_grades(by))
        self.step(
            day,
            lambda: verify_measure(
                self.measure, by=by, checklist=ALL_HOLD, opinion=opinion, site_visit=visit
            ),
        )

    def _confirm_grades(self, by: User) -> None:
        """The grade of every file that went with the reports, as its uploader proposed it."""
        for evidence in sent_evidence_of(self.measure.pk):
            confirm_grade(evidence, by=by, grade=evidence.grade_proposed)

    def rework(self, day: date, bureaus: Sequence[str], reason: str) -> None:
        """退回 of the named shares by a supervisor."""
        by = self.world.supervisor(self.key)
        self.step(
            day,
            lambda: rework_measure(
                self.measure,
                by=by,
                shares=[self.shares[name].share.pk for name in bureaus],
                reason=reason,
            ),
        )

    def miss(self, day: date, reason: str) -> None:
        """漏报."""
        self.step(day, lambda: miss_cycle(self.measure, by=self.world.supervisor(self.key), reason=reason))

    def engage(self, day: date) -> None:
        """The agency is engaged for the measure."""
        by = self.world.supervisor(self.key)
        self.step(
            day,
            lambda: engage_evaluation(self.measure, by=by, engagement=self.world.engagements[AGENCY]),
        )

    def score(self, day: date, evaluator: str, score: int, opinion: str) -> None:
        """第三方评估."""
        self.step(
            day,
            lambda: score_evaluation(
                self.measure,
                by=self.world.people[evaluator],
                score=Decimal(score),
                opinion=opinion,
                declared_independent=True,
            ),
        )

    def close(self, day: date, opinion: str) -> None:
        """销号."""
        self.step(day, lambda: close_measure(self.measure, by=self.world.approver(self.key), opinion=opinion))

    def reopen(self, day: date, bureaus: Sequence[str], reason: str, basis: str) -> None:
        """重新挂账."""
        self.step(
            day,
            lambda: reopen_measure(
                self.measure,
                by=self.world.approver(self.key),
                shares=[self.shares[name].share.pk for name in bureaus],
                reason=reason,
                basis=basis,
            ),
        )


def bureaus_of(measure: Measure) -> list[str]:
    """The names of the bureaus that will have a share, the lead first and each once."""
    names: dict[str, None] = {}
    for unit in measure.units.select_related("bureau").order_by("-is_lead", "position"):
        if unit.bureau is not None:
            names[unit.bureau.name] = None
        elif unit.collective_kind:
            members = Bureau.objects.filter(kind=unit.collective_kind, active=True).order_by("path")
            names.update(dict.fromkeys(member.name for member in members))
    return list(names)
