"""Work items as the inbox shows them, in groups by how near their dates are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from flows.chart import step_label
from flows.models import WorkItem
from workflow.models import Measure, Share
from workflow.queries.deadlines import days_left
from workflow.queries.item_lamps import LampSeen, measure_lamps, share_lamps
from workflow.queries.returns import Return, measure_returns, share_returns


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One work item with its step in words, the working days left, the lamp of its share or measure, and why it came
    back where it did. Of a suspended measure the dates are not counted.
    """

    item: WorkItem
    step: str
    code: str
    title: str
    bureau: str
    thing: Measure | Share
    """What the item is about: its state is shown."""
    days_left: int | None = None
    lamp: LampSeen | None = None
    came_back: Return | None = None
    work_url: str = ""
    claim_url: str = ""
    is_suspended: bool = False

    @classmethod
    def of(cls, item: WorkItem, **seen: Any) -> "ItemRow":
        """The row of `item` with what else is `seen` of it; plain words, for a list looks each of them up on every line."""
        measure = item.measure
        bureau = item.process.bureau.name
        return cls(
            item, step_label(item.node), measure.code, measure.title, bureau, item.share or measure, **seen
        )


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items whose dates are equally near."""

    label: str | Promise
    rows: list[ItemRow] = field(default_factory=list)


SOON = 5


def item_rows(items: Sequence[WorkItem], on: date) -> list[ItemGroup]:
    """The items in their order, cut into overdue, soon and later; empty groups are left out.

    At most four statements, for the lamps and for what came back, whatever the number of items.
    """
    returned = _returned(items)
    shares = share_lamps({item.share_id for item in items if item.share_id is not None}, on)
    measures = measure_lamps({item.measure_id for item in items if item.share_id is None}, on)
    groups = [ItemGroup(_("Overdue")), ItemGroup(_("Within five working days")), ItemGroup(_("Later"))]
    work, claim = _addresses("ledger:work"), _addresses("ledger:claim")
    for item in items:
        stands = item.measure.is_suspended(on)
        left = None if stands else days_left(item.due, on)
        place = 2 if left is None or left > SOON else 1 if left >= 0 else 0
        lamp = measures.get(item.measure_id) if item.share_id is None else shares.get(item.share_id)
        row = ItemRow.of(
            item,
            days_left=left,
            lamp=lamp,
            came_back=returned.get(item.pk),
            work_url=work(item),
            claim_url=claim(item),
            is_suspended=stands,
        )
        groups[place].rows.append(row)
    return [group for group in groups if group.rows]


def _addresses(page: str) -> Callable[[WorkItem], str]:
    """The addresses of a page of items: looked up once, for a list has two on each line."""
    start, _end = reverse(page, args=(0, 0)).split("0/0")
    return lambda item: f"{start}{item.process_id}/{item.pk}{_end}"


def _returned(items: Sequence[WorkItem]) -> dict[int, Return]:
    """Item id → the return of what it is about, for the steps to which a report or a consolidation comes back."""
    reports = {item.pk: item.share_id for item in items if item.node == "fill" and item.share_id is not None}
    drafts = {item.pk: item.measure_id for item in items if item.node == "consolidate"}
    shares, measures = share_returns(set(reports.values())), measure_returns(set(drafts.values()))
    found = {key: shares[share] for key, share in reports.items() if share in shares}
    return found | {key: measures[measure] for key, measure in drafts.items() if measure in measures}


def done_rows(items: Iterable[WorkItem]) -> list[ItemRow]:
    """Finished items with their step in words; their dates are no longer counted."""
    return [ItemRow.of(item) for item in items]
