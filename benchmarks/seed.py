"""Fills the database with open work for the reading benchmarks: measures with four shares, each with an item on a desk."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model

from accounts import grants
from accounts.models import Bureau, BureauKind, Membership, User
from accounts.roles import Role, ScopeKind
from flows.measure import MeasureFlow
from flows.models import Run, WorkItem
from flows.share import ShareFlow
from workflow.clock.now import now, today
from workflow.models import Cycle, Measure, Plan, Section, Share, ShareCycle
from workflow.models.measure import MeasureKind
from workflow.states import MeasureState, PlanState, ShareState

M = TypeVar("M", bound=Model)
SHARES = 4
BUREAUS = 40
PLANS = 20
MADE = 4 * BUREAUS
STEP = 1_000_000
"""Between the keys of a row and of its next copy."""
SINCE = date(2020, 1, 1)
LATER = "g * 7 %% 300"
MADE_HERE = frozenset({Measure, Cycle, Share, Run})
CHANGES: dict[tuple[type[Model], str], str] = {
    (Measure, "code"): "code || '-' || g",
    (Measure, "position"): f"position + g * {MADE // PLANS}",
    (Measure, "due"): f"due + {LATER}",
    (Cycle, "period_end"): f"period_end + {LATER}",
    (Cycle, "share_due"): f"share_due + {LATER}",
    (Cycle, "due"): f"due + {LATER}",
    (ShareCycle, "due"): f"due + {LATER}",
    (WorkItem, "due"): f"due + {LATER}",
}
"""What differs in a copy beside its keys; `g` is its number."""


class Seed:
    """`items` open items over forty bureaus: half to be claimed, a quarter held by a handler, a quarter with the heads."""

    @transaction.atomic
    def __init__(self, items: int) -> None:
        self.blocks = -(-items // (MADE * SHARES))
        self.today = today()
        root = Bureau.add_root(name="区政府", kind=BureauKind.BUREAU)
        self.bureaus = [root.add_child(name=f"单位{n}", kind=BureauKind.BUREAU) for n in range(BUREAUS)]
        self.handlers = [
            self._person("handler", n, bureau, Role.HANDLER) for n, bureau in enumerate(self.bureaus)
        ]
        self.heads = [self._person("head", n, bureau, Role.HEAD) for n, bureau in enumerate(self.bureaus)]
        self.plans = [self._plan(n) for n in range(PLANS)]
        self.supervisor = self._supervisor()

    def _person(self, post: str, n: int, bureau: Bureau, role: Role) -> User:
        person = User.objects.create(username=f"seed-{post}-{n}", name=f"{bureau.name}{post}", password="!")
        Membership.objects.create(user=person, bureau=bureau, since=SINCE)
        grants.appoint(person, role, ScopeKind.BUREAU, bureau, SINCE, None)
        return person

    def _supervisor(self) -> User:
        person = User.objects.create(username="seed-supervisor", name="督查员", password="!")
        for plan in self.plans[:5]:
            grants.appoint(person, Role.SUPERVISOR, ScopeKind.PLAN, plan, SINCE, None)
        return person

    def _plan(self, n: int) -> Plan:
        return Plan.objects.create(
            code=f"S{n}",
            title=f"方案{n}",
            source_hash=f"seed-{n}",
            period_start=SINCE,
            period_end=self.today + timedelta(days=400),
            issuer=self.bureaus[0],
            supervision_office=self.bureaus[0],
            state=PlanState.ON_LEDGER,
        )

    def fill(self) -> None:
        """Measures, cycles, shares, runs and items: a few made here, and the rest copied from them by the database."""
        sections = [
            Section.objects.create(plan=plan, number="一", title="行动计划", position=1)
            for plan in self.plans
        ]
        measures = _kept(self._measure(n, sections) for n in range(MADE))
        cycles = _kept(self._cycle(measure) for measure in measures)
        shares = _kept(self._share(n, measures[n // SHARES]) for n in range(MADE * SHARES))
        parts = _kept(self._part(share, cycles[n // SHARES]) for n, share in enumerate(shares))
        parents = _kept(self._run(share, None) for share in shares[::SHARES])
        runs = _kept(self._run(share, parents[n // SHARES]) for n, share in enumerate(shares))
        items = _kept(self._item(n, run) for n, run in enumerate(runs))
        with transaction.atomic():
            _hasten()
            for made in (measures, cycles, shares, parts, parents + runs, items):
                self._copy(made)
        with connection.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
            cursor.execute("reset statement_timeout")

    def _copy(self, made: Sequence[Model]) -> None:
        """Copy the rows as often as it takes; their keys, and those of what else was made here, move on by a step."""
        model, quote = type(made[0]), connection.ops.quote_name
        fields = model._meta.concrete_fields
        columns = ", ".join(quote(field.column) for field in fields)
        values = ", ".join(CHANGES.get((model, field.name), _moved(field)) for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f"insert into {quote(model._meta.db_table)} ({columns}) select {values}"
                f" from {quote(model._meta.db_table)}, generate_series(1, %s) g where id between %s and %s",
                [self.blocks - 1, made[0].pk, made[-1].pk],
            )

    def _measure(self, n: int, sections: list[Section]) -> Measure:
        section = sections[n % PLANS]
        return Measure(
            plan_id=section.plan_id,
            section=section,
            code=f"S{n % PLANS}-{n}",
            position=n // PLANS + 1,
            title=f"第{n}项举措，内容与责任单位见任务清单",
            kind=MeasureKind.DATED,
            due=self._due(n),
            state=MeasureState.IN_PROGRESS,
            shares_total=SHARES,
            shares_open=SHARES,
            dispatched_on=self.today,
        )

    def _due(self, n: int) -> date:
        return self.today + timedelta(days=n * 7 % 300 - 30)

    def _cycle(self, measure: Measure) -> Cycle:
        due = measure.due or self.today
        return Cycle(
            measure=measure,
            index=1,
            period_start=SINCE,
            period_end=max(due, SINCE),
            share_due=due,
            due=due,
            working_days=60,
            is_current=True,
            is_last=True,
        )

    def _share(self, n: int, measure: Measure) -> Share:
        place = (n // SHARES + 11 * (n % SHARES)) % BUREAUS
        return Share(
            measure=measure,
            plan_id=measure.plan_id,
            bureau=self.bureaus[place],
            is_lead=n % SHARES == 0,
            state=_stage(n)[0],
            dispatched_on=self.today,
        )

    def _part(self, share: Share, cycle: Cycle) -> ShareCycle:
        return ShareCycle(share=share, cycle=cycle, due=cycle.share_due, working_days=60)

    def _run(self, share: Share, parent: Run | None) -> Run:
        """The share's run under `parent`, or (None) its measure's."""
        return Run(
            flow_class=MeasureFlow if parent is None else ShareFlow,
            measure=share.measure,
            share=None if parent is None else share,
            bureau_id=share.bureau_id,
            parent=parent,
            created=now(),
        )

    def _item(self, n: int, run: Run) -> WorkItem:
        node = _stage(n)[1]
        run.holder_id = self.handlers[run.bureau_id - self.bureaus[0].pk].pk
        run.report_due = self._due(n // SHARES)
        item: WorkItem = node.build(run)
        item.due = self._due(n // SHARES + n % 5)
        return item


def _hasten() -> None:
    """Copy without a limit of time and, where the server lets us, without looking each foreign key up: copies of rows
    that are right are right.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        cursor.execute("select usesuper from pg_user where usename = current_user")
        if (cursor.fetchone() or (False,))[0]:
            cursor.execute("set local session_replication_role = replica")


def _stage(n: int) -> tuple[str, Any]:
    """State of the share and node of its item: by turns accept, fill, accept, review."""
    stages = (
        (ShareState.ASSIGNED, ShareFlow.accept),
        (ShareState.IN_PROGRESS, ShareFlow.fill),
        (ShareState.ASSIGNED, ShareFlow.accept),
        (ShareState.REPORTED, ShareFlow.review),
    )
    return stages[(n // SHARES // BUREAUS + n) % 4]


def _kept(rows: Iterable[M]) -> list[M]:
    """The rows, stored."""
    made = list(rows)
    return type(made[0])._default_manager.bulk_create(made)


def _moved(field: Any) -> str:
    """The column's value in a copy."""
    column = connection.ops.quote_name(field.column)
    is_made_here = field.primary_key or field.related_model in MADE_HERE
    return f"{column} + g * {STEP}" if is_made_here else column
