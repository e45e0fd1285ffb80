"""People: the list, and one more. What can be done about one stands in `person.py`."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workflow.actions.people import register_person
from workflow.clock.now import today
from workflow.pages.form import LedgerForm
from workflow.pages.master_data.page import MasterData, MasterDataForm
from workflow.queries.master_data import people_page


class PersonForm(LedgerForm):
    """A new person with a first password."""

    name = forms.CharField(label=_("Name"), max_length=64, help_text=_("As documents print it."))
    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    password = forms.CharField(
        label=_("First password"),
        max_length=128,
        strip=False,
        help_text=_("At least 8 characters; the person changes it after the first sign-in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class People(MasterData):
    """Everybody, or those who match."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page."""
        text, after = request.GET.get("q", "").strip()[:80], request.GET.get("after", "")
        start = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None
        found = people_page(text, start, today())
        context = {
            "people": found.people,
            "next_cursor": found.after or "",
            "text": text,
            "query": urlencode({"q": text}),
            "is_first": start is None,
        }
        return self.show("master_data/people.html", context)


class AddPerson(MasterDataForm):
    """One more person; bureau and roles are entered on their page."""

    def form(self, thing: None, data: QueryDict | None = None) -> PersonForm:
        """An empty form."""
        return PersonForm(data)

    def carry_out(self, thing: None, form: LedgerForm) -> str:
        """Register them."""
        person = register_person(by=self.person, **form.particulars())
        return reverse("master-data:person", args=[person.pk])

    def facts(self, thing: None) -> dict[str, Any]:
        """The words of the page."""
        return {"headline": _("Add a person"), "back": reverse("master-data:people"), "part": _("People")}
