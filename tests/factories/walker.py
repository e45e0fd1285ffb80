"""Somebody who does anything at random: legal and illegal actions by fit and unfit people, on whatever there is."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import BureauKind, User
from accounts.roles import Role
from flows.models import WorkItem
from flows.work import claim, hand_over, perform, release
from tests.factories.cast import Cast, appoint
from tests.factories.clock import Clock
from tests.factories.plans import EngagementFactory, Line, Promise, on_ledger
from tests.factories.road import ALL_HOLD, fresh
from workflow.actions import closure, consolidation, cycles, dispatch, evaluation, people, preparation
from workflow.actions import shares as of_shares
from workflow.actions.drafts import save_draft
from workflow.actions.evidence import add_evidence
from workflow.actions.reporting import ReadingInput
from workflow.actions.verification import rework_measure, verify_measure
from workflow.models import Measure, Share, Target
from workflow.routing import Verb
from workflow.rules.refusal import Refused

DUE = date(2026, 11, 30)


class Walker:
    """Walks over one plan with measures of every kind. `done` and `refused` count what came of each act."""

    def __init__(self, cast: Cast, clock: Clock, dice: random.Random) -> None:
        self.cast, self.clock, self.dice = cast, clock, dice
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.doing = ""
        lead, *others = (cast.bureau(f"单位{n}") for n in range(4))
        self.bureaus = [lead, *others]
        self.plan = on_ledger(
            cast,
            Line(lead, due=DUE),
            Line(lead, others, due=DUE, evaluation="last", targets=[Promise(every_share=True)]),
            Line(others[0], [lead], cycle="quarter", targets=[Promise(), Promise("x", "<", Decimal(5))]),
            Line(others[1], [lead], cycle="year", evaluation="every"),
        )
        self.engagements = [
            EngagementFactory(plan=self.plan, agency=cast.agency),
            EngagementFactory(plan=self.plan, agency=cast.bureau("下属中心", BureauKind.AGENCY, under=lead)),
        ]
        self.people = self._people()
        self.acts: list[Callable[[], Any]] = [
            getattr(self, name) for name in dir(self) if name.startswith("do_")
        ]

    def _people(self) -> list[User]:
        """Two of most posts, some with two roles, one supervisor and one approver of a bureau with shares."""
        cast, plan = self.cast, self.plan
        both = cast.handler(self.bureaus[0])
        appoint(both, Role.HEAD, self.bureaus[0])
        double = cast.supervisor(plan, 2)
        appoint(double, Role.APPROVER, plan)
        return [
            *(cast.handler(bureau, n) for bureau in self.bureaus for n in (1, 2)),
            *(cast.head(bureau) for bureau in self.bureaus),
            cast.supervisor(plan),
            double,
            cast.supervisor(plan, 3, bureau=self.bureaus[1]),
            cast.approver(plan),
            cast.approver(plan, 2, bureau=self.bureaus[2]),
            *(cast.evaluator(engagement) for engagement in self.engagements),
            cast.auditor(plan),
            cast.observer(plan),
            cast.stranger(),
            cast.administrator(),
        ]

    def walk(self, steps: int, after_each: Callable[[], None]) -> None:
        """So many steps; anything but a refusal goes on to the caller."""
        for _ in range(steps):
            act = self._ahead if self.dice.random() < 0.6 else self.dice.choice(self.acts)
            self.doing = act.__name__.removeprefix("do_")
            try:
                act()
                self.done[self.doing] += 1
            except Refused as refusal:
                if not str(refusal):
                    raise AssertionError(f"{refusal.code} has no sentence") from refusal
                self.refused[refusal.code] += 1
            after_each()

    def somebody(self) -> User:
        """Anybody of the cast."""
        return self.dice.choice(self.people)

    def measure(self) -> Measure:
        """Any measure of the plan."""
        return fresh(self.dice.choice(list(self.plan.measures.all())))

    def share(self) -> Share:
        """Any share; where there is none yet, a measure is dispatched first."""
        shares = list(Share.objects.select_related("bureau", "measure").filter(plan=self.plan))
        if shares:
            return self.dice.choice(shares)
        dispatch.dispatch_measure(self.measure(), by=self.cast.supervisor(self.plan))
        return self.share()

    def item(self, **where: Any) -> WorkItem | None:
        """Any work item of the plan, open or done, as far as there is one."""
        items = WorkItem.objects.filter(measure__plan=self.plan, **where)
        found = list(items.select_related("owner", "process", "measure__plan", "share"))
        return self.dice.choice(found) if found else None

    def _any_item(self) -> WorkItem:
        self.share()
        return self.item()  # type: ignore[return-value]

    def reason(self) -> str:
        """A reason, or none."""
        return self.dice.choice(["补充材料", "补充材料", " "])

    def named(self, measure: Measure) -> list[int]:
        """Some shares of a measure, or none, or one of another."""
        keys = list(measure.shares.values_list("pk", flat=True)) or [0]
        return self.dice.choice([keys[:1], keys[-1:], keys, [], [self.share().pk]])

    def readings(self, share: Share) -> list[ReadingInput]:
        """Mostly what is asked for; now and then too little, or nonsense."""
        targets = Target.objects.filter(measure=share.measure)
        value = self.dice.choice([Decimal(99), Decimal(99), Decimal(1), None, Decimal("NaN")])
        wanted = [t for t in targets if share.is_lead or t.every_share or self.dice.random() < 0.1]
        return [ReadingInput(t.pk, Decimal(1) if t.comparator == "<" else value, reason="") for t in wanted]

    def _ahead(self) -> None:
        """Carry out an open item as its people would, so that walks get anywhere."""
        if self.plan.measures.filter(state="draft").exists() and self.dice.random() < 0.5:
            self.do_dispatch()
            return
        item = self.item(finished=None)
        if item is None:
            self.do_dispatch()
            return
        by = item.owner or self.dice.choice(self._fit(item))
        if item.owner is None and item.flow_task.held:
            item = claim(item, by=by)
        verb = self.doing = self.dice.choice(sorted(item.flow_task.verbs))
        perform(item, by=by, verb=verb, **self._particulars(item, verb))

    def _fit(self, item: WorkItem) -> list[User]:
        """Who holds the item's role in its scope, as far as appointments say."""
        scope = item.bureau_id or item.plan_id or item.engagement_id
        return [p for p in self.people if p.appointments.filter(role=item.role, scope_id=scope).exists()]

    def _particulars(self, item: WorkItem, verb: str) -> dict[str, Any]:
        measure = fresh(item.measure)
        return {
            Verb.SUBMIT: lambda: {
                "progress": "已完成",
                "readings": self.readings(item.share or self.share()),
            },
            Verb.SEND_BACK: lambda: {"reason": "补"},
            Verb.DRAFT: lambda: {"summary": "汇总"},
            Verb.RETURN_DRAFT: lambda: {"reason": "补"},
            Verb.VERIFY: lambda: {"checklist": ALL_HOLD},
            Verb.REWORK: lambda: {"shares": self.named(measure), "reason": "补"},
            Verb.ENGAGE: lambda: {"engagement": self.dice.choice(self.engagements)},
            Verb.SCORE: lambda: {
                "score": self.dice.choice([Decimal(90), Decimal(70), Decimal(30)]),
                "opinion": "属实",
                "declared_independent": True,
                "shares": self.dice.choice([[], self.named(measure)]),
            },
        }.get(Verb(verb), dict)()

    def do_time(self) -> None:
        """Days pass."""
        self.clock.wait(self.dice.randint(1, 10))

    def do_dispatch(self) -> None:
        """交办."""
        by = self.dice.choice([self.cast.supervisor(self.plan), self.somebody()])
        if self.dice.random() < 0.2:
            dispatch.dispatch_plan(self.plan, by=by)
        else:
            dispatch.dispatch_measure(self.measure(), by=by)

    def do_claim(self) -> None:
        """Claim."""
        claim(self._any_item(), by=self.somebody())

    def do_release(self) -> None:
        """Give back."""
        item = self._any_item()
        release(item, by=item.owner or self.somebody())

    def do_hand_over(self) -> None:
        """Hand over, mostly by a head."""
        by = self.dice.choice([self.cast.head(self.dice.choice(self.bureaus)), self.somebody()])
        hand_over(self._any_item(), to=self.somebody(), by=by)

    def do_perform(self) -> None:
        """Any decision on any item."""
        item, verb = self._any_item(), self.dice.choice(list(Verb))
        perform(item, by=self.somebody(), verb=verb, **self._particulars(item, verb))

    def do_accept(self) -> None:
        """签收."""
        of_shares.accept_share(self.share(), by=self.somebody())

    def do_force_accept(self) -> None:
        """强制签收."""
        of_shares.force_accept(self.share(), by=self.somebody(), reason=self.reason())

    def do_submit(self) -> None:
        """报送."""
        share = self.share()
        of_shares.submit_report(
            share, by=self.somebody(), progress=self.reason(), readings=self.readings(share)
        )

    def do_withdraw(self) -> None:
        """撤回, mostly by who submitted."""
        share = self.share()
        holder = WorkItem.objects.filter(share=share, owner__isnull=False).order_by("-pk").first()
        of_shares.withdraw_report(share, by=holder.owner if holder else self.somebody())  # type: ignore[arg-type]

    def do_approve(self) -> None:
        """审核."""
        of_shares.approve_report(self.share(), by=self.somebody())

    def do_send_back(self) -> None:
        """退回, mostly by a head of the lead."""
        share = self.share()
        lead = share.measure.shares.select_related("bureau").get(is_lead=True)
        by = self.dice.choice([self.cast.head(lead.bureau), self.somebody()])
        of_shares.send_back(share, by=by, reason=self.reason())

    def do_write(self) -> None:
        """Somebody types into a draft, and uploads a file."""
        share, by = self.share(), self.somebody()
        save_draft("share.submit", share.pk, by=by, data={"progress": "草"})
        add_evidence(share, by=by, name="a.txt", content=ContentFile(b"x"), grade="C")

    def do_sign(self) -> None:
        """汇总 and 签发."""
        consolidation.draft_consolidation(self.measure(), by=self.somebody(), summary=self.reason())
        consolidation.sign_consolidation(self.measure(), by=self.somebody())

    def do_verify(self) -> None:
        """核查."""
        verify_measure(self.measure(), by=self.somebody(), checklist=self.dice.choice([ALL_HOLD, {}]))

    def do_rework(self) -> None:
        """退回 of a measure, mostly by an approver."""
        measure = self.measure()
        by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
        rework_measure(measure, by=by, shares=self.named(measure), reason=self.reason())

    def do_miss(self) -> None:
        """漏报, mostly by a supervisor."""
        by = self.dice.choice([self.cast.supervisor(self.plan), self.somebody()])
        cycles.miss_cycle(self.measure(), by=by, reason=self.reason())

    def do_engage(self) -> None:
        """评估委托."""
        engagement = self.dice.choice(self.engagements)
        evaluation.engage_evaluation(
            self.measure(), by=self.cast.supervisor(self.plan), engagement=engagement
        )

    def do_waive(self) -> None:
        """豁免."""
        by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
        if self.dice.random() < 0.5:
            evaluation.waive_evaluation(self.measure(), by=by, reason=self.reason())
        else:
            target = self.dice.choice(list(Target.objects.filter(measure__plan=self.plan)))
            preparation.waive_target(target, by=by, reason=self.reason())

    def do_close(self) -> None:
        """销号."""
        by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
        closure.close_measure(self.measure(), by=by)

    def do_reopen(self) -> None:
        """重新挂账, mostly by an approver."""
        measure = self.measure()
        by = self.dice.choice([self.cast.approver(self.plan), self.somebody()])
        closure.reopen_measure(measure, by=by, shares=self.named(measure), reason=self.reason(), basis="审计")

    def do_leave(self) -> None:
        """Somebody leaves, and another time comes back."""
        person, by = self.somebody(), self.cast.administrator()
        if User.objects.get(pk=person.pk).is_active and self.dice.random() < 0.3:
            people.deactivate_person(person, by=by)
        else:
            people.activate_person(person, by=by)
