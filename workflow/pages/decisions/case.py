"""What a decision without a work item is about, and who would take it."""

from dataclasses import dataclass, replace

from accounts.models import User
from accounts.rights import Standing, with_principal
from accounts.roles import Permission, ScopeKind
from workflow.models import (
    ActionItem,
    Cycle,
    InstructionReply,
    Measure,
    Milestone,
    Objection,
    Report,
    Request,
    Share,
    Target,
)
from workflow.queries.cases import lead_bureau_of
from workflow.queries.stops import Marks
from workflow.rules.refusal import Conflict, Forbidden, require


@dataclass(frozen=True, slots=True)
class Case:
    """The measure, the share, target or objection at issue, and the person with all their rights."""

    person: User
    held: Standing
    measure: Measure
    cycle: Cycle | None
    lead_bureau: int | None = None
    marks: Marks | None = None
    share: Share | None = None
    report: Report | None = None
    target: Target | None = None
    reply: InstructionReply | None = None
    request: Request | None = None
    objection: Objection | None = None
    milestone: Milestone | None = None
    item: ActionItem | None = None

    @classmethod
    def of(
        cls,
        person: User,
        held: Standing,
        measure: Measure,
        cycle: Cycle | None,
        marks: Marks | None = None,
    ) -> "Case":
        """The case of the measure itself; `marks` where they were read already."""
        return cls(person, held, measure, cycle, lead_bureau_of(measure), marks)

    def about(self, share: Share, report: Report | None) -> "Case":
        """The case of one share, with its report that counts."""
        return replace(self, share=share, report=report)

    def aimed_at(self, target: Target) -> "Case":
        """The case of one target."""
        return replace(self, target=target)

    def replying(self, reply: InstructionReply) -> "Case":
        """The case of one bureau's reply to an instruction."""
        return replace(self, reply=reply)

    def about_request(self, request: Request) -> "Case":
        """The case of one request, and of the share it is about."""
        return replace(self, share=request.share, request=request)

    def deciding(self, objection: Objection) -> "Case":
        """The case of one objection."""
        return replace(self, objection=objection)

    def at_milestone(self, milestone: Milestone) -> "Case":
        """The case of one step of the roadmap."""
        return replace(self, milestone=milestone)

    def at_item(self, item: ActionItem) -> "Case":
        """The case of one single thing to do."""
        return replace(self, item=item)

    def needs_plan(self, permission: Permission) -> None:
        """Raise Forbidden unless the person holds the right for the measure's plan."""
        require(self.measure.plan_id in self.held.plans(permission), Forbidden("right.missing"))

    def holds_for_bureau(self, permission: Permission, bureau: int | None) -> bool:
        """Whether the person holds the right for a bureau."""
        return bureau in self.held.bureaus(permission)

    def people(self, permission: Permission, bureau: int | None) -> frozenset[int]:
        """The person and, where they hold the right for the bureau as a deputy, the head."""
        grant = None if bureau is None else self.held.grant_in(permission, ScopeKind.BUREAU, bureau)
        return with_principal(self.person.pk, grant)

    def in_state(self, thing: Measure | Share, *states: str) -> None:
        """Raise Conflict unless `thing` is in one of the states."""
        wrong = Conflict("state.wrong", state=str(thing.get_state_display()))
        require(thing.state in states, wrong)

    @property
    def its_milestone(self) -> Milestone:
        """The milestone at issue."""
        assert self.milestone is not None  # noqa: S101 - a programming error
        return self.milestone

    @property
    def its_item(self) -> ActionItem:
        """The single thing to do at issue."""
        assert self.item is not None  # noqa: S101 - a programming error
        return self.item

    @property
    def its_share(self) -> Share:
        """The share at issue."""
        assert self.share is not None  # noqa: S101 - a programming error
        return self.share

    @property
    def its_target(self) -> Target:
        """The target at issue."""
        assert self.target is not None  # noqa: S101 - a programming error
        return self.target

    @property
    def its_reply(self) -> InstructionReply:
        """The reply at issue."""
        assert self.reply is not None  # noqa: S101 - a programming error
        return self.reply

    @property
    def its_request(self) -> Request:
        """The request at issue."""
        assert self.request is not None  # noqa: S101 - a programming error
        return self.request

    @property
    def its_objection(self) -> Objection:
        """The objection at issue."""
        assert self.objection is not None  # noqa: S101 - a programming error
        return self.objection
