"""The real thing beside the model: one cast and one plan for each shape, the actions by the model's verbs."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Bureau, BureauKind, User
from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim, hand_over, release
from tests.factories.cast import Cast, appoint, join
from tests.factories.plans import EngagementFactory, Line, Promise, on_ledger
from tests.factories.road import ALL_HOLD
from tests.reference.things import Conclusion, Instruction, Objection, Person, Shape, Share
from tests.reference.things import Request as Asking
from workflow.actions import (
    cancellation,
    closure,
    consolidation,
    cycles,
    dispatch,
    evaluation,
    instructions,
    joining,
    leading,
    objections,
    preparation,
    requests,
)
from workflow.actions import shares as of_shares
from workflow.actions.ending import end_share
from workflow.actions.reporting import ReadingInput
from workflow.actions.requests_granting import grant_request
from workflow.actions.routine import transfer_to_routine
from workflow.actions.suspension import resume_measure, suspend_measure
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import Engagement, InstructionReply, Measure, Request
from workflow.models import Objection as RealObjection
from workflow.models import Share as RealShare
from workflow.queries.objections import conclusions_of

BUREAUS = ("b0", "b1", "b2", "b3", "b4")
END = date(2026, 12, 31)
DUE = date(2026, 11, 30)
SHAPES = (
    Shape("single", ("b0",)),
    Shape("joint", ("b0", "b1", "b2"), evaluation="last", target=True, every_share=True),
    Shape("phased", ("b0", "b1"), cycles=3, ongoing=True, target=True),
    Shape("judged", ("b1", "b0"), cycles=3, ongoing=True, evaluation="every"),
    Shape("pair", ("b2", "b1")),
)


class World:
    """People, bureaus and plans, made once; programs run on them and are taken back."""

    def __init__(self, cast: Cast, shapes: tuple[Shape, ...] = SHAPES) -> None:
        self.cast = cast
        self.bureaus: dict[str, Bureau] = {name: cast.bureau(name) for name in BUREAUS}
        self.bureaus["agency"] = cast.agency
        self.bureaus["kin"] = cast.bureau("kin", BureauKind.AGENCY, under=self.bureaus["b0"])
        self.people: dict[str, list[Person]] = {}
        self.users: dict[str, User] = {}
        self.measures: dict[str, Measure] = {}
        self.engagements: dict[tuple[str, str], Engagement] = {}
        self.kin = {"kin": "b0"}
        for shape in shapes:
            self.found(shape)

    def found(self, shape: Shape) -> None:
        """A new plan with one measure of that shape, and its people."""
        lead, *others = (self.bureaus[name] for name in shape.bureaus)
        targets = [Promise(every_share=shape.every_share)] if shape.target else []
        when = {"cycle": "quarter"} if shape.ongoing else {"due": DUE}
        line = Line(lead, others, evaluation=shape.evaluation, targets=targets, **when)  # type: ignore[arg-type]
        plan = on_ledger(self.cast, line)
        self.measures[shape.name] = plan.measures.get()
        for agency in ("agency", "kin"):
            engagement = EngagementFactory(plan=plan, agency=self.bureaus[agency])
            self.engagements[shape.name, agency] = engagement
        self.people[shape.name] = self._people(shape, plan)

    def _people(self, shape: Shape, plan: Any) -> list[Person]:
        cast, found = self.cast, []

        def add(user: User, roles: set[tuple[str, str]], member: Collection[str] = ()) -> None:
            self.users[user.name] = user
            found.append(Person(user.name, frozenset(roles), frozenset(member)))

        for name in BUREAUS:
            bureau = self.bureaus[name]
            both = cast.handler(bureau, 2)
            if not both.appointments.filter(role=Role.HEAD).exists():
                appoint(both, Role.HEAD, bureau)
            add(cast.handler(bureau), {("handler", name)}, [name])
            add(both, {("handler", name), ("head", name)}, [name])
            add(cast.head(bureau), {("head", name)}, [name])
        wide = cast.supervisor(plan, 3)
        appoint(wide, Role.APPROVER, plan)
        lent = cast.supervisor(plan, 4, self.bureaus["b1"])
        for role in (Role.HANDLER, Role.HEAD):
            appoint(lent, role, self.bureaus["b1"])
        add(cast.supervisor(plan), {("supervisor", "plan")})
        add(cast.supervisor(plan, 2, self.bureaus["b1"]), {("supervisor", "plan")}, ["b1"])
        add(wide, {("supervisor", "plan"), ("approver", "plan")})
        add(lent, {("supervisor", "plan"), ("handler", "b1"), ("head", "b1")}, ["b1"])
        add(cast.approver(plan), {("approver", "plan")})
        add(cast.approver(plan, 2, self.bureaus["b0"]), {("approver", "plan")}, ["b0"])
        for agency in ("agency", "kin"):
            engagement = self.engagements[shape.name, agency]
            add(cast.evaluator(engagement), {("evaluator", agency)}, [agency])
        tied = cast.evaluator(self.engagements[shape.name, "agency"], 2)
        join(tied, self.bureaus["b1"])
        add(tied, {("evaluator", "agency")}, ["agency", "b1"])
        for user in (cast.auditor(plan), cast.observer(plan), cast.stranger(), cast.administrator()):
            add(user, set())
        return found


class Real:
    """One measure of the world, acted upon by the model's verbs and compared with what the model says."""

    def __init__(self, world: World, shape: Shape) -> None:
        self.world, self.shape = world, shape
        self.pk = world.measures[shape.name].pk

    @property
    def measure(self) -> Measure:
        """As stored."""
        return Measure.objects.select_related("plan").get(pk=self.pk)

    def share(self, share: Share) -> RealShare:
        """The real share of the model's."""
        return self._share(share.bureau)

    def _share(self, bureau: str) -> RealShare:
        rows = RealShare.objects.select_related("measure__plan", "bureau")
        return rows.get(measure=self.pk, bureau=self.world.bureaus[bureau])

    def _ids(self, bureaus: Collection[str]) -> list[int]:
        wanted = [self.world.bureaus[name] for name in bureaus]
        return list(RealShare.objects.filter(measure=self.pk, bureau__in=wanted).values_list("pk", flat=True))

    def request(self, number: int) -> Request:
        """The measure's request of that number."""
        return (
            Request.objects.select_related("share", "measure__plan")
            .filter(measure=self.pk)
            .order_by("pk")[number]
        )

    def act(self, verb: str, by: Person, given: dict[str, Any], model: Any) -> None:
        """Do what the model calls `verb`, with the same particulars; raises Refused."""
        getattr(self, verb)(by=self.world.users[by.name], model=model, **given)

    def dispatch(self, by: User, model: Any) -> None:
        dispatch.dispatch_measure(self.measure, by=by)

    def accept(self, by: User, model: Any, share: Share) -> None:
        of_shares.accept_share(self.share(share), by=by)

    def force_accept(self, by: User, model: Any, share: Share, reason: str) -> None:
        of_shares.force_accept(self.share(share), by=by, reason=reason)

    def submit(self, by: User, model: Any, share: Share, text: str, met: bool | None) -> None:
        readings = []
        if met is not None and model.reads(share):
            target = self.measure.targets.get()
            readings = [ReadingInput(target.pk, Decimal(99 if met else 1))]
        of_shares.submit_report(self.share(share), by=by, progress=text, readings=readings)

    def withdraw(self, by: User, model: Any, share: Share) -> None:
        of_shares.withdraw_report(self.share(share), by=by)

    def approve(self, by: User, model: Any, share: Share) -> None:
        of_shares.approve_report(self.share(share), by=by)

    def send_back(self, by: User, model: Any, share: Share, reason: str) -> None:
        of_shares.send_back(self.share(share), by=by, reason=reason)

    def end_share(self, by: User, model: Any, share: Share, outcome: str, reason: str, lead: str) -> None:
        key = next(iter(self._ids([lead])), 0) if lead else None
        end_share(self.share(share), by=by, outcome=outcome, reason=reason, lead=key)

    def change_lead(self, by: User, model: Any, share: Share, reason: str) -> None:
        leading.change_lead(self.share(share), by=by, reason=reason)

    def add_bureau(self, by: User, model: Any, bureau: str, reason: str) -> None:
        joining.add_bureau_to(self.measure, by=by, bureau=self.world.bureaus[bureau], reason=reason)

    def consolidate(self, by: User, model: Any, text: str) -> None:
        consolidation.draft_consolidation(self.measure, by=by, summary=text)

    def sign(self, by: User, model: Any) -> None:
        consolidation.sign_consolidation(self.measure, by=by)

    def return_draft(self, by: User, model: Any, reason: str) -> None:
        consolidation.return_consolidation(self.measure, by=by, reason=reason)

    def verify(self, by: User, model: Any, checklist: bool) -> None:
        verify_measure(self.measure, by=by, checklist=ALL_HOLD if checklist else {})

    def rework(self, by: User, model: Any, shares: Collection[str], reason: str) -> None:
        rework_measure(self.measure, by=by, shares=self._ids(shares), reason=reason)

    def engage(self, by: User, model: Any, agency: str) -> None:
        engagement = self.world.engagements[self.shape.name, agency]
        evaluation.engage_evaluation(self.measure, by=by, engagement=engagement)

    def score(self, by: User, model: Any, score: int, declared: bool, shares: Collection[str]) -> None:
        evaluation.score_evaluation(
            self.measure,
            by=by,
            score=Decimal(score),
            opinion="属实",
            declared_independent=declared,
            shares=self._ids(shares),
        )

    def waive_evaluation(self, by: User, model: Any, reason: str) -> None:
        evaluation.waive_evaluation(self.measure, by=by, reason=reason)

    def waive_target(self, by: User, model: Any, reason: str) -> None:
        preparation.waive_target(self.measure.targets.get(), by=by, reason=reason)

    def close(self, by: User, model: Any) -> None:
        closure.close_measure(self.measure, by=by)

    def to_routine(self, by: User, model: Any, reason: str) -> None:
        transfer_to_routine(self.measure, by=by, reason=reason)

    def cancel(self, by: User, model: Any, reason: str, basis: str) -> None:
        cancellation.cancel_measure(self.measure, by=by, reason=reason, basis=basis)

    def reopen(self, by: User, model: Any, shares: Collection[str], reason: str, basis: str) -> None:
        keys = self._ids(shares)
        closure.reopen_measure(self.measure, by=by, shares=keys, reason=reason, basis=basis)

    def miss_cycle(self, by: User, model: Any, reason: str) -> None:
        cycles.miss_cycle(self.measure, by=by, reason=reason)

    def suspend(self, by: User, model: Any, until: date, limit: date, reason: str) -> None:
        suspend_measure(self.measure, by=by, until=until, reason=reason)

    def resume(self, by: User, model: Any) -> None:
        resume_measure(self.measure, by=by)

    def raise_request(
        self, by: User, model: Any, share: Share, kind: str, reason: str, bureau: str, wanted: date
    ) -> None:
        row, named = self.share(share), self.world.bureaus[bureau]
        if kind == "extension":
            requests.raise_extension(row, by=by, wanted_by=wanted, reason=reason)
        elif kind == "refusal":
            requests.raise_refusal(row, by=by, reason=reason, legal_basis="三定规定", bureau=named)
        elif kind == "transfer":
            requests.raise_transfer(row, by=by, reason=reason, bureau=named)
        else:
            requests.raise_coordination(row, by=by, reason=reason, bureau=named, wanted_by=wanted)

    def _asked(self, model: Any, request: Asking) -> Request:
        return self.request(model.requests.index(request))

    def sign_request(self, by: User, model: Any, request: Asking) -> None:
        requests.sign_request(self._asked(model, request), by=by)

    def decline_request(self, by: User, model: Any, request: Asking, reason: str) -> None:
        requests.decline_request(self._asked(model, request), by=by, reason=reason)

    def withdraw_request(self, by: User, model: Any, request: Asking) -> None:
        requests.withdraw_request(self._asked(model, request), by=by)

    def pass_on(self, by: User, model: Any, request: Asking, reason: str) -> None:
        requests.pass_request_on(self._asked(model, request), by=by, reason=reason)

    def reject_request(self, by: User, model: Any, request: Asking, reason: str) -> None:
        requests.reject_request(self._asked(model, request), by=by, reason=reason)

    def grant_request(self, by: User, model: Any, request: Asking, bureau: str, issuer: str) -> None:
        taker = self.world.bureaus[bureau] if bureau else None
        grant_request(self._asked(model, request), by=by, bureau=taker, issuer_basis=issuer)

    def raise_objection(self, by: User, model: Any, share: Share, about: Conclusion, grounds: str) -> None:
        found = [one for one in conclusions_of(self.measure, model.today) if one.field == about.what]
        key = found[about.number].key
        objections.raise_objection(self.share(share), by=by, conclusion=key, grounds=grounds)

    def decide_objection(self, by: User, model: Any, objection: Objection, upheld: bool, reason: str) -> None:
        rows = RealObjection.objects.select_related("measure").filter(measure=self.pk).order_by("pk")
        row = rows[next(n for n, one in enumerate(model.objections) if one is objection)]
        if upheld:
            objections.uphold_objection(row, by=by, reason=reason, remedy="重办")
        else:
            objections.reject_objection(row, by=by, reason=reason)

    def instruct(self, by: User, model: Any, text: str) -> None:
        instructions.instruct(self.measure, by=by, text=text, reply_by=model.today)

    def reply(self, by: User, model: Any, instruction: Instruction, bureau: str, text: str) -> None:
        number = next(n for n, one in enumerate(model.instructions) if one is instruction)
        given = self.measure.instructions.order_by("pk")[number]
        replies = InstructionReply.objects.select_related("share__measure")
        row = replies.get(instruction=given, share__bureau=self.world.bureaus[bureau])
        instructions.reply_to_instruction(row, by=by, text=text)

    def _item(self, **where: Any) -> WorkItem:
        rows = WorkItem.objects.select_related("measure__plan", "share", "process", "owner")
        found = rows.filter(measure=self.pk, **where).order_by("-pk")
        item = found.filter(finished=None).first() or found.first()
        assert item is not None
        return item

    def claim_share(self, by: User, model: Any, share: Share) -> None:
        claim(self._item(share=self.share(share)), by=by)

    def release_share(self, by: User, model: Any, share: Share) -> None:
        release(self._item(share=self.share(share)), by=by)

    def hand_over(self, by: User, model: Any, share: Share, to: Person) -> None:
        hand_over(self._item(share=self.share(share)), to=self.world.users[to.name], by=by)

    def claim_measure(self, by: User, model: Any) -> None:
        claim(self._item(share=None, request=None), by=by)

    def claim_request(self, by: User, model: Any, request: Asking) -> None:
        claim(self._item(request=self._asked(model, request)), by=by)
