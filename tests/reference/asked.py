"""DOMAIN.md and RULES.md, Requests; objections (rule 5); instructions."""

from datetime import date

from tests.reference.base import Base
from tests.reference.things import (
    GO,
    RUNNING,
    UNREPORTED,
    Asked,
    Conclusion,
    Instruction,
    Kind,
    Objection,
    Person,
    Request,
    Share,
)

OPEN = ("assigned", "in_progress")
ABOVE = {"head": "supervisor", "supervisor": "approver"}


class Cases(Base):
    """What bureaus ask for and challenge, and what leaders say."""

    def raise_request(
        self, by: Person, share: Share, kind: str, reason: str, bureau: str, wanted: date
    ) -> Asked:
        """A handler asks, once at a time for one thing."""
        yield from self.changeable()
        yield Kind.RIGHT, by.can("handler", share.bureau)
        yield Kind.STATE, share.state in OPEN
        yield Kind.STATE, not any(r.share is share and r.kind == kind for r in self.asking)
        yield Kind.INPUT, reason
        yield from getattr(self, f"_{kind}")(share, bureau, wanted)
        yield GO
        named = "" if kind == "extension" else bureau
        decider = self.decider(share, kind, bureau, wanted)
        self.moves.add(("request", f"raise:{kind}", "", "raised"))
        self.requests.append(Request(share, kind, by.name, decider, named, wanted))

    def _extension(self, share: Share, bureau: str, wanted: date) -> Asked:
        yield Kind.LIMIT, share.extended < 2
        yield Kind.INPUT, wanted > share.due and wanted > self.today
        yield Kind.LIMIT, wanted <= self.add_days(share.first_due or share.due, share.length // 2)

    def _refusal(self, share: Share, bureau: str, wanted: date) -> Asked:
        yield Kind.LIMIT, not share.refused
        yield Kind.LIMIT, self.today <= self.add_days(share.dispatched, 2)
        yield Kind.INPUT, self.may_take(bureau)

    def _transfer(self, share: Share, bureau: str, wanted: date) -> Asked:
        yield Kind.INPUT, self.may_take(bureau)

    def _coordination(self, share: Share, bureau: str, wanted: date) -> Asked:
        yield Kind.INPUT, bureau != share.bureau
        yield Kind.INPUT, wanted > self.today

    def may_take(self, bureau: str) -> bool:
        """Whether the bureau has and had no share in the measure."""
        return all(share.bureau != bureau for share in self.shares)

    def decider(self, share: Share, kind: str, bureau: str, wanted: date) -> str:
        """Supervisor or approver within limits; on coordination the lead first."""
        if kind == "coordination":
            return "supervisor" if share.leads or bureau == self.lead_bureau else "head"
        if kind == "extension":
            is_short = (
                wanted <= self.add_days(share.due, 15) and not share.extended and wanted <= self.plan_end
            )
            return "supervisor" if is_short else "approver"
        return "supervisor"

    def sign_request(self, by: Person, request: Request) -> Asked:
        """The head of the bureau that asks signs."""
        yield from self.goes_on()
        yield Kind.STATE, request.state == "raised"
        yield Kind.RIGHT, by.can("head", request.share.bureau)
        yield from self.free(request.owner, by)
        yield GO
        request.signed_by = by.name
        request.share.refused = request.share.refused or request.kind == "refusal"
        self.to("sign", request, "signed")

    def decline_request(self, by: Person, request: Request, reason: str) -> Asked:
        """The head does not sign."""
        yield from self.goes_on()
        yield Kind.STATE, request.state == "raised"
        yield Kind.RIGHT, by.can("head", request.share.bureau)
        yield Kind.INPUT, reason
        yield from self.free(request.owner, by)
        yield GO
        self.to("decline", request, "withdrawn")
        self.settle()

    def withdraw_request(self, by: Person, request: Request) -> Asked:
        """Who raised it takes it back until it is decided."""
        yield from self.goes_on()
        yield Kind.STATE, request.pending
        yield Kind.RIGHT, by.name == request.by and by.can("handler", request.share.bureau)
        yield GO
        self.to("withdraw", request, "withdrawn")
        self.settle()

    def decides(self, by: Person, request: Request) -> Asked:
        """By role; rule 5; and rule 2 where a share may end."""
        yield from self.goes_on()
        yield Kind.STATE, request.state == "signed"
        scope = self.lead_bureau if request.decider == "head" else "plan"
        yield Kind.RIGHT, by.can(request.decider, scope)
        yield Kind.SEPARATION, not self.apart(by, request)
        yield from self.free(request.owner, by)

    def apart(self, by: Person, request: Request) -> bool:
        """Whether a rule keeps the person from deciding it."""
        ends = request.kind in ("refusal", "transfer") and (self.own(by) or self.touched(by))
        return by.name in (request.by, request.signed_by) or ends

    def pass_on(self, by: Person, request: Request, reason: str) -> Asked:
        """To the next above."""
        yield from self.decides(by, request)
        yield Kind.STATE, request.decider in ABOVE
        yield Kind.INPUT, reason
        yield GO
        request.decider, request.owner = ABOVE[request.decider], ""

    def reject_request(self, by: Person, request: Request, reason: str) -> Asked:
        """The work goes on as before."""
        yield from self.decides(by, request)
        yield Kind.INPUT, reason
        yield GO
        self.to("reject", request, "rejected")
        self.settle()

    def grant_request(self, by: Person, request: Request, bureau: str, issuer: str) -> Asked:
        """A granted request does what it asks."""
        share, ends = request.share, request.kind in ("refusal", "transfer")
        taker = bureau or (request.bureau if request.kind == "transfer" else "")
        yield from self.decides(by, request)
        yield Kind.STATE, self.state in UNREPORTED
        yield Kind.STATE, request.kind == "coordination" or share.state in OPEN
        if request.kind == "extension":
            assert request.wanted is not None
            yield Kind.INPUT, issuer or request.wanted <= self.plan_end
            yield Kind.INPUT, request.wanted > share.due
        if ends:
            may_drop = not share.leads and len(self.open) > 1
            yield Kind.INPUT, self.may_take(taker) if taker else may_drop
        yield GO
        self.to(f"grant:{request.kind}", request, "granted")
        share.extended += request.kind == "extension"
        if ends:
            self.hand_on(share, taker)
        self.settle()

    def hand_on(self, share: Share, taker: str) -> None:
        """The share goes to another bureau, which leads where it led, or is dropped."""
        leads = share.leads
        self.end_share_as("grant", share, "transferred" if taker else "dropped")
        if taker:
            self.moves.add(("share", "assign", "", "assigned"))
            self.shares.append(Share(taker, leads=leads))
        for request in self.asking:
            if leads and request.state == "signed" and request.decider == "head":
                request.owner = ""

    def claim_request(self, by: Person, request: Request) -> Asked:
        """Take the signature or the decision onto one's desk."""
        role, scope = request.decider, self.lead_bureau if request.decider == "head" else "plan"
        if request.state == "raised":
            role, scope = "head", request.share.bureau
        yield Kind.STATE, request.pending
        yield Kind.RIGHT, by.can(role, scope)
        yield from self.free(request.owner, by)
        yield Kind.SEPARATION, request.state == "raised" or not self.apart(by, request)
        yield GO
        request.owner = by.name

    def raise_objection(self, by: Person, share: Share, about: Conclusion, grounds: str) -> Asked:
        """异议 of a bureau, once and within five working days."""
        yield Kind.RIGHT, by.can("head", share.bureau)
        yield Kind.INPUT, grounds
        yield Kind.LIMIT, self.today <= self.add_days(about.day, 5)
        yield Kind.LIMIT, not any(o.share is share and o.about is about for o in self.objections)
        yield GO
        self.objections.append(Objection(share, about, by.name))

    def decide_objection(self, by: Person, objection: Objection, upheld: bool, reason: str) -> Asked:
        """复核 by others than its authors (rule 5)."""
        yield Kind.RIGHT, by.can("supervisor") or by.can("approver")
        yield Kind.SEPARATION, by.name not in (objection.about.author, objection.by)
        yield Kind.STATE, not objection.decided
        yield Kind.INPUT, reason
        yield GO
        objection.decided = "upheld" if upheld else "rejected"

    def instruct(self, by: Person, text: str) -> Asked:
        """批示."""
        yield from self.goes_on()
        yield Kind.STATE, self.state in RUNNING
        yield Kind.RIGHT, by.can("approver")
        yield Kind.INPUT, text
        yield GO
        self.instructions.append(Instruction([share.bureau for share in self.open]))

    def reply(self, by: Person, instruction: Instruction, bureau: str, text: str) -> Asked:
        """A bureau's answer, once."""
        yield Kind.RIGHT, by.can("handler", bureau) or by.can("head", bureau)
        yield Kind.STATE, bureau not in instruction.replied
        yield Kind.INPUT, text
        yield GO
        instruction.replied.append(bureau)
