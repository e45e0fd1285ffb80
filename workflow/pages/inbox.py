"""待办 and 已办: what waits for the person, what waits for the bureau to be claimed, and what is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.rights import Standing
from accounts.roles import ACTING_ROLES, Permission
from flows.inbox import Box, counts, done_items, open_items
from flows.separation import kept_apart
from workflow.clock.now import today
from workflow.pages.cursor import read_day, read_moment, write_cursor
from workflow.pages.page import Page
from workflow.pages.rows import done_rows, item_rows
from workflow.queries.desk import first_steps, plan_notes
from workflow.queries.instructions import owed_replies
from workflow.queries.objections import objections_to_decide


class Inbox(Page):
    """The open work items of the person (`mine`) or of their posts, unclaimed, by due date."""

    tab = "ledger:inbox"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One box, one page of it."""
        numbers = counts(self.person, self.held)
        box = _box(request.GET.get("box", ""), numbers)
        after = read_day(request.GET.get("after", ""))
        found = open_items(self.person, box, after=after, held=self.held)
        context = {
            "box": box,
            "query": f"box={box}",
            "mine": numbers[Box.MINE],
            "unclaimed": numbers[Box.UNCLAIMED],
            "groups": item_rows(found.items, today()),
            "kept_apart": kept_apart(found.items, self.person, today()) if box == Box.UNCLAIMED else (),
            "is_first": after is None,
            "next_cursor": write_cursor(found.after),
        }
        return self.show("workflow/inbox.html", context | self.besides())

    def besides(self) -> dict[str, Any]:
        """What waits without being a work item, and what an empty inbox says."""
        found: dict[str, Any] = {
            "notes": plan_notes(self.held),
            "owed": owed_replies(self.held, today()),
            "objections": objections_to_decide(self.person, self.held),
            "reader": reader_kind(self.held),
        }
        found["may_hand_over"] = bool(self.held.bureaus(Permission.HAND_OVER_FOR_BUREAU))
        if self.held.is_administrator:
            found["steps"] = first_steps(self.person)
        return found


def reader_kind(held: Standing) -> str:
    """Whose empty inbox it is: an "administrator"'s, a "worker"'s, a "reader"'s, or a "stranger"'s without a role."""
    if held.is_administrator:
        return "administrator"
    if held.roles & ACTING_ROLES:
        return "worker"
    return "reader" if held.roles else "stranger"


def _box(asked: str, numbers: dict[Box, int]) -> Box:
    """The box asked for; else one's own desk, unless it is empty and the bureau's is not."""
    if asked in set(Box):
        return Box(asked)
    return Box.MINE if numbers[Box.MINE] or not numbers[Box.UNCLAIMED] else Box.UNCLAIMED


class Done(Page):
    """What the person has carried out, newest first."""

    tab = "ledger:done"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of it."""
        before = read_moment(request.GET.get("before", ""))
        items, key = done_items(self.person, before=before)
        context = {
            "rows": done_rows(items),
            "is_first": before is None,
            "next_cursor": write_cursor(key),
        }
        return self.show("workflow/done.html", context)
