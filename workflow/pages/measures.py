"""台账: the ledger with its filters; a page by key. What is asked for stands in the address, so that it can be shared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from workflow.clock.now import today
from workflow.models import Section
from workflow.pages.page import Page
from workflow.queries.ledger import Filters, Row, ledger_page
from workflow.queries.ledger_choices import ledger_choices
from workflow.queries.visibility import measures_visible_to
from workflow.states import Lamp, MeasureState

KEYS = ("plan", "section", "bureau", "state", "lamp", "q")
PRESETS: tuple[tuple[str | Promise, dict[str, str]], ...] = (
    (_("All"), {}),
    (_("Overdue"), {"lamp": Lamp.RED}),
    (_("Warning"), {"lamp": Lamp.YELLOW}),
    (_("Due soon"), {"lamp": Lamp.BLUE}),
    (_("To be verified"), {"state": MeasureState.REPORTED}),
    (_("To be struck off"), {"state": MeasureState.VERIFIED}),
)
"""Selections that are asked for every day."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one section that stand together."""

    section: Section
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Preset:
    """A link to a selection."""

    label: str | Promise
    url: str
    is_current: bool


class Measures(Page):
    """The measures that the person may see."""

    tab = "ledger:measures"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the ledger as asked for; an address with idle parameters leads to the short one."""
        clean = clean_query(request.GET)
        by_htmx = request.headers.get("HX-Request") == "true"
        if not by_htmx and any(value == "" for value in request.GET.values()):
            return redirect(address(clean))
        response = self.show("workflow/measures.html", self.context(clean))
        if by_htmx:
            response["HX-Push-Url"] = address(clean)
        return response

    def context(self, query: dict[str, str]) -> dict[str, Any]:
        """The lines, what can be chosen, and the links to other selections."""
        visible = measures_visible_to(self.person, self.held)
        asked = filters_of(self.request.GET)
        rows, found = ledger_page(visible, asked, query.get("after", ""), today())
        return {
            "groups": grouped(rows),
            "next_cursor": found.next_cursor,
            "is_first": found.is_first,
            "asked": asked,
            "presets": self.presets(query, asked),
            "choices": ledger_choices(visible, self.held, asked.plan),
            "states": MeasureState.choices,
            "lamps": Lamp.choices,
            "query": urlencode({key: value for key, value in query.items() if key != "after"}),
            "is_administrator": self.held.is_administrator,
        }

    def presets(self, query: dict[str, str], asked: Filters) -> list[Preset]:
        """The daily selections and, for members of a bureau, their own; the plan is kept."""
        kept = {"plan": query["plan"]} if "plan" in query else {}
        own = sorted(self.held.bureaus(Permission.VIEW_FOR_BUREAU))
        wanted = [*PRESETS, *((_("My bureau"), {"bureau": str(bureau)}) for bureau in own[:1])]
        now = {key: value for key, value in query.items() if key not in {"plan", "after"}}
        return [Preset(label, address({**kept, **chosen}), now == chosen) for label, chosen in wanted]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """The lines under the heads of their sections, in their order."""
    groups: list[Group] = []
    for row in rows:
        if not groups or groups[-1].section.pk != row.measure.section_id:
            groups.append(Group(row.measure.section))
        groups[-1].rows.append(row)
    return groups


def clean_query(query: QueryDict) -> dict[str, str]:
    """The parameters of the address that say something."""
    return {key: text for key in (*KEYS, "after") if (text := query.get(key, "").strip())}


def address(query: dict[str, str]) -> str:
    """The ledger's address with these parameters."""
    text = urlencode(query)
    return reverse("ledger:measures") + (f"?{text}" if text else "")


def filters_of(query: QueryDict) -> Filters:
    """What the address asks for; what cannot be read asks for nothing."""
    return Filters(
        plan=_number(query.get("plan", "")),
        section=_number(query.get("section", "")),
        bureau=_number(query.get("bureau", "")),
        state=_one_of(query.get("state", ""), MeasureState),
        lamp=_one_of(query.get("lamp", ""), Lamp),
        text=query.get("q", "").strip()[:80],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _one_of(text: str, choices: type[TextChoices]) -> str:
    return text if text in choices.values else ""
