"""A small world in which every reader of the policy table is somebody, and every situation is somewhere."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Bureau, BureauKind, User
from accounts.roles import Role
from flows.models import WorkItem
from tests.factories.cast import Cast, appoint, join
from tests.factories.imports import drafted_import, file, importer, read_draft
from tests.factories.plans import EngagementFactory, Line, Promise, drafted, on_ledger
from workflow.actions.deputies import name_deputy
from workflow.actions.import_edits import tick_warning
from workflow.actions.importing import begin_import
from workflow.actions.preparation import name_offices
from workflow.models import (
    Amendment,
    Engagement,
    Evidence,
    Measure,
    Objection,
    Plan,
    PlanImport,
    Request,
    ResponsibleUnit,
    Share,
    Target,
)
from workflow.models.responsible_unit import UnitKind
from workflow.pages.policy_lines import ELSEWHERE, EVALUATORS, OF_MEASURE, OF_PLAN, SEE_PLAN, Readers
from workflow.pages.readers import Reader, Situation
from workflow.states import ImportState

R, S = Reader, Situation
DAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""When everything happened."""
DUE = date(2026, 11, 30)
SUSPENDED_UNTIL = date(2026, 6, 30)
PASSWORD = "harbour-31-lantern"
LATER = DAY + timedelta(days=14)
"""When the pages are asked: the time for acceptance is over."""

WHERE = (
    (S.ASSIGNED, "never"),
    (S.ACCEPT_HELD, "never"),
    (S.RUNNING, "never"),
    (S.FILL_FREE, "never"),
    (S.FILL_LEFT, "never"),
    (S.REVIEW, "never"),
    (S.REVIEW_OWN, "never"),
    (S.CONSOLIDATE, "never"),
    (S.SIGN, "never"),
    (S.SIGN_OWN, "never"),
    (S.VERIFY, "never"),
    (S.ENGAGE, "last"),
    (S.EVALUATE, "last"),
    (S.VERIFIED, "last"),
    (S.CLOSED, "never"),
    (S.SUSPENDED, "never"),
    (S.RETURNED, "never"),
    (S.OBJECTED, "never"),
    (S.DRAFT, "never"),
    (S.REFUSABLE, "never"),
    (S.REQUESTED, "never"),
)
"""The dated measures of the plan, each named after the situation it is in, and when its evaluation is due."""


@dataclass(slots=True)
class World:
    """People by reader; measures, items and evidence by situation; and who may know of which words."""

    cast: Cast = field(default_factory=Cast)
    people: dict[Reader, User] = field(default_factory=dict)
    measures: dict[Situation, Measure] = field(default_factory=dict)
    items: dict[Situation, WorkItem] = field(default_factory=dict)
    evidence: dict[Situation, Evidence] = field(default_factory=dict)
    requests: dict[Situation, Request] = field(default_factory=dict)
    secrets: dict[str, Readers] = field(default_factory=dict)
    imports: dict[Situation, PlanImport] = field(default_factory=dict)
    plan: Plan = field(init=False)
    draft: Plan = field(init=False)
    ready: Plan = field(init=False)
    foreign: Plan = field(init=False)
    engagement: Engagement = field(init=False)
    other_engagement: Engagement = field(init=False)
    amendment: Amendment = field(init=False)
    objection: Objection = field(init=False)

    @property
    def lead(self) -> Bureau:
        """The bureau that leads every measure at issue."""
        return self.cast.bureau("教育局")

    @property
    def support(self) -> Bureau:
        """The bureau that supports it."""
        return self.cast.bureau("财政局")

    @property
    def foreign_bureau(self) -> Bureau:
        """A bureau without a share in the plan."""
        return self.cast.bureau("水务局")

    def share(self, situation: Situation) -> Share:
        """The lead's share in the measure of that situation."""
        return self.measures[situation].shares.get(is_lead=True)

    def supporting(self, situation: Situation) -> Share:
        """The supporting share in the measure of that situation."""
        return self.measures[situation].shares.get(is_lead=False)


