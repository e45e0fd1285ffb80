"""Who and what the sample's story is about, and who of each pair acts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.models import Bureau, User
from workflow.management.sample.bureaus import UNITS
from workflow.management.sample.diary import Diary, drawn
from workflow.management.sample.period import Period
from workflow.management.sample.words import MeasureWords
from workflow.models import Engagement, Measure, Plan

LETTERS = {unit.name: unit.letters for unit in UNITS}
TURNS = (1, 2, 2, 1)
"""Which handler takes a bureau's next share."""


@dataclass(slots=True)
class World:
    """The plan with its people; measures by key ("02-04"), bureaus by name, people by user name.

    `engagements` are there once the diary has come to them, by the agency's name; `turns` counts the shares of each
    bureau, whose two handlers take them in turn.
    """

    period: Period
    diary: Diary
    plan: Plan
    measures: Mapping[str, Measure]
    bureaus: Mapping[str, Bureau]
    people: Mapping[str, User]
    words: Mapping[str, MeasureWords]
    engagements: dict[str, Engagement] = field(default_factory=dict)
    turns: Counter[str] = field(default_factory=Counter)

    def next_handler(self, bureau: str) -> User:
        """The one of the bureau's two handlers whose turn it is."""
        turn = self.turns[bureau] % len(TURNS)
        self.turns[bureau] += 1
        return self.people[f"{LETTERS[bureau]}.jb{TURNS[turn]}"]

    def head(self, bureau: str, key: str) -> User:
        """The one of the bureau's two heads who answers for the measure."""
        return self.people[f"{LETTERS[bureau]}.fz{1 + drawn(f'{bureau}{key}', 2)}"]

    def supervisor(self, key: str) -> User:
        """The supervisor who looks after the measure."""
        return self.people[f"ducha{1 + drawn(f'督查{key}', 2)}"]

    def approver(self, key: str) -> User:
        """The leader in charge of the measure."""
        return self.people[f"fenguan{1 + drawn(f'分管{key}', 2)}"]
