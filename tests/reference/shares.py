"""DOMAIN.md, Share, line by line: each verb asks, then does."""

from tests.reference.base import Base
from tests.reference.things import GO, UNREPORTED, Asked, Kind, Person, Report, Share


class Shares(Base):
    """What happens to one share, and the bureaus that come and go."""

    def accept(self, by: Person, share: Share) -> Asked:
        """签收."""
        yield from self.goes_on()
        yield Kind.RIGHT, by.can("handler", share.bureau)
        yield Kind.STATE, share.state == "assigned"
        yield from self.free(share.owner, by)
        yield GO
        self.to("accept", share, "in_progress")
        share.owner = share.holder = by.name
        self.begin()

    def force_accept(self, by: Person, share: Share, reason: str) -> Asked:
        """强制签收."""
        yield from self.goes_on()
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.STATE, share.state == "assigned"
        yield Kind.INPUT, reason
        yield Kind.LIMIT, self.today > self.add_days(share.dispatched, 2)
        yield GO
        self.to("force_accept", share, "in_progress")
        share.holder = ""
        self.begin()

    def reads(self, share: Share) -> bool:
        """Whether the share reports the target."""
        return self.target == "confirmed" and (share.leads or self.shape.every_share)

    def submit(self, by: Person, share: Share, text: str, met: bool | None) -> Asked:
        """报送 by the handler who holds it: text, and a reading for each target."""
        yield from self.changeable()
        yield Kind.RIGHT, by.can("handler", share.bureau)
        yield Kind.STATE, share.state == "in_progress"
        yield Kind.RIGHT, share.owner == by.name
        yield Kind.INPUT, text
        yield Kind.INPUT, met is not None or not self.reads(share)
        yield GO
        share.reports.append(Report(self.cycle, by.name, met if self.reads(share) else None))
        self.to("submit", share, "reported")
        share.holder = by.name

    def withdraw(self, by: Person, share: Share) -> Asked:
        """撤回 by who submitted, before review."""
        report = share.report(self.cycle)
        yield from self.changeable()
        yield Kind.STATE, share.state == "reported"
        yield Kind.RIGHT, by.can("handler", share.bureau)
        yield Kind.RIGHT, report is not None and report.by == by.name
        yield GO
        assert report is not None
        report.withdrawn = True
        share.holder = by.name
        self.back("withdraw", share)

    def approve(self, by: Person, share: Share) -> Asked:
        """审核通过; the approval of a single open share reports the measure."""
        report = share.report(self.cycle)
        yield from self.goes_on()
        yield Kind.RIGHT, by.can("head", share.bureau)
        yield Kind.STATE, share.state == "reported"
        yield Kind.SEPARATION, report is None or report.by != by.name
        yield from self.free(share.owner, by)
        is_single = self.state == "in_progress" and self.open == [share]
        yield Kind.STATE, not (is_single and self.asking)
        yield GO
        assert report is not None
        report.approved, report.decided_by = True, by.name
        self.to("approve", share, "verified")
        if is_single:
            self.report()

    def send_back(self, by: Person, share: Share, reason: str) -> Asked:
        """退回 by the own head, or by the lead's for a supporting share."""
        report, is_own = share.report(self.cycle), by.can("head", share.bureau)
        yield from self.changeable()
        yield Kind.STATE, share.state in ("reported", "verified")
        yield Kind.RIGHT, is_own or (not share.leads and by.can("head", self.lead_bureau))
        yield Kind.INPUT, reason
        yield Kind.SEPARATION, report is None or report.by != by.name
        if share.state == "reported" and is_own:
            yield from self.free(share.owner, by)
        yield GO
        assert report is not None
        report.returned = True
        if is_own and share.state == "reported":
            report.decided_by = by.name
        if self.gathered:
            self.lapse(by, "returned")
        self.back("send_back", share)

    def end_share(self, by: Person, share: Share, outcome: str, reason: str, lead: str) -> Asked:
        """豁免 or 取消 by a supervisor without a part in the measure; another leads where the lead's ends."""
        others = {s.bureau for s in self.open if s is not share}
        yield from self.changeable()
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.SEPARATION, not self.own(by) and not self.touched(by)
        yield Kind.STATE, share.open
        yield Kind.STATE, len(self.open) > 1
        yield Kind.INPUT, outcome in ("waived", "dropped")
        yield Kind.INPUT, reason
        yield Kind.INPUT, lead in others if share.leads else not lead
        yield GO
        self.lapse(by, "lapsed")
        if lead:
            self.give_lead(lead)
        self.end_share_as("end", share, outcome)
        self.settle()

    def give_lead(self, bureau: str) -> None:
        """Another leads; what waited for the lead's head waits for the new one."""
        for share in self.shares:
            share.leads = share.bureau == bureau
        for request in self.asking:
            if request.state == "signed" and request.decider == "head":
                request.owner = ""

    def change_lead(self, by: Person, share: Share, reason: str) -> Asked:
        """Another open share leads from now on."""
        yield from self.changeable()
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.STATE, share.open
        yield Kind.STATE, not share.leads
        yield Kind.INPUT, reason
        yield GO
        self.lapse(by, "lapsed")
        self.give_lead(share.bureau)
        self.moves.add(("measure", "change_lead", self.state, self.state))

    def add_bureau(self, by: Person, bureau: str, reason: str) -> Asked:
        """A bureau joins while work is open; every other share stays as it is."""
        yield from self.changeable()
        yield Kind.RIGHT, by.can("supervisor")
        yield Kind.STATE, all(share.bureau != bureau for share in self.shares)
        yield Kind.INPUT, reason
        yield GO
        self.lapse(by, "lapsed")
        self.moves.add(("share", "add", "", "assigned"))
        self.shares.append(Share(bureau))

    def claim_share(self, by: Person, share: Share) -> Asked:
        """Take a share's open work onto one's desk."""
        role = "head" if share.state == "reported" else "handler"
        report = share.report(self.cycle)
        yield Kind.STATE, share.state in (*UNREPORTED, "reported")
        yield Kind.RIGHT, by.can(role, share.bureau)
        yield from self.free(share.owner, by)
        yield Kind.SEPARATION, role == "handler" or report is None or report.by != by.name
        yield GO
        self.hold(share, by.name)

    def hold(self, share: Share, name: str) -> None:
        """Somebody, or nobody, has the share's open work on the desk."""
        share.owner = name
        if share.state == "in_progress":
            share.holder = name

    def release_share(self, by: Person, share: Share) -> Asked:
        """Put one's own work back."""
        yield Kind.STATE, share.state in (*UNREPORTED, "reported")
        yield Kind.RIGHT, share.owner == by.name
        yield GO
        self.hold(share, "")

    def hand_over(self, by: Person, share: Share, to: Person) -> Asked:
        """A head hands work to one who may do it."""
        role = "head" if share.state == "reported" else "handler"
        report = share.report(self.cycle)
        yield Kind.STATE, share.state in (*UNREPORTED, "reported")
        yield Kind.RIGHT, by.can("head", share.bureau)
        yield Kind.INPUT, to.can(role, share.bureau)
        yield Kind.SEPARATION, role == "handler" or report is None or report.by != to.name
        yield GO
        self.hold(share, to.name)
