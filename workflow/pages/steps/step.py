"""The shape of a step: its template, its decisions, and why a person may not take one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from accounts.models import User
from flows.models import WorkItem
from flows.separation import people_at
from workflow.clock.now import today
from workflow.models import Draft, Measure, Share
from workflow.pages.form import LedgerForm, Words
from workflow.queries.drafts import draft_of
from workflow.queries.returns import Return
from workflow.routing import Verb
from workflow.rules.refusal import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """One way to leave a step: the verb of its node, the form that collects the particulars, and its button's words."""

    verb: Verb
    form: type[LedgerForm]
    label: Words


class Step:
    """A work item as the person who carries it out sees it.

    `decisions`: the name of the button → what it does. `draft_kind`: under which name drafts of the form
    `main` are kept, "" for none.
    """

    template: ClassVar[str]
    decisions: ClassVar[Mapping[str, Decision]]
    draft_kind: ClassVar[str] = ""
    main: ClassVar[str] = ""

    def __init__(self, item: WorkItem, person: User) -> None:
        self.item = item
        self.person = person

    @cached_property
    def people(self) -> frozenset[int]:
        """The person and, for a deputy, the head for whom they act."""
        return people_at(self.item, self.person, today(self.measure.plan.time_zone))

    @property
    def measure(self) -> Measure:
        """The measure of the item."""
        measure: Measure = self.item.measure
        return measure

    @property
    def share(self) -> Share:
        """The share of the item; only of a step that a bureau takes on its own share."""
        share: Share | None = self.item.share
        assert share is not None  # noqa: S101 - a programming error
        return share

    @property
    def thing_id(self) -> int:
        """Whose draft it is: the share's, else the measure's."""
        thing_id: int = self.item.share_id or self.item.measure_id
        return thing_id

    @cached_property
    def draft(self) -> Draft | None:
        """What was typed and not sent."""
        return draft_of(self.draft_kind, self.thing_id) if self.draft_kind else None

    def form(self, name: str, data: Mapping[str, Any] | None = None) -> LedgerForm:
        """The form of decision `name`, filled from `data`, else from the draft. Raises NotFound for another name."""
        if name not in self.decisions:
            raise NotFound("item.wrong_verb")
        kind = self.decisions[name].form
        return kind(data, initial=self.initial(name), auto_id=f"{name}-%s", **self.build_with(name))

    def initial(self, name: str) -> dict[str, Any]:
        """What the form says before anybody typed; the draft's words first."""
        typed = self.draft.data if name == self.main and self.draft is not None else {}
        return {**self.proposal(name), **typed}

    def proposal(self, name: str) -> dict[str, Any]:
        """What the form proposes when there is no draft."""
        return {}

    def build_with(self, name: str) -> dict[str, Any]:
        """What the form's constructor needs besides."""
        return {}

    def receive(self, data: QueryDict, files: MultiValueDict[str, Any]) -> None:
        """Take in the files that came with a decision; raises Invalid for one that will not do."""

    def check(self) -> None:
        """Raise the refusal that keeps this person from deciding here although the item is open to them."""

    def obstacle(self) -> str:
        """The sentence of that refusal; "" when there is none."""
        try:
            self.check()
        except Refused as refusal:
            return str(refusal)
        return ""

    def came_back(self) -> Return | None:
        """The return by which the work lies here once more; None where it is new."""
        return None

    def facts(self) -> dict[str, Any]:
        """What the step's template shows beside the forms."""
        return {}

    def forms(self, tried: LedgerForm | None = None, name: str = "") -> dict[str, LedgerForm]:
        """The form of each decision, the one just tried with its errors."""
        return {key: tried if tried is not None and key == name else self.form(key) for key in self.decisions}