def people_and_plans() -> World:
    """People, plans and engagements; `life.live` brings the measures to their situations."""
    world = World()
    _people_of_bureaus(world)
    _plans(world)
    _people_of_plans(world)
    _engagements(world)
    _keep_words(world)
    _imports(world)
    User.objects.update(password=make_password(PASSWORD))
    return world


def _people_of_bureaus(world: World) -> None:
    cast, lead = world.cast, world.lead
    for reader, bureau in {
        R.HOLDER: lead,
        R.SUPPORT_HANDLER: world.support,
        R.OTHER_HANDLER: cast.bureau("民政局"),
        R.FOREIGN_HANDLER: cast.bureau("水务局"),
    }.items():
        world.people[reader] = cast.handler(bureau)
    world.people |= {
        R.NO_ROLE: cast.stranger(),
        R.HANDLER: cast.handler(lead, 2),
        R.LEAVER: cast.handler(lead, 3),
        R.HEAD: cast.head(lead),
        R.AUTHOR: cast.head(lead, 2),
        R.SUPPORT_HEAD: cast.head(world.support),
        R.OTHER_HEAD: cast.head(cast.bureau("民政局")),
        R.GENERAL_AUDITOR: cast.auditor(),
        R.ADMINISTRATOR: cast.administrator(),
    }
    appoint(world.people[R.AUTHOR], Role.HANDLER, lead)
    _deputy(world)


def _deputy(world: World) -> None:
    """The lead's head is on leave; who acts for them has no role of their own."""
    deputy = world.people[R.DEPUTY] = world.cast.stranger(50)
    join(deputy, world.lead)
    name_deputy(
        deputy,
        world.lead,
        by=world.people[R.HEAD],
        since=DAY.date(),
        until=DAY.date() + timedelta(days=60),
        reason="休假",
    )


def _plans(world: World) -> None:
    """The plan at issue, two in preparation (one of them ready), and a foreign one."""
    cast, lead, others = world.cast, world.lead, [world.support]
    lines = [
        Line(lead, others, due=DUE, evaluation=due, targets=[Promise()] if name == S.RUNNING else ())
        for name, due in WHERE
    ]
    ongoing, turn = (Line(lead, others, cycle="quarter") for _ in range(2))
    elsewhere = Line(cast.bureau("民政局"), due=DUE)
    world.plan = on_ledger(cast, *lines, ongoing, turn, elsewhere, title="本方案")
    names = [*(name for name, _ in WHERE), S.ONGOING, S.TURN, S.ANY]
    world.measures = dict(zip(names, world.plan.measures.order_by("position"), strict=True))
    world.foreign = on_ledger(cast, Line(cast.bureau("水务局"), due=DUE), title="别的方案")
    world.draft = drafted(cast, Line(lead, others, due=DUE), title="筹备方案")
    world.ready = drafted(cast, Line(lead, due=DUE), title="备妥方案")
    world.measures |= {S.PLAN_DRAFT: world.draft.measures.get(), S.UNKNOWN: world.foreign.measures.get()}
    _leave_open(world.measures[S.PLAN_DRAFT])


def _leave_open(measure: Measure) -> None:
    """A unit and a target that nobody has decided."""
    ResponsibleUnit.objects.create(measure=measure, position=9, text="等相关部门", kind=UnitKind.OPEN_ENDED)
    Target.objects.create(measure=measure, position=9, text="待定目标", comparator=">=", value=1)


