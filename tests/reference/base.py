"""The measure of the reference model and what its verbs have in common."""

from collections.abc import Callable, Collection
from datetime import date

from tests.reference.things import (
    GO,
    UNREPORTED,
    Asked,
    Conclusion,
    Draft,
    Instruction,
    Kind,
    Objection,
    Person,
    Request,
    Shape,
    Share,
)

Days = Callable[[date, int], date]


class Base:
    """One measure of a plan on the ledger. `moves` collects every change of state with the verb that made it."""

    def __init__(self, shape: Shape, add_days: Days, end: date, kin: dict[str, str]) -> None:
        self.shape, self.add_days, self.plan_end, self.kin = shape, add_days, end, kin
        self.today, self.state, self.plan, self.owner = date.min, "draft", "on_ledger", ""
        self.cycle, self.phases, self.suspended_until = 0, 0, date.min
        self.target = "confirmed" if shape.target else ""
        self.shares: list[Share] = []
        self.drafts: list[Draft] = []
        self.requests: list[Request] = []
        self.conclusions: list[Conclusion] = []
        self.objections: list[Objection] = []
        self.instructions: list[Instruction] = []
        self.verifiers: set[str] = set()
        self.engaged, self.evaluation, self.waived = "", "", False
        self.asks: set[Kind] = set()
        self.moves: set[tuple[str, str, str, str]] = set()

    def why_not(self, verb: str, by: Person, **given: object) -> set[Kind]:
        """Every kind of refusal that stands against it; empty where it is allowed."""
        asked: Asked = getattr(self, verb)(by, **given)
        conditions = list(iter(asked.__next__, GO))
        self.asks = {kind for kind, _ in conditions}
        return {kind for kind, holds in conditions if not holds}

    def do(self, verb: str, by: Person, **given: object) -> None:
        """Carry an allowed verb out."""
        for _ in getattr(self, verb)(by, **given):
            pass

    @property
    def suspended(self) -> bool:
        """Whether a suspension covers the day."""
        return self.today <= self.suspended_until

    @property
    def open(self) -> list[Share]:
        """The shares that have not ended."""
        return [share for share in self.shares if share.open]

    @property
    def lead(self) -> Share:
        """The one share that leads."""
        return next(share for share in self.shares if share.leads)

    @property
    def lead_bureau(self) -> str:
        """The bureau that leads, or will."""
        return self.lead.bureau if self.shares else ""

    @property
    def last(self) -> bool:
        """Whether the current cycle is the last."""
        return self.cycle == self.shape.cycles

    @property
    def gathered(self) -> bool:
        """Whether every open share is approved."""
        return bool(self.open) and all(share.state == "verified" for share in self.open)

    @property
    def asking(self) -> list[Request]:
        """The pending requests."""
        return [request for request in self.requests if request.pending]

    @property
    def draft(self) -> Draft | None:
        """The consolidation that waits for its signature."""
        return self.drafts[-1] if self.drafts and not self.drafts[-1].decision else None

    @property
    def due_for_evaluation(self) -> bool:
        """Whether an evaluation stands between verification and the end of the cycle."""
        when = self.shape.evaluation
        return not self.waived and (when == "every" or (when == "last" and self.last))

    @property
    def settled(self) -> bool:
        """Whether no evaluation stands in the way."""
        return not self.due_for_evaluation or self.evaluation == "passed"

    @property
    def target_holds(self) -> bool:
        """Targets met or waived: the lead's last approved reading counts."""
        readings = [r.met for r in self.lead.reports if r.approved and not r.returned and r.met is not None]
        return self.target != "confirmed" or (bool(readings) and readings[-1] is True)

    def goes_on(self) -> Asked:
        """While a suspension is open every transition but resume and cancel is refused."""
        yield Kind.STATE, not self.suspended

    def free(self, owner: str, by: Person) -> Asked:
        """What lies on somebody's desk is theirs."""
        yield Kind.RIGHT, owner in ("", by.name)

    def own(self, by: Person) -> bool:
        """Whether a bureau of the person's has a share in this cycle."""
        return any(share.in_cycle and share.bureau in by.member for share in self.shares)

    def touched(self, by: Person) -> bool:
        """Whether they wrote, submitted or decided a report or the consolidation of this cycle."""
        reports = [r for share in self.shares if share.in_cycle for r in share.reports]
        hands = {name for r in reports if r.cycle == self.cycle for name in (r.by, r.decided_by)}
        drafts = {d.by for d in self.drafts} | {d.decided_by for d in self.drafts if d.decision != "lapsed"}
        return by.name in hands | drafts

    def independent(self, agency: str, by: Person | None = None) -> bool:
        """Rule 4: the agency is none of the bureaus, above or below none; the evaluator was a member of none."""
        bureaus = {share.bureau for share in self.shares}
        tied = bureaus & ({agency, self.kin.get(agency, "")} | (set(by.member) if by else set()))
        return not tied

    def to(self, verb: str, thing: Share | Request | None, state: str) -> None:
        """Move a thing (None: the measure) to a state."""
        moved = self if thing is None else thing
        name = "measure" if thing is None else type(thing).__name__.lower()
        self.moves.add((name, verb, moved.state, state))
        moved.state = state
        moved.owner = ""

    def back(self, verb: str, share: Share) -> None:
        """A share goes on; its report comes back to who held it."""
        self.to(verb, share, "in_progress")
        share.owner = share.holder

    def begin(self) -> None:
        """The measure begins by itself, once no open share is assigned."""
        if self.state == "assigned" and all(share.state != "assigned" for share in self.open):
            self.to("begin", None, "in_progress")

    def report(self) -> None:
        """办结报送."""
        self.to("report", None, "reported")

    def settle(self) -> None:
        """What waited for an end or a decision goes on: nothing is written twice, so a single share reports."""
        self.begin()
        if self.state == "in_progress" and self.gathered and len(self.open) == 1 and not self.asking:
            self.report()

    def lapse(self, by: Person, decision: str) -> None:
        """The consolidation under way lost its ground."""
        if self.draft is not None:
            self.draft.decision, self.drafts[-1].decided_by = decision, by.name
        self.owner = ""

    def let_requests_lapse(self, which: Callable[[Request], object]) -> None:
        """What a bureau asked for is over with what it was asked about."""
        for request in self.asking:
            if which(request):
                self.to("lapse", request, "withdrawn")

    def end_share_as(self, verb: str, share: Share, outcome: str) -> None:
        """The end of one share before its measure's."""
        self.to(f"{verb}:{outcome}", share, "closed")
        share.outcome, share.leads = outcome, False
        self.let_requests_lapse(lambda request: request.share is share)

    def end_all(self, verb: str, outcome: str) -> None:
        """Open shares end with their measure."""
        for share in self.open:
            self.to(f"{verb}:{outcome}", share, "closed")
            share.outcome = outcome

    def renew(self) -> None:
        """The next cycle becomes current; accepted shares go on, others are still to be accepted."""
        self.cycle += 1
        self.evaluation, self.waived, self.drafts = "", False, []
        for share in self.shares:
            share.in_cycle, share.extended = share.open, 0
            if share.open and share.state != "assigned":
                self.back("renew", share)

    def named(self, bureaus: Collection[str], states: Collection[str]) -> bool:
        """At least one share is named, and each is one of this cycle's in such a state."""
        found = [share for share in self.shares if share.bureau in bureaus]
        return len(found) == len(set(bureaus)) > 0 and all(s.state in states and s.in_cycle for s in found)

    def return_named(self, verb: str, bureaus: Collection[str]) -> None:
        """These shares, and no others, go on; what they reported does not stand."""
        for share in self.shares:
            if share.bureau in bureaus:
                self.back(verb, share)
                for report in share.reports:
                    report.returned = report.returned or (report.approved and report.cycle == self.cycle)

    def changeable(self) -> Asked:
        """Shares change while work is open."""
        yield from self.goes_on()
        yield Kind.STATE, self.state in UNREPORTED
