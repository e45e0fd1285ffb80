"""Work items in bulk: a post claims what waits, gives back what it holds, and its head hands work to a handler."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import holders
from accounts.roles import Permission, Role, ScopeKind
from flows.chart import step_label
from flows.inbox import Box, bureau_items, open_items
from flows.models import WorkItem
from flows.separation import check_separation
from flows.work import claim, find_item, hand_over, release
from workflow.clock.now import today
from workflow.pages.bulk.bulk import MOST, BulkPage, Candidate, Told
from workflow.pages.form import LedgerForm
from workflow.queries.deadlines import days_left
from workflow.rules.refusal import Conflict, NotFound, Refused


class ItemsPage(BulkPage):
    """A decision on many work items. A key is the run's and the item's number."""

    tab = "ledger:inbox"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What can be chosen."""
        return self.choose(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Act on each."""
        return self.decide(request)

    def items(self) -> Iterable[WorkItem]:
        """What is listed."""
        raise NotImplementedError

    def refusal_of(self, item: WorkItem) -> str:
        """Why the item would be refused, or ""."""
        return ""

    def candidates(self) -> list[Candidate]:
        """The items, first due first."""
        return [
            Candidate(
                key=f"{item.process_id}-{item.pk}",
                code=item.measure.code,
                title=item.measure.title,
                about=self.about(item),
                due=item.due,
                days_left=days_left(item.due, today()),
                refusal=self.refusal_of(item),
            )
            for item in self.items()
        ]

    def about(self, item: WorkItem) -> str:
        """The item's step and bureau."""
        return f"{step_label(item.node)} · {item.process.bureau.name}"

    def find(self, key: str) -> WorkItem:
        """The item of that key."""
        run, _dash, item = key.partition("-")
        numbers = [int(part) for part in (run, item) if part.isascii() and part.isdigit() and len(part) < 19]
        if len(numbers) != 2:
            raise NotFound("thing.unknown")
        return find_item(self.person, *numbers)

    def named(self, thing: WorkItem) -> Told:
        """By code and step."""
        return Told(thing.measure.code, step_label(thing.node))

    def back(self) -> str:
        """To the inbox."""
        return reverse("ledger:inbox")


class ClaimMany(ItemsPage):
    """认领 of several items of the person's posts."""

    label = _("Claim several")
    effect = _("What you claim lies on your desk; the others of the post see that you have it.")

    def items(self) -> Iterable[WorkItem]:
        """What nobody holds."""
        return open_items(self.person, Box.UNCLAIMED, size=MOST, held=self.held).items

    def refusal_of(self, item: WorkItem) -> str:
        """The rule that keeps the person from the step."""
        try:
            check_separation(item, self.person, today())
        except Refused as refusal:
            return str(refusal)
        return ""

    def act(self, thing: WorkItem, particulars: Mapping[str, Any]) -> None:
        """Claim."""
        claim(thing, by=self.person)


class ReleaseMany(ItemsPage):
    """退回岗位 of several items that the person holds."""

    label = _("Give several back")
    effect = _("What you give back lies on no desk: others of the post can claim it.")

    def items(self) -> Iterable[WorkItem]:
        """What the person holds."""
        return open_items(self.person, Box.MINE, size=MOST, held=self.held).items

    def act(self, thing: WorkItem, particulars: Mapping[str, Any]) -> None:
        """Release."""
        release(thing, by=self.person)


class HandOverForm(LedgerForm):
    """To whom."""

    to = forms.ModelChoiceField(queryset=User.objects.none(), label=_("To whom"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class HandOverMany(ItemsPage):
    """转交 of several items of a bureau by its head; asked with `to`, the list says who would be refused."""

    label = _("Hand several over")
    effect = _("The handler finds them on their desk; whoever held them before no longer does.")
    template = "workflow/bulk/hand_over.html"

    def items(self) -> Iterable[WorkItem]:
        """The handlers' steps of the bureaus that the person heads."""
        return bureau_items(self.held.bureaus(Permission.HAND_OVER_FOR_BUREAU), size=MOST)

    def about(self, item: WorkItem) -> str:
        """Its step, its bureau and who holds it."""
        holder = f" · {item.owner.name}" if item.owner is not None else ""
        return super().about(item) + holder

    def form(self, data: QueryDict | None = None) -> LedgerForm:
        """The handlers of the person's bureaus."""
        of_bureaus = self.held.bureaus(Permission.VIEW_FOR_BUREAU)
        people = User.objects.filter(pk__in={one for key in of_bureaus for one in self.handlers(key)})
        sent = data if data is not None else self.request.GET if "to" in self.request.GET else None
        return HandOverForm(sent, people=people.order_by("name", "pk"), auto_id="bulk-%s")

    def handlers(self, bureau: int) -> frozenset[int]:
        """The ids of a bureau's handlers today, read once per request."""
        known: dict[int, frozenset[int]] = self.__dict__.setdefault("known_handlers", {})
        if bureau not in known:
            found = holders(Role.HANDLER, ScopeKind.BUREAU, bureau, today())
            known[bureau] = frozenset(found.values_list("pk", flat=True))
        return known[bureau]

    def refusal_of(self, item: WorkItem) -> str:
        """Work goes to a handler of the same bureau alone."""
        asked = self.request.GET.get("to", "") or self.request.POST.get("to", "")
        is_number = asked.isascii() and asked.isdigit()
        fits = not is_number or int(asked) in self.handlers(item.bureau_id or 0)
        return "" if fits else str(Conflict("item.hand_over"))

    def act(self, thing: WorkItem, particulars: Mapping[str, Any]) -> None:
        """Hand over."""
        hand_over(thing, to=particulars["to"], by=self.person)
