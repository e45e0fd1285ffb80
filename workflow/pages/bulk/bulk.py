"""The one pattern of a decision on many things: list them with who would be refused and why, act on each, tell the result.

Each thing goes through its single action in a transaction of its own: one refusal undoes nothing else. Where only one
thing was chosen its refusal is the answer, as on the page of that thing; where none is known to the person, that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict

from workflow.pages.form import LedgerForm, Words
from workflow.pages.page import Page
from workflow.rules.refusal import Invalid, Refused, require

MOST = 100
"""Things in one act: each is a transaction, and the person waits for all of them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that can be chosen. `refusal`: why it would be refused now, or ""; `about`: its step or bureau."""

    key: str
    code: str
    title: str
    about: str
    due: date | None = None
    days_left: int | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A thing as the result names it, and why it was refused, or ""."""

    code: str
    about: str
    refusal: str = ""


class BulkPage(Page):
    """GET lists what can be chosen; POST acts on each of `chosen` and shows the result.

    `label`: the decision in words. `effect`: what it does, said before it is done.
    """

    label: ClassVar[Words]
    effect: ClassVar[Words]
    form_class: ClassVar[type[LedgerForm]] = LedgerForm
    template: ClassVar[str] = "workflow/bulk/choose.html"

    def candidates(self) -> list[Candidate]:
        """At most MOST things that could be chosen, each with the refusal that it would meet."""
        raise NotImplementedError

    def find(self, key: str) -> Any:
        """The thing of that key; raises NotFound where the person may not know of it."""
        raise NotImplementedError

    def act(self, thing: Any, particulars: Mapping[str, Any]) -> None:
        """Call the single action. Raises what it refuses."""
        raise NotImplementedError

    def named(self, thing: Any) -> Told:
        """The thing in the result."""
        raise NotImplementedError

    def form(self, data: QueryDict | None = None) -> LedgerForm:
        """What is asked once for all of them."""
        return self.form_class(data, auto_id="bulk-%s")

    def choose(self, form: LedgerForm, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
        """The page with what can be chosen."""
        listed = self.candidates()
        context = {
            "label": self.label,
            "effect": self.effect,
            "form": form,
            "listed": listed,
            "open": sum(not one.refusal for one in listed),
            "refusal": refusal,
            "back": self.back(),
        }
        return self.show(self.template, context, status=status)

    def back(self) -> str:
        """Where the person goes on afterwards."""
        raise NotImplementedError

    def decide(self, request: HttpRequest) -> HttpResponse:
        """Act on what was chosen; what is missing in the form comes back with the list (422)."""
        form = self.form(request.POST)
        try:
            keys = _chosen(request.POST.getlist("chosen"))
        except Invalid as refusal:
            return self.choose(form, refusal=refusal, status=422)
        found = [self.found(key) for key in keys]
        _is_known(found)
        if not form.is_valid():
            return self.choose(form, status=422)
        told = [self.told(thing, form.particulars(), is_alone=len(keys) == 1) for thing in found]
        context = {
            "label": self.label,
            "done": [one for one in told if not one.refusal],
            "refused": [one for one in told if one.refusal],
            "back": self.back(),
        }
        return self.show("workflow/bulk/result.html", context)

    def found(self, key: str) -> Any:
        """The thing, or the refusal of it."""
        try:
            return self.find(key)
        except Refused as refusal:
            return refusal

    def told(self, thing: Any, particulars: Mapping[str, Any], *, is_alone: bool) -> Told:
        """Act on one thing; returns how that went. Raises the refusal of a thing that was chosen alone."""
        if isinstance(thing, Refused):
            return Told("", "", str(thing))
        named = self.named(thing)
        try:
            self.act(thing, particulars)
        except Refused as refusal:
            if is_alone:
                raise
            return Told(named.code, named.about, str(refusal))
        return named


def _chosen(keys: Iterable[str]) -> Sequence[str]:
    """The keys, each once; raises Invalid for none or too many."""
    chosen = list(dict.fromkeys(keys))
    require(bool(chosen), Invalid("bulk.choose", field="chosen"))
    require(len(chosen) <= MOST, Invalid("bulk.many", field="chosen", limit=MOST))
    return chosen


def _is_known(found: Sequence[Any]) -> None:
    """Raise the refusal where nothing of what was chosen is known to the person."""
    if all(isinstance(thing, Refused) for thing in found):
        raise found[0]
