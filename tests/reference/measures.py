"""DOMAIN.md, Measure, line by line, with suspension, cancellation, waivers and routine transfer."""

from collections.abc import Collection
from datetime import date

from tests.reference.base import Base
from tests.reference.things import ENDED, GO, RUNNING, Asked, Conclusion, Draft, Kind, Person, Share

AGENCIES = ("agency", "kin")


class Measures(Base):
    """What happens to the measure as a whole."""

    def dispatch(self, by: Person) -> Asked:
        """交办."""
        yield Kind.STATE, self.plan == "on_ledger"
        yield Kind.STATE, self.state == "draft"
        yield Kind.RIGHT, by.can("supervisor")
        yield from self.goes_on()
        yield GO
        self.shares = [Share(bureau, leads=n == 0) for n, bureau in enumerate(self.shape.bureaus)]
        self.cycle = 1
        self.to("dispatch", None, "assigned")

    def gathers(self, by: Person, role: str) -> Asked:
        """What consolidating and signing have in common."""
        yield from self.goes_on()
        yield Kind.RIGHT, by.can(role, self.lead_bureau)
        yield Kind.STATE, self.state == "in_progress"
        yield Kind.STATE, self.gathered and len(self.open) > 1
        yield from self.free(self.owner, by)

    def consolidate(self, by: Person, text: str) -> Asked:
        """汇总 by the lead's handler."""
        yield from self.gathers(by, "handler")
        yield Kind.STATE, self.draft is None
        yield Kind.INPUT, text
        yield GO
        self.drafts.append(Draft(by.name))
        self.owner = ""

    def sign(self, by: Person) -> Asked:
        """办结报送 by the lead's head: no open request, rule 1."""
        yield from self.gathers(by, "head")
        yield Kind.STATE, self.draft is not None
        yield Kind.STATE, not self.asking
        yield Kind.SEPARATION, self.draft is None or self.draft.by != by.name
        yield GO
        self.drafts[-1].decision, self.drafts[-1].decided_by = "signed", by.name
        self.report()

    def return_draft(self, by: Person, reason: str) -> Asked:
        """The lead's head returns the draft."""
        yield from self.gathers(by, "head")
        yield Kind.STATE, self.draft is not None
        yield Kind.INPUT, reason
        yield Kind.SEPARATION, self.draft is None or self.draft.by != by.name
        yield GO
        self.drafts[-1].decision, self.drafts[-1].decided_by, self.owner = "returned", by.name, ""

    def may_verify(self, by: Person) -> bool:
        """A supervisor whom rule 2 does not exclude."""
        return by.can("supervisor") and not self.own(by) and not self.touched(by)

    def verify(self, by: Person, checklist: bool) -> Asked:
        """核查通过; the evaluation, or 阶段销号, follows."""
        yield from self.goes_on()
        yield Kind.STATE, self.state == "reported"
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.SEPARATION, not self.own(by) and not self.touched(by)
        yield Kind.INPUT, checklist
        yield from self.free(self.owner, by)
        yield GO
        self.verifiers.add(by.name)
        self.to("verify", None, "verified")
        if self.due_for_evaluation:
            self.evaluation = "engaged" if self.engaged else ""
        else:
            self.close_cycle()

    def close_cycle(self) -> None:
        """阶段销号 of every cycle but the last."""
        if not self.last:
            self.phases += 1
            self.to("close_cycle", None, "in_progress")
            self.renew()

    def rework(self, by: Person, shares: Collection[str], reason: str) -> Asked:
        """退回 by a supervisor (rule 2) or the approver: reopens the named shares and no others."""
        approves, verifies = by.can("approver"), by.can("supervisor")
        yield from self.goes_on()
        yield Kind.STATE, self.state in ("reported", "verified")
        yield Kind.RIGHT, approves or verifies
        yield Kind.SEPARATION, approves or not verifies or self.may_verify(by)
        yield Kind.INPUT, reason
        yield Kind.INPUT, self.named(shares, ["verified"])
        is_theirs = verifies if self.state == "reported" else approves and self.settled
        if is_theirs:
            yield from self.free(self.owner, by)
        yield GO
        if self.state == "reported" and self.may_verify(by):
            self.conclude("verification", by)
        self.go_back("rework", shares)

    def go_back(self, verb: str, shares: Collection[str]) -> None:
        """The measure and the named shares are in progress again."""
        if self.evaluation == "engaged":
            self.evaluation = ""
        self.to(verb, None, "in_progress")
        self.return_named(verb, shares)

    def conclude(self, what: str, by: Person) -> None:
        """A conclusion to which a bureau may object."""
        number = sum(one.what == what for one in self.conclusions)
        self.conclusions.append(Conclusion(what, number, by.name, self.today))

    def engage(self, by: Person, agency: str) -> Asked:
        """An independent agency is engaged for the verified measure."""
        yield from self.goes_on()
        yield Kind.STATE, self.state == "verified"
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.STATE, self.due_for_evaluation and not self.settled
        yield Kind.SEPARATION, self.independent(agency)
        if self.evaluation != "engaged":
            yield from self.free(self.owner, by)
        yield GO
        self.engaged, self.evaluation, self.owner = agency, "engaged", ""

    def score(self, by: Person, score: int, declared: bool, shares: Collection[str]) -> Asked:
        """The evaluator's judgement: 80 passes, 60 passes with follow-ups, below fails."""
        named = shares or ([self.lead.bureau] if self.shares else [])
        yield from self.goes_on()
        yield Kind.STATE, self.state == "verified" and self.evaluation == "engaged"
        yield Kind.RIGHT, by.can("evaluator", self.engaged)
        yield Kind.INPUT, declared
        yield Kind.SEPARATION, self.independent(self.engaged, by)
        yield Kind.INPUT, 0 <= score <= 100
        yield Kind.INPUT, score >= 60 or self.named(named, ["verified"])
        yield from self.free(self.owner, by)
        yield GO
        self.conclude("evaluation", by)
        self.evaluation, self.owner = "passed" if score >= 60 else "failed", ""
        if score < 60:
            self.go_back("fail", named)
        else:
            self.close_cycle()

    def waive_evaluation(self, by: Person, reason: str) -> Asked:
        """Only the approver waives evaluations."""
        yield from self.goes_on()
        yield Kind.STATE, self.state == "verified"
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, reason
        yield Kind.STATE, self.due_for_evaluation and not self.settled
        yield GO
        self.waived, self.evaluation, self.owner = True, "", ""
        self.close_cycle()

    def waive_target(self, by: Person, reason: str) -> Asked:
        """Only the approver waives targets."""
        yield from self.goes_on()
        yield Kind.STATE, self.state not in ENDED and self.target == "confirmed"
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, reason
        yield GO
        self.target = "waived"

    def strikes_off(self, by: Person) -> Asked:
        """Rule 3, and what every end as done asks for."""
        yield from self.goes_on()
        yield Kind.RIGHT, by.can("approver")
        yield Kind.SEPARATION, by.name not in self.verifiers and not self.own(by)
        yield Kind.STATE, not self.shares or self.target_holds

    def close(self, by: Person) -> Asked:
        """销号 in the last cycle."""
        yield from self.strikes_off(by)
        yield Kind.STATE, self.state == "verified"
        yield Kind.STATE, self.last
        yield Kind.STATE, self.settled
        yield from self.free(self.owner, by)
        yield GO
        self.end_all("close", "done")
        self.end("close", "closed")

    def end(self, verb: str, state: str) -> None:
        """The plan's only measure ends, and with it the plan is completed."""
        self.to(verb, None, state)
        self.plan = "completed"

    def to_routine(self, by: Person, reason: str) -> Asked:
        """转常态化 of an ongoing measure, at the turn of a cycle."""
        yield from self.strikes_off(by)
        yield Kind.STATE, self.state == "in_progress" and self.shape.ongoing and not self.last
        yield Kind.STATE, self.phases > 0 and self.shape.evaluation != "last"
        yield Kind.STATE, all(share.state in ("assigned", "in_progress") for share in self.open)
        yield Kind.INPUT, reason
        yield GO
        self.end_all("to_routine", "done")
        self.let_requests_lapse(bool)
        self.end("to_routine", "closed")

    def cancel(self, by: Person, reason: str, basis: str) -> Asked:
        """终止 from any state but closed, suspended or not."""
        yield Kind.STATE, self.state not in ENDED
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, reason and basis
        yield GO
        self.end_all("cancel", "cancelled")
        self.let_requests_lapse(bool)
        self.suspended_until, self.evaluation = date.min, ""
        self.lapse(by, "returned")
        self.end("cancel", "cancelled")

    def reopen(self, by: Person, shares: Collection[str], reason: str, basis: str) -> Asked:
        """重新挂账 with the named shares, none that ended as transferred."""
        gone = [s for s in self.shares if s.bureau in shares and s.outcome == "transferred"]
        yield from self.goes_on()
        yield Kind.STATE, self.state == "closed"
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, reason and basis
        yield Kind.INPUT, self.named(shares, ["closed"]) and not gone
        yield GO
        for share in self.shares:
            share.outcome = "" if share.bureau in shares else share.outcome
        self.to("reopen", None, "in_progress")
        self.return_named("reopen", shares)
        self.plan = "on_ledger"

    def miss_cycle(self, by: Person, reason: str) -> Asked:
        """漏报 of a cycle that is not the last."""
        yield from self.goes_on()
        yield Kind.STATE, self.state in ("assigned", "in_progress", "reported")
        yield Kind.STATE, self.shape.ongoing and not self.last
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.INPUT, reason
        yield GO
        self.conclude("missed_cycle", by)
        self.let_requests_lapse(lambda request: request.kind == "extension")
        self.to("miss_cycle", None, "in_progress")
        self.renew()

    def suspend(self, by: Person, until: date, limit: date, reason: str) -> Asked:
        """暂缓, at most six months."""
        yield from self.goes_on()
        yield Kind.STATE, self.state in RUNNING
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, reason
        yield Kind.LIMIT, self.today <= until <= limit
        yield GO
        self.suspended_until = until
        self.moves.add(("measure", "suspend", self.state, self.state))

    def resume(self, by: Person) -> Asked:
        """The approver ends the suspension before its last day."""
        yield Kind.STATE, self.suspended
        yield Kind.RIGHT, by.can("approver")
        yield GO
        self.suspended_until = date.min
        self.moves.add(("measure", "resume", self.state, self.state))