def _people_of_plans(world: World) -> None:
    cast, plan, foreign = world.cast, world.plan, world.foreign
    world.people |= {
        R.SUPERVISOR: cast.supervisor(plan),
        R.TIED_SUPERVISOR: cast.supervisor(plan, 2, bureau=world.support),
        R.DOUBLE: cast.supervisor(plan, 3),
        R.APPROVER: cast.approver(plan),
        R.TIED_APPROVER: cast.approver(plan, 2, bureau=world.support),
        R.AUDITOR: cast.auditor(plan),
        R.OBSERVER: cast.observer(plan),
        R.FOREIGN_SUPERVISOR: cast.supervisor(foreign),
        R.FOREIGN_APPROVER: cast.approver(foreign),
        R.FOREIGN_AUDITOR: cast.auditor(foreign),
        R.FOREIGN_OBSERVER: cast.observer(foreign),
    }
    appoint(world.people[R.DOUBLE], Role.APPROVER, plan)
    for draft in (world.draft, world.ready):
        for reader, role in {
            R.SUPERVISOR: Role.SUPERVISOR,
            R.TIED_SUPERVISOR: Role.SUPERVISOR,
            R.APPROVER: Role.APPROVER,
            R.TIED_APPROVER: Role.APPROVER,
            R.AUDITOR: Role.AUDITOR,
            R.OBSERVER: Role.OBSERVER,
        }.items():
            appoint(world.people[reader], role, draft)
        for role in (Role.SUPERVISOR, Role.APPROVER):
            appoint(world.people[R.DOUBLE], role, draft)
        name_offices(draft, by=world.people[R.DOUBLE], issuer=cast.issuer, supervision_office=cast.office)


def _engagements(world: World) -> None:
    cast, plan = world.cast, world.plan
    world.engagement = EngagementFactory(plan=plan, agency=cast.agency)
    another = cast.bureau("另一评估中心", BureauKind.AGENCY)
    world.other_engagement = EngagementFactory(plan=plan, agency=another)
    world.people |= {
        R.EVALUATOR: cast.evaluator(world.engagement),
        R.TIED_EVALUATOR: cast.evaluator(world.engagement, 2),
        R.FOREIGN_EVALUATOR: cast.evaluator(world.other_engagement),
    }
    join(world.people[R.TIED_EVALUATOR], world.support, date(2024, 1, 1), date(2025, 6, 30))


def _imports(world: World) -> None:
    """One received, one read and edited once, and the one from which the plan came."""
    cast = world.cast
    by = world.people[R.IMPORTER] = importer(cast)
    world.imports[S.IMPORT_RECEIVED] = begin_import([file(text="未读")], by=by, office=cast.office)
    world.imports[S.IMPORT_DRAFT] = draft = drafted_import(cast)
    tick_warning(draft, by=by, number=1, is_done=True)
    origin = drafted_import(cast, read_draft(source_hash="c" * 64))
    PlanImport.objects.filter(pk=origin.pk).update(
        state=ImportState.CONFIRMED, plan=world.plan, edition=world.plan.edition
    )


def _keep_words(world: World) -> None:
    """Give every plan and measure words of its own, and note who may know of them."""
    foreign = frozenset(reader for reader in R if reader.startswith("foreign")) - {R.FOREIGN_EVALUATOR}
    foreign |= {R.GENERAL_AUDITOR}
    known: dict[Situation, Readers] = dict.fromkeys(world.measures, OF_MEASURE)
    known |= {S.DRAFT: OF_PLAN, S.PLAN_DRAFT: OF_PLAN, S.ANY: OF_PLAN | ELSEWHERE, S.UNKNOWN: foreign}
    known |= dict.fromkeys((S.EVALUATE, S.VERIFIED), OF_MEASURE | EVALUATORS)
    for situation, measure in world.measures.items():
        words = {"title": f"题{situation}题", "text": f"文{situation}文"}
        Measure.objects.filter(pk=measure.pk).update(**words)
        world.secrets |= dict.fromkeys(words.values(), known[situation])
    world.secrets |= {world.plan.title: SEE_PLAN, world.foreign.title: foreign}
    world.secrets |= dict.fromkeys((world.draft.title, world.ready.title), OF_PLAN)
    for plan in (world.plan, world.foreign, world.draft, world.ready):
        world.secrets[plan.title] |= {R.ADMINISTRATOR}  # who appoints people to plans reads their titles


def never_told(world: World, reader: Reader, page: str) -> list[str]:
    """The words in `page` that `reader` may not know of."""
    return [words for words, readers in world.secrets.items() if reader not in readers and words in page]
