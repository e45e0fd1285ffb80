"""The reference model: DOMAIN.md's lifecycle as one small machine, without a database."""

from tests.reference.asked import Cases
from tests.reference.measures import Measures
from tests.reference.shares import Shares
from tests.reference.things import GO, Asked, Kind, Person

Desk = dict[tuple[str, str], str]
STEP = {"assigned": "accept", "in_progress": "fill", "reported": "review"}
DECIDING = {"head": "decide_for_lead", "supervisor": "decide_request", "approver": "decide_above"}


class Model(Shares, Measures, Cases):
    """A measure with its shares, requests, objections and instructions."""

    @property
    def step(self) -> str:
        """Whose turn it is on the measure itself; "" while shares or nobody have it."""
        if self.state == "in_progress" and self.gathered and len(self.open) > 1:
            return "consolidate" if self.draft is None else "sign"
        if self.state == "reported":
            return "verify"
        if self.state != "verified":
            return ""
        if self.evaluation == "engaged":
            return "evaluate"
        return "close" if self.settled else "engage"

    def fits(self, by: Person) -> tuple[bool, bool]:
        """Whether the role of the measure's step is theirs, and whether no rule keeps them from it."""
        lead, draft = self.lead_bureau, self.draft
        rules = {
            "consolidate": (by.can("handler", lead), True),
            "sign": (by.can("head", lead), draft is None or draft.by != by.name),
            "verify": (by.can("supervisor"), not self.own(by) and not self.touched(by)),
            "engage": (by.can("supervisor"), True),
            "evaluate": (by.can("evaluator", self.engaged), self.independent(self.engaged, by)),
            "close": (by.can("approver"), by.name not in self.verifiers and not self.own(by)),
        }
        return rules[self.step] if self.step else (True, True)

    def claim_measure(self, by: Person) -> Asked:
        """Take the measure's open work onto one's desk."""
        has_role, is_apart = self.fits(by)
        yield Kind.STATE, self.step
        yield Kind.RIGHT, has_role
        yield from self.free(self.owner, by)
        yield Kind.SEPARATION, is_apart
        yield GO
        self.owner = by.name

    def desks(self) -> Desk:
        """(thing, step) → who holds it, "" for the post: all open work there is."""
        found: Desk = {}
        if self.step:
            found["measure", self.step] = self.owner
        for share in self.shares:
            if share.state in STEP:
                found[share.bureau, STEP[share.state]] = share.owner
        for n, request in enumerate(self.requests):
            if request.pending:
                step = "sign_request" if request.state == "raised" else DECIDING[request.decider]
                found[f"request-{n}", step] = request.owner
        return found
