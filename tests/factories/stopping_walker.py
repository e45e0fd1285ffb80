"""A walker who also suspends, resumes, cancels, transfers to routine work, objects and decides objections."""

from datetime import timedelta

from tests.factories.walker import Walker
from workflow.actions.cancellation import cancel_measure
from workflow.actions.objections import raise_objection, reject_objection, uphold_objection
from workflow.actions.routine import transfer_to_routine
from workflow.actions.suspension import resume_measure, suspend_measure
from workflow.models import Objection
from workflow.queries.objections import conclusions_of


class StoppingWalker(Walker):
    """Everything that a Walker does, and what halts, ends or challenges a measure."""

    def do_suspend(self) -> None:
        """暂缓, mostly by an approver and mostly for a few days."""
        by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
        until = self.clock.today + timedelta(days=self.dice.choice([-1, 0, 3, 10, 60, 400]))
        suspend_measure(self.measure(), by=by, until=until, reason=self.reason())

    def do_resume(self) -> None:
        """Resume whichever of the plan's measures is suspended."""
        suspended = [one for one in self.plan.measures.all() if one.is_suspended(self.clock.today)]
        measure = self.dice.choice(suspended) if suspended else self.measure()
        resume_measure(measure, by=self.cast.approver(self.plan))

    def do_cancel(self) -> None:
        """终止, now and then: a walk needs measures."""
        if self.dice.random() < 0.2:
            by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
            cancel_measure(self.measure(), by=by, reason=self.reason(), basis="会议纪要")

    def do_transfer(self) -> None:
        """转常态化."""
        transfer_to_routine(self.measure(), by=self.cast.approver(self.plan), reason=self.reason())

    def do_object(self) -> None:
        """异议 by a bureau's head to any conclusion there is."""
        share = self.share()
        keys = [one.key for one in conclusions_of(share.measure, self.clock.today)] or ["verification-0"]
        by = self.dice.choice([self.cast.head(share.bureau), self.somebody()])
        raise_objection(share, by=by, conclusion=self.dice.choice(keys), grounds=self.reason())

    def do_decide(self) -> None:
        """复核 by anybody of the plan."""
        objections = list(Objection.objects.filter(measure__plan=self.plan))
        if not objections:
            return
        objection, by = self.dice.choice(objections), self.somebody()
        if self.dice.random() < 0.5:
            uphold_objection(objection, by=by, reason=self.reason(), remedy=self.reason())
        else:
            reject_objection(objection, by=by, reason=self.reason())
