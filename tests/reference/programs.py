"""Programs of random steps, legal and illegal alike, on the model and on the real thing."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.factories.clock import Clock
from tests.factories.scale import IS_PROVING
from tests.factories.soundness import assert_sound
from tests.reference.comparing import kind_of, model_standing, real_standing, take_dates
from tests.reference.model import Model
from tests.reference.things import Kind, Person
from tests.reference.world import BUREAUS, END, SHAPES, Real, World
from workflow.actions.suspension import last_day
from workflow.queries.rules import calendar
from workflow.rules.refusal import Refused

BEGINNING = date(2026, 5, 6)
Given = dict[str, Any]
AHEAD = (
    *("accept", "submit", "approve", "consolidate", "sign", "verify", "engage", "score", "close"),
    *("dispatch", "resume", "claim_share", "sign_request", "grant_request"),
)
"""The straight road; most legal steps look there first, so that programs get anywhere."""
WEIGHTS = {
    **dict.fromkeys(["raise_request", "withdraw"], 5),
    **dict.fromkeys(["raise_objection", "decide_objection", "reopen", "to_routine"], 5),
    **dict.fromkeys(["force_accept", "send_back", "rework", "return_draft", "waive_evaluation"], 4),
    **dict.fromkeys(["miss_cycle", "reject_request", "claim_measure", "claim_request", "pass_on"], 3),
    **dict.fromkeys(["decline_request", "withdraw_request", "release_share", "hand_over", "reply"], 2),
    **dict.fromkeys(["end_share", "change_lead", "add_bureau", "waive_target"], 1),
    **dict.fromkeys(["suspend", "instruct"], 0.5),
    "cancel": 0.05,
    **dict.fromkeys(AHEAD, 3),
}
VERBS = tuple(WEIGHTS)


class Programs(RuleBasedStateMachine):
    """One measure from its dispatch to wherever the steps lead; `world` and `clock` are set by the test."""

    world: ClassVar[World]
    clock: ClassVar[Clock]
    done: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[tuple[str, Kind]]] = Counter()
    asked: ClassVar[set[tuple[str, Kind]]] = set()
    moves: ClassVar[Counter[tuple[str, str, str, str]]] = Counter()
    count: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom._from_testcase = True  # type: ignore[attr-defined]  # actions are durable
        self.atom.__enter__()
        self.clock.to(BEGINNING)

    @classmethod
    def forget(cls) -> None:
        """Count anew."""
        for counted in (cls.done, cls.refused, cls.moves, cls.count, cls.asked):
            counted.clear()  # type: ignore[attr-defined]

    @initialize(shape=st.sampled_from(SHAPES))
    def begin(self, shape: Any) -> None:
        """A measure of some shape in preparation."""
        days = calendar().add_working_days
        self.model = Model(shape, days, END, self.world.kin)
        self.real = Real(self.world, shape)
        self.people = self.world.people[shape.name]
        self.turn = 0
        self.count["programs"] += 1

    @rule(dice=st.integers(0, 2**24))
    def step(self, dice: int) -> None:
        """Somebody does something: mostly what may be done, now and then anything, or days pass."""
        self.turn += 1
        self.dice = random.Random(f"{dice} {self.turn}")  # Hypothesis likes to draw the same number again
        way = self.dice.randrange(10)
        self.model.today = self.clock.today
        self.count["steps"] += 1
        if way == 9:
            self.clock.wait(self.dice.choice([1, 1, 2, 3, 6]))
            return
        take_dates(self.real, self.model)
        verb, by, given = self._legal() if way < 7 else self._any()
        if given is not None:
            self._both(verb, by, given)

    def _legal(self) -> tuple[str, Person, Given | None]:
        is_ahead = self.dice.random() < 0.6
        for n in range(60):
            (verb,) = self.dice.choices(VERBS, WEIGHTS.values())
            verb = self.dice.choice(AHEAD) if is_ahead and n < 30 else verb
            given = self._given(verb, good=True)
            if given is None:
                continue
            fit = [one for one in self.people if not self.model.why_not(verb, one, **given)]
            if fit:
                return verb, self.dice.choice(fit), given
        return self._any()

    def _any(self) -> tuple[str, Person, Given | None]:
        """Anything by anybody; mostly what one kind of refusal alone stands against, each kind as often as the others."""
        wanted, is_near = {self.dice.choice(list(Kind))}, self.dice.random() < 0.8
        for _ in range(15):
            verb, by = self.dice.choice(VERBS), self.dice.choice(self.people)
            given = self._given(verb, good=self.dice.random() < 0.5)
            if given is None:
                continue
            near = [one for one in self.people if self.model.why_not(verb, one, **given) == wanted]
            if near or not is_near:
                return verb, self.dice.choice(near or [by]), given
        return verb, by, given

    def _both(self, verb: str, by: Person, given: Given) -> None:
        why = self.model.why_not(verb, by, **given)
        self.asked.update((verb, kind) for kind in self.model.asks)
        told = f"{verb} by {by.name} with {given} on {self.model.shape.name}"
        kind = self._tried(verb, by, given)
        if kind is None:
            assert not why, f"{told}: done, the model refuses it: {why}"
            self.model.do(verb, by, **given)
            self.done[verb] += 1
        else:
            assert kind in why, f"{told}: refused as {kind}, the model says {why or 'allowed'}"
            self.refused[verb, kind] += 1
        real, model = real_standing(self.real), model_standing(self.model)
        apart = {key: (real[key], model[key]) for key in real if real[key] != model[key]}
        assert not apart, f"{told}, as (real, model): {apart}"

    def _tried(self, verb: str, by: Person, given: Given) -> Kind | None:
        """What the real thing refuses it as; None where it is done."""
        try:
            self.real.act(verb, by, given, self.model)
        except Refused as refusal:
            return kind_of(refusal)
        return None

    def teardown(self) -> None:
        """The database is sound, which the suite asks after every third program; then everything is taken back."""
        try:
            if IS_PROVING or self.count["programs"] % 3 == 0:
                assert_sound()
            self.moves.update(self.model.moves)
        finally:
            transaction.set_rollback(True)
            self.atom.__exit__(None, None, None)

    def _given(self, verb: str, good: bool) -> Given | None:
        """Particulars for a verb; None where there is nothing to do it to."""
        dice, model = self.dice, self.model
        words = {"reason": "补", "text": "已完成", "basis": "审计", "grounds": "不符"}
        makers: dict[str, Callable[[], Any]] = {
            "share": lambda: self._some(model.shares),
            "request": lambda: self._some(model.requests),
            "about": lambda: self._some(model.conclusions),
            "objection": lambda: self._some(model.objections),
            "instruction": lambda: self._some(model.instructions),
            "met": lambda: dice.choice([True, True, True, False] if good else [True, None]),
            "checklist": lambda: good,
            "declared": lambda: good or dice.random() < 0.5,
            "upheld": lambda: dice.random() < 0.5,
            "score": lambda: dice.choice([90, 70, 30] if good else [90, 101, -1, 30]),
            "shares": self._bureaus,
            "bureau": lambda: dice.choice(BUREAUS),
            "agency": lambda: dice.choice(["agency", "agency", "kin"]),
            "outcome": lambda: dice.choice(["waived", "dropped"] if good else ["waived", "done"]),
            "kind": lambda: dice.choice(["extension", "refusal", "transfer", "coordination"]),
            "to": lambda: dice.choice(self.people),
            "issuer": lambda: dice.choice(["批复", ""]),
        }
        given: Given = {}
        for name in NEEDS.get(verb, ()):
            value = words[name] if name in words and good else None
            value = (
                (dice.choice([words[name], " ".strip()]) if value is None else value)
                if name in words
                else makers[name]()
            )
            if value is None and name != "met":
                return None
            given[name] = value
        return self._rest(verb, given, good)

    def _rest(self, verb: str, given: Given, good: bool) -> Given | None:
        """What depends on the particulars chosen before; None for what makes no sense to try."""
        more = {
            "raise_request": lambda: {"wanted": self._wanted(given)},
            "suspend": self._until,
            "end_share": lambda: {"lead": self._next_lead(given)},
            "grant_request": lambda: {"bureau": self._taker(given)},
            "reply": lambda: {"bureau": self._some(given["instruction"].owing)},
        }.get(verb, dict)
        is_idle = {
            "claim_share": lambda: good and (given["share"].owner or given["share"].state != "in_progress"),
            "waive_target": lambda: not self.model.target,
            "claim_measure": lambda: not self.model.step,
        }.get(verb, bool)
        return None if is_idle() else {**given, **more()}

    def _wanted(self, given: Given) -> date:
        days = self.dice.choice([0, 5, 10, 15, 16, 30, 60])
        return calendar().add_working_days(max(given["share"].due, BEGINNING), days)

    def _until(self) -> Given:
        today = self.model.today
        days = self.dice.choice([-1, 0, 3, 9, 20, 400])
        return {"limit": last_day(today, 6), "until": today + timedelta(days=days)}

    def _next_lead(self, given: Given) -> str:
        is_asked = given["share"].leads or self.dice.random() < 0.1
        return self.dice.choice(BUREAUS) if is_asked else ""

    def _taker(self, given: Given) -> str:
        is_asked = given["request"].kind in ("refusal", "transfer")
        return self.dice.choice([*BUREAUS, "", "", ""]) if is_asked else ""

    def _some(self, things: list[Any]) -> Any:
        return self.dice.choice(things) if things else None

    def _bureaus(self) -> list[str]:
        names = [share.bureau for share in self.model.shares]
        return self.dice.sample(names, self.dice.randint(0, len(names)))


NEEDS = {
    **dict.fromkeys(["accept", "withdraw", "approve", "claim_share", "release_share"], ("share",)),
    **dict.fromkeys(["force_accept", "send_back", "change_lead"], ("share", "reason")),
    **dict.fromkeys(["return_draft", "waive_evaluation", "waive_target", "to_routine"], ("reason",)),
    **dict.fromkeys(["miss_cycle", "suspend"], ("reason",)),
    **dict.fromkeys(["sign_request", "withdraw_request", "claim_request"], ("request",)),
    **dict.fromkeys(["decline_request", "pass_on", "reject_request"], ("request", "reason")),
    "submit": ("share", "text", "met"),
    "end_share": ("share", "outcome", "reason"),
    "add_bureau": ("bureau", "reason"),
    "consolidate": ("text",),
    "verify": ("checklist",),
    "rework": ("shares", "reason"),
    "engage": ("agency",),
    "score": ("score", "declared", "shares"),
    "cancel": ("reason", "basis"),
    "reopen": ("shares", "reason", "basis"),
    "raise_request": ("share", "kind", "reason", "bureau"),
    "grant_request": ("request", "issuer"),
    "hand_over": ("share", "to"),
    "raise_objection": ("share", "about", "grounds"),
    "decide_objection": ("objection", "upheld", "reason"),
    "instruct": ("text",),
    "reply": ("instruction", "text"),
}
