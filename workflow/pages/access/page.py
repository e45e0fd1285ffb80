"""The page that says what a person may see and do of a measure: one's own, or, to auditors and administrators, anybody's."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission, ScopeKind
from workflow.clock.now import today
from workflow.models import Measure
from workflow.pages.access.answers import part_label
from workflow.pages.access.explanation import (
    Explanation,
    day_of,
    explain,
    reading_words,
    role_words,
    standing_words,
    why_not,
)
from workflow.pages.master_data.person import find_person
from workflow.pages.page import Page
from workflow.queries.access import RoleSeen
from workflow.queries.people import person_named
from workflow.queries.visibility import measure_visible_to
from workflow.rules.refusal import Forbidden, NotFound, require


class AccessPage(Page):
    """What both pages share. An administrator, who sees no business data, is shown a measure's code and the rights."""

    tab = "ledger:measures"

    def measure(self, code: str) -> Measure:
        """The measure, as far as the reader may know of it; administrators know of its code."""
        if not self.held.is_administrator:
            return measure_visible_to(self.person, code, self.held)
        found: Measure | None = Measure.objects.select_related("plan").filter(code=code).first()
        if found is None:
            raise NotFound("thing.unknown")
        return found

    def asks_about_others(self, measure: Measure) -> bool:
        """Whether the reader may ask about anybody: auditors of the measure's plan, and administrators."""
        held = self.held
        audits = held.holds(Permission.READ_TRAIL_FOR_PLAN, ScopeKind.PLAN, measure.plan_id)
        return held.is_administrator or held.audits_all or audits

    def page(self, measure: Measure, whose: User) -> HttpResponse:
        """The explanation; the reader's own rights were read for the day it is, whichever is asked about."""
        knows, is_self = not self.held.is_administrator, whose.pk == self.person.pk
        found = explain(whose, measure, day_asked(self.request))
        shown = [one for one in found.roles if is_self or self.tells(one, measure)]
        context = {
            "measure": measure,
            "whose": whose,
            "is_self": is_self,
            "on": found.on,
            "is_today": found.on == today(),
            "knows": knows,
            "asks": self.asks_about_others(measure),
            "view": found.view,
            "reading": reading_words(found.view.reading, found.view.own),
            "why_not": why_not(found, tells_state=knows),
            "roles": [(one, standing_words(one)) for one in shown],
            "unshown": len(found.roles) - len(shown),
            **(_answers(found) if knows else _rights(found)),
        }
        return self.show("workflow/access.html", context)

    def tells(self, one: RoleSeen, measure: Measure) -> bool:
        """Whether the reader may be told where another person holds a role: of other plans only who reads all of them."""
        held, role = self.held, one.held.appointment
        if held.is_administrator or held.audits_all or one.reaches:
            return True
        is_here = role.scope_kind == ScopeKind.PLAN and role.scope_id == measure.plan_id
        return is_here or role.scope_kind in {ScopeKind.BUREAU, ScopeKind.ALL}


def _answers(found: Explanation) -> dict[str, Any]:
    """What may be done, part by part, each answer with the roles by which."""
    parts = [
        (part_label(part), [(one, [found.role_words(grant) for grant in one.by]) for one in answers])
        for part, answers in found.answers.items()
    ]
    return {"parts": parts, **_rights(found)}


def _rights(found: Explanation) -> dict[str, Any]:
    """The roles by which the measure is seen, with what each lets read and the rights that it gives."""
    grounds = [
        (role_words(one.grant, one.scope), reading_words(one.reading), [right.label for right in one.rights])
        for one in found.view.grounds
    ]
    return {"grounds": grounds}


def day_asked(request: HttpRequest) -> date:
    """The day that the address names, else today."""
    return day_of(request.GET.get("on", "")) or today()


class OwnAccess(AccessPage):
    """One's own rights on the measure; who may ask about others names one by the user name."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The page, or the way to the one asked for."""
        measure, username = self.measure(code), request.GET.get("username", "").strip()[:150]
        if not username or not self.asks_about_others(measure):
            return self.page(measure, self.person)
        asked = person_named(username)
        if asked is None:
            messages.error(
                request, _("There is no person with the user name “%(name)s”.") % {"name": username}
            )
            return self.page(measure, self.person)
        where = reverse("ledger:measure-access-of", args=[code, asked.pk])
        return redirect(f"{where}?{urlencode({'on': day_asked(request).isoformat()})}")


class AccessOf(AccessPage):
    """Anybody's rights on the measure, to auditors of its plan and to administrators; one's own to everybody who sees it."""

    def get(self, request: HttpRequest, code: str, person: int) -> HttpResponse:
        """The page."""
        measure = self.measure(code)
        is_self = person == self.person.pk
        require(is_self or self.asks_about_others(measure), Forbidden("right.missing"))
        return self.page(measure, self.person if is_self else find_person(person))
