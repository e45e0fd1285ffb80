"""The working-day calendar: what was announced, and what administrators enter over it."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workflow.actions.master_data import set_calendar_days
from workflow.clock.now import today
from workflow.pages.form import LedgerForm, day
from workflow.pages.master_data.page import MasterDataForm
from workflow.queries.master_data import special_days
from workflow.queries.rules import calendar
from workflow.rules.refusal import NotFound

YEARS = range(2000, 2101)


class DaysForm(LedgerForm):
    """Whether people work on some days."""

    first = day(_("From"), required=True)
    last = day(_("To"), hint=_("Empty for a single day."))
    is_working = forms.TypedChoiceField(
        label=_("On these days"),
        choices=[("no", _("people are off")), ("yes", _("people work"))],
        coerce=lambda value: value == "yes",
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        required=False,
        help_text=_("The notice that announced it."),
    )

    def particulars(self) -> dict[str, Any]:
        """The days from first to last."""
        data = dict(self.cleaned_data)
        return {**data, "last": data["last"] or data["first"]}


class CalendarYear(MasterDataForm):
    """One year's special days, and a form to enter some."""

    template = "master_data/calendar.html"

    def find(self, **where: int) -> int:
        """The year of the address; this year where none is given."""
        year = where.get("year") or today().year
        if year not in YEARS:
            raise NotFound("thing.unknown")
        return year

    def form(self, thing: int, data: QueryDict | None = None) -> DaysForm:
        """An empty form."""
        return DaysForm(data)

    def carry_out(self, thing: int, form: LedgerForm) -> str:
        """Enter the days, and show their year."""
        data = form.particulars()
        set_calendar_days(by=self.person, **data)
        first: date = data["first"]
        return reverse("master-data:calendar-year", args=[first.year])

    def facts(self, thing: int) -> dict[str, Any]:
        """The year's days, and whether its holidays are known."""
        return {
            "year": thing,
            "days": special_days(thing),
            "is_confirmed": calendar().is_confirmed(thing),
            "earlier": thing - 1 if thing - 1 in YEARS else None,
            "later": thing + 1 if thing + 1 in YEARS else None,
        }
