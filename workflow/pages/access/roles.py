"""Who holds which role where, and since when: everybody reads their own scopes, administrators and auditors the whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.roles import Role
from workflow.clock.now import today
from workflow.pages.page import Page
from workflow.queries.roster import Filter, reads_whole_roster, roster

LONGEST = 80
"""How much of a searched word is looked at."""


class Roles(Page):
    """One page of roles by person; `role`, `bureau`, `person` and `ended` choose among them."""

    tab = "ledger:roles"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        wanted = _wanted(request.GET)
        found = roster(self.person, self.held, wanted, request.GET.get("after", ""), today())
        context: dict[str, Any] = {
            "entries": found.entries,
            "next_cursor": found.next_cursor,
            "is_first": found.is_first,
            "wanted": wanted,
            "query": _query(wanted),
            "choices": Role.choices,
            "is_whole": reads_whole_roster(self.held),
            "keeps_people": self.held.is_administrator,
            "on": today(),
        }
        return self.show("workflow/roles.html", context)


def _wanted(asked: QueryDict) -> Filter:
    role = asked.get("role", "")
    return Filter(
        role=Role(role) if role in Role.values else None,
        bureau=asked.get("bureau", "").strip()[:LONGEST],
        person=asked.get("person", "").strip()[:LONGEST],
        ended=asked.get("ended", "") == "yes",
    )


def _query(wanted: Filter) -> str:
    """The selection as an address carries it."""
    query = QueryDict(mutable=True)
    named = {
        "role": "" if wanted.role is None else wanted.role.value,
        "bureau": wanted.bureau,
        "person": wanted.person,
        "ended": "yes" if wanted.ended else "",
    }
    query.update({name: value for name, value in named.items() if value})
    return query.urlencode()
