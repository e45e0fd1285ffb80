"""One person: bureaus, roles, password, and whether the account is active."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from workflow.actions import people
from workflow.clock.now import today
from workflow.pages.form import LedgerForm
from workflow.pages.master_data.page import MasterData
from workflow.pages.master_data.person_forms import AppointForm, JoinForm, LastDayForm, PasswordForm, is_over
from workflow.queries.master_data import Held, roles_of
from workflow.rules.refusal import Invalid, NotFound

FORMS: Mapping[str, type[LedgerForm]] = {
    "join": JoinForm,
    "leave": LastDayForm,
    "appoint": AppointForm,
    "end": LastDayForm,
    "password": PasswordForm,
    "deactivate": LedgerForm,
    "activate": LedgerForm,
}


class Person(MasterData):
    """GET shows the person; POST carries out the decision that the pressed button names (`kind` or `kind:id`)."""

    def get(self, request: HttpRequest, person: int) -> HttpResponse:
        """Everything that is known of the person."""
        return self.page(find_person(person))

    def post(self, request: HttpRequest, person: int) -> HttpResponse:
        """Carry the decision out; what was entered wrongly comes back with the page (422)."""
        found, name = find_person(person), request.POST.get("decision", "")
        form = _form(name, request.POST)
        if form.is_valid():
            try:
                self.carry_out(found, name, form)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("master-data:person", person=person)
        return self.page(found, form, name)

    def carry_out(self, person: User, name: str, form: LedgerForm) -> None:
        """Call the action of the decision."""
        kind, _sep, key = name.partition(":")
        by, data = self.person, form.particulars()
        match kind:
            case "join":
                people.join_bureau(person, by=by, **data)
            case "leave":
                people.leave_bureau(_membership(person, key), by=by, **data)
            case "appoint":
                people.appoint(person, by=by, **data)
            case "end":
                people.end_appointment(_held(person, key).appointment, by=by, **data)
            case "password":
                people.set_password(person, by=by, **data)
            case _:
                self.switch(person, kind)

    def switch(self, person: User, kind: str) -> None:
        """Close or open the account."""
        change = people.deactivate_person if kind == "deactivate" else people.activate_person
        change(person, by=self.person)

    def page(self, person: User, tried: LedgerForm | None = None, name: str = "") -> HttpResponse:
        """The person's page, with the errors of the form just tried."""

        def form(key: str) -> LedgerForm:
            return tried if tried is not None and key == name else _form(key)

        on = today()
        memberships = list(person.memberships.select_related("bureau").order_by("-since", "-pk"))
        context = {
            "whose": person,
            "memberships": [(m, is_over(m.until, on), form(f"leave:{m.pk}")) for m in memberships],
            "roles": [(held, form(f"end:{held.appointment.pk}")) for held in roles_of(person, on)],
            "join": form("join"),
            "appoint": form("appoint"),
            "password": form("password"),
            "form": tried,
            "is_self": person.pk == self.person.pk,
        }
        return self.show("master_data/person.html", context, status=200 if tried is None else 422)


def _form(name: str, data: Mapping[str, Any] | None = None) -> LedgerForm:
    kind, _sep, key = name.partition(":")
    if kind not in FORMS:
        raise NotFound("thing.unknown")
    return FORMS[kind](data, auto_id=f"{kind}{key}-%s")


def find_person(key: int) -> User:
    """The person of that id; raises NotFound."""
    person: User | None = User.objects.filter(pk=key).first()
    if person is None:
        raise NotFound("thing.unknown")
    return person


def _membership(person: User, key: str) -> Membership:
    found = next((m for m in person.memberships.all() if str(m.pk) == key), None)
    if found is None:
        raise NotFound("thing.unknown")
    return found


def _held(person: User, key: str) -> Held:
    found = next((held for held in roles_of(person, today()) if str(held.appointment.pk) == key), None)
    if found is None:
        raise NotFound("thing.unknown")
    return found
