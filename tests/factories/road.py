"""The straight road: carries shares and measures through the actions to where a test begins."""

from datetime import date
from decimal import Decimal
from typing import Any

from flows.models import WorkItem
from flows.work import claim
from tests.factories.cast import Cast
from tests.factories.plans import EngagementFactory, Line, on_ledger
from workflow.actions.closure import close_measure
from workflow.actions.consolidation import draft_consolidation, sign_consolidation
from workflow.actions.dispatch import dispatch_plan
from workflow.actions.evaluation import engage_evaluation, score_evaluation
from workflow.actions.reporting import ReadingInput
from workflow.actions.shares import accept_share, approve_report, submit_report
from workflow.actions.verification import verify_measure
from workflow.models import Engagement, Measure, Plan, Report, Share
from workflow.models.verification import ChecklistPoint
from workflow.queries.reports import targets_of_share
from workflow.states import MeasureState, ShareState

ALL_HOLD = dict.fromkeys(ChecklistPoint.values, True)


class Road:
    """Moves things on with the right people of `cast`. Every method takes rows and returns them fresh."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def dispatched(self, *lines: Line) -> list[Measure]:
        """The measures of a new plan, put on the ledger and dispatched today."""
        return self.dispatch(on_ledger(self.cast, *lines))

    def measure(self, supporting: int = 3, **particulars: Any) -> Measure:
        """One dispatched measure led by 教育局, with that many supporting bureaus; dated unless a cycle is given."""
        others = [self.cast.bureau(f"配合单位{n}") for n in range(1, supporting + 1)]
        if "cycle" not in particulars:
            particulars.setdefault("due", date(2026, 11, 30))
        return self.dispatched(Line(self.cast.bureau("教育局"), others, **particulars))[0]

    def dispatch(self, plan: Plan) -> list[Measure]:
        """Dispatch the whole plan."""
        dispatch_plan(plan, by=self.cast.supervisor(plan))
        return list(plan.measures.order_by("position"))

    def accept(self, share: Share) -> Share:
        """The bureau's handler accepts."""
        return accept_share(share, by=self.cast.handler(share.bureau))

    def accept_all(self, measure: Measure) -> Measure:
        """Every bureau accepts."""
        for share in self.shares(measure, ShareState.ASSIGNED):
            self.accept(share)
        return fresh(measure)

    def submit(self, share: Share, value: Decimal = Decimal(100), **words: Any) -> Report:
        """The bureau's handler reports; each target is given `value`."""
        readings = [ReadingInput(target.pk, value) for target in targets_of_share(share)]
        words.setdefault("progress", "已完成")
        return submit_report(share, by=self.cast.handler(share.bureau), readings=readings, **words)

    def approve(self, share: Share) -> Share:
        """The bureau's head approves."""
        return approve_report(share, by=self.cast.head(share.bureau))

    def approve_all(self, measure: Measure) -> Measure:
        """Every share that is in progress reports and is approved."""
        for share in self.shares(measure, ShareState.IN_PROGRESS):
            if WorkItem.objects.filter(share=share, finished=None, owner=None).exists():
                claim(open_item(share), by=self.cast.handler(share.bureau))
            self.submit(share)
        for share in self.shares(measure, ShareState.REPORTED):
            self.approve(share)
        return fresh(measure)

    def report(self, measure: Measure) -> Measure:
        """From wherever the shares stand to the reported measure."""
        self.accept_all(measure)
        measure = self.approve_all(measure)
        if measure.state == MeasureState.IN_PROGRESS:
            lead = measure.shares.get(is_lead=True)
            draft_consolidation(measure, by=self.cast.handler(lead.bureau), summary="汇总")
            measure = sign_consolidation(measure, by=self.cast.head(lead.bureau))
        return fresh(measure)

    def verify(self, measure: Measure, n: int = 1) -> Measure:
        """A supervisor verifies the reported measure."""
        verify_measure(measure, by=self.cast.supervisor(measure.plan, n), checklist=ALL_HOLD)
        return fresh(measure)

    def engagement(self, plan: Plan) -> Engagement:
        """An engagement of the cast's agency for the plan."""
        found = Engagement.objects.filter(plan=plan).first()
        return found or EngagementFactory(plan=plan, agency=self.cast.agency)

    def evaluate(self, measure: Measure, score: int = 85) -> Measure:
        """The agency is engaged where none is, and scores."""
        engagement = self.engagement(measure.plan)
        if fresh(measure).engagement_id is None:
            engage_evaluation(measure, by=self.cast.supervisor(measure.plan), engagement=engagement)
        score_evaluation(
            measure,
            by=self.cast.evaluator(engagement),
            score=Decimal(score),
            opinion="属实",
            declared_independent=True,
        )
        return fresh(measure)

    def close(self, measure: Measure) -> Measure:
        """The approver strikes the measure off."""
        close_measure(measure, by=self.cast.approver(measure.plan), opinion="同意销号")
        return fresh(measure)

    @staticmethod
    def shares(measure: Measure, state: ShareState) -> list[Share]:
        """The measure's shares in that state, the lead first."""
        found = Share.objects.filter(measure=measure, state=state).select_related("bureau", "measure")
        return list(found.order_by("-is_lead", "pk"))


def fresh(measure: Measure) -> Measure:
    """The measure as stored."""
    return Measure.objects.select_related("plan").get(pk=measure.pk)


def open_item(thing: Measure | Share) -> WorkItem:
    """The one open work item of a share, or of a measure itself."""
    where = {"share": thing} if isinstance(thing, Share) else {"measure": thing, "share": None}
    return WorkItem.objects.select_related("measure__plan", "share", "owner", "process").get(
        finished=None, **where
    )
