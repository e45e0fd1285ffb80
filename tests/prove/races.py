"""The races themselves, over HTTP: each says what must hold after it, whatever came first."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.prove.browser import Answer, Crowd, Person
from tests.prove.race_world import PASSWORD
from tests.prove.served import Served

Account = Callable[[], dict[str, Any]]
SEED = 20260301


@dataclass(slots=True)
class Figures:
    """What was raced, how often, and how long it took."""

    lines: list[str] = field(default_factory=list)

    def took(self, what: str, began: float, requests: int) -> None:
        """Note one race."""
        seconds = time.monotonic() - began
        self.lines.append(
            f"{what}: {requests} requests in {seconds:.1f} s ({requests / seconds:.0f} a second)"
        )


@dataclass(slots=True)
class Field:
    """The served ledger, its people, and what its database says (`account`)."""

    stage: dict[str, Any]
    account: Account
    crowd: Crowd
    head: Person
    again: list[Person]
    chance: random.Random
    figures: Figures = field(default_factory=Figures)


def enter(served: Served, stage: dict[str, Any], account: Account, seed: int = SEED) -> Field:
    """Let everybody sign in through the page, all at once; who holds the reports has three more browsers."""
    people = [Person(served.port, username, name) for username, name in stage["people"].items()]
    (head,) = [Person(served.port, username, name) for username, name in stage["head"].items()]
    again = [Person(served.port, people[0].username, people[0].name) for _ in range(3)]
    chance = random.Random(seed)
    field_ = Field(stage, account, Crowd(people), head, again, chance)
    began = time.monotonic()
    everybody = Crowd([*people, head, *again])
    everybody.each(lambda person: person.sign_in(PASSWORD))
    everybody.close()
    field_.figures.took("sign-in through the page", began, 2 * (len(people) + 4))
    return field_


def at(place: dict[str, Any], verb: str = "", run: int | None = None) -> str:
    """The address of a work item, or of what can be done with it; `run` puts another process into it."""
    return f"/work/{place['run'] if run is None else run}/{place['item']}/{verb}"


def a_wrong_process_is_refused(ground: Field) -> None:
    """The item's id under another run's: 404 for who could take it under its own, and nothing changed."""
    before = ground.account()
    places = [*ground.stage["claim"], *ground.stage["accept"]]
    began, asked = time.monotonic(), 0
    for place, other in zip(places, [*places[1:], places[0]], strict=True):
        person = ground.chance.choice(ground.crowd.people)
        for run in (other["run"], 0, 10**9):
            answers = [
                person.get(at(place, run=run)),
                person.post(at(place, "claim/", run=run)),
                person.post(at(place, run=run), {"decision": "accept"}),
                person.post(at(place, "release/", run=run)),
                person.post(at(place, "hand-over/", run=run), {"to": "1"}),
            ]
            asked += len(answers)
            assert [answer.status for answer in answers] == [404] * len(answers)
            assert not [answer for answer in answers if place["code"] in answer.page]
    ground.figures.took("a wrong process in the address", began, asked)
    after = ground.account()
    assert (after["digest"], after["events"]) == (before["digest"], before["events"])


def one_claims(ground: Field) -> None:
    """Everybody claims the same item at once, item by item."""

    def claim(place: dict[str, Any]) -> Callable[[Person], Answer]:
        return lambda person: person.post(at(place, "claim/"))

    winners = _exactly_one_wins(ground, "claim", claim)
    told = ground.account()
    for place, winner in winners:
        assert told["owner"][str(place["item"])] == winner.username
        _trail_counts(ground, told, place, "item.claim")
        assert told["state"][place["code"]] == "assigned"
    assert told["astray"] == []


def one_accepts(ground: Field) -> None:
    """Everybody carries the unclaimed acceptance out at once, without claiming it first."""

    def accept(place: dict[str, Any]) -> Callable[[Person], Answer]:
        return lambda person: person.post(at(place), {"decision": "accept"})

    winners = _exactly_one_wins(ground, "accept", accept)
    told = ground.account()
    for place, winner in winners:
        next_item = told["open"][place["code"]]
        assert told["owner"][str(place["item"])] == winner.username
        assert told["owner"][str(next_item[1])] == winner.username  # whoever accepted holds the report
        assert told["state"][place["code"]] == "in_progress"
        assert told["events"][f"{place['code']} share.accept done"] == 1
    assert told["astray"] == []


def _exactly_one_wins(
    ground: Field, race: str, act: Callable[[dict[str, Any]], Callable[[Person], Answer]]
) -> list[tuple[dict[str, Any], Person]]:
    """Each item of the race with its winner; all others were told who that is, and nobody met an error."""
    winners, statuses, began = [], Counter[int](), time.monotonic()
    for place in ground.stage[race]:
        ground.chance.shuffle(ground.crowd.people)
        answers = ground.crowd.each(act(place))
        statuses.update(answer.status for answer in answers)
        outcome = list(zip(ground.crowd.people, answers, strict=True))
        won = [person for person, answer in outcome if answer.status == 302]
        assert len(won) == 1, (place, Counter(answer.status for answer in answers))
        told = [answer for person, answer in outcome if person is not won[0]]
        assert {answer.status for answer in told} == {409}, (place, statuses)
        assert not [answer for answer in told if won[0].name not in answer.page], place
        winners.append((place, won[0]))
    people, rounds = len(ground.crowd.people), len(ground.stage[race])
    assert statuses == {302: rounds, 409: rounds * (people - 1)}
    ground.figures.took(f"{race}: {people} people, {rounds} times", began, people * rounds)
    ground.figures.lines.append(
        f"  statuses {dict(statuses)}; {len({w.username for _, w in winners})} different winners"
    )
    return winners


def _trail_counts(ground: Field, told: dict[str, Any], place: dict[str, Any], action: str) -> None:
    losers = len(ground.crowd.people) - 1
    assert told["events"][f"{place['code']} {action} done"] == 1
    assert told["events"][f"{place['code']} {action} refused"] == losers


def submit_against_withdraw(ground: Field) -> None:
    """The holder submits twice and withdraws twice at once, from four browsers: the verbs take turns."""
    browsers = [next(p for p in ground.crowd.people if p.username == ground.again[0].username), *ground.again]
    four, statuses, began = Crowd(browsers), Counter[str](), time.monotonic()
    taken: dict[str, tuple[int, int]] = {}
    for place in ground.stage["report"]:
        acts = [_submit(place), _submit(place), _withdraw(place), _withdraw(place)]
        order = ground.chance.sample(range(4), 4)
        answers = four.at_once([(browsers[n], acts[n]) for n in order])
        by_act = dict(zip(order, answers, strict=True))
        statuses.update(
            f"{'submit' if n < 2 else 'withdraw'} {answer.status}" for n, answer in by_act.items()
        )
        assert {answer.status for answer in answers} <= {302, 409}, (place, statuses)
        won = [n for n, answer in by_act.items() if answer.status == 302]
        taken[place["code"]] = (len([n for n in won if n < 2]), len([n for n in won if n >= 2]))
    four.close()
    told = ground.account()
    for code, (submitted, withdrawn) in taken.items():
        assert submitted >= 1
        assert submitted - withdrawn == (told["state"][code] == "reported"), (code, submitted, withdrawn)
        assert told["events"][f"{code} share.submit done"] == submitted
        assert told["events"].get(f"{code} share.withdraw done", 0) == withdrawn
    assert told["astray"] == []
    ground.figures.took(f"submit against withdraw, {len(taken)} times", began, 4 * len(taken))
    ground.figures.lines.append(f"  {dict(sorted(statuses.items()))}")


def approve_against_withdraw(ground: Field) -> None:
    """The head approves while the submitter withdraws: one of the two happens."""
    holder = next(p for p in ground.crowd.people if p.username == ground.again[0].username)
    told = ground.account()
    for place in ground.stage["report"]:
        if told["state"][place["code"]] != "reported":
            place["run"], place["item"] = told["open"][place["code"]]
            assert _submit(place)(holder).status == 302
    told, outcomes, began = ground.account(), {}, time.monotonic()
    two = Crowd([ground.head, holder])
    for place in ground.stage["report"]:
        run, item = told["open"][place["code"]]
        approve = _approve(run, item)
        approved, withdrawn = two.at_once([(ground.head, approve), (holder, _withdraw(place))])
        outcomes[place["code"]] = (approved.status, withdrawn.status)
        assert sorted(outcomes[place["code"]]) == [302, 409], (place, outcomes)
    two.close()
    told = ground.account()
    for code, (approved_status, _) in outcomes.items():
        assert told["state"][code] == ("verified" if approved_status == 302 else "in_progress")
    assert told["astray"] == []
    ground.figures.took(f"approve against withdraw, {len(outcomes)} times", began, 2 * len(outcomes))
    ground.figures.lines.append(f"  (approve, withdraw): {dict(Counter(outcomes.values()))}")


def _submit(place: dict[str, Any]) -> Callable[[Person], Answer]:
    return lambda person: person.post(at(place), {"decision": "submit", "progress": "已完成"})


def _withdraw(place: dict[str, Any]) -> Callable[[Person], Answer]:
    return lambda person: person.post(f"/measures/{place['code']}/shares/{place['share']}/withdraw/")


def _approve(run: int, item: int) -> Callable[[Person], Answer]:
    return lambda person: person.post(f"/work/{run}/{item}/", {"decision": "approve", "opinion": "同意"})


RACES = (
    a_wrong_process_is_refused,
    one_claims,
    one_accepts,
    submit_against_withdraw,
    approve_against_withdraw,
)


def run_all(ground: Field, served: Served) -> Figures:
    """Every race in turn; the server met no error in any of them."""
    try:
        for race in RACES:
            race(ground)
    finally:
        ground.crowd.close()
    printed = served.printed()
    assert "Traceback" not in printed, printed[-3000:]
    assert "Internal Server Error" not in printed, printed[-3000:]
    return ground.figures
