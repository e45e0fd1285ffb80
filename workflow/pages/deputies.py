"""委托代理: a head names a deputy for dated leave and ends it; everybody sees for whom they act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Bureau, User
from workflow.actions.deputies import REASON_LONGEST, end_deputy, name_deputy
from workflow.clock.now import today
from workflow.pages.form import LedgerForm, day
from workflow.pages.page import Page
from workflow.queries.deputies import acts_for, deputies_of, deputy_of, headed_bureaus, may_stand_in
from workflow.rules.refusal import Invalid


class DeputyForm(LedgerForm):
    """Who acts for the head, where, from when to when, and why."""

    bureau = forms.ModelChoiceField(Bureau.objects.none(), label=gettext_lazy("Bureau"), empty_label=None)
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Deputy"),
        help_text=gettext_lazy("A member of the bureau who is not its head."),
    )
    since = day(gettext_lazy("First day"), required=True)
    until = day(gettext_lazy("Last day"), required=True)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LONGEST,
        help_text=gettext_lazy("As the record will show it, such as leave or a course."),
    )
    phrases = {
        "reason": (gettext_lazy("On leave"), gettext_lazy("On official travel"), gettext_lazy("At a course"))
    }

    def offer(self, bureaus: QuerySet[Bureau], people: QuerySet[User]) -> None:
        """Let these be chosen."""
        self.fields["bureau"].queryset = bureaus  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]


class Deputies(Page):
    """GET lists; POST names one more."""

    @cached_property
    def bureaus(self) -> list[Bureau]:
        """The bureaus of which the reader is the head."""
        return list(headed_bureaus(self.held))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and, for a head, the form."""
        return self.page(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name a deputy; what was entered wrongly comes back with the page (422)."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, 422)
        try:
            name_deputy(by=self.person, **form.particulars())
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(form, 422)
        messages.success(
            request, _("%(name)s acts for you on these days.") % {"name": form.cleaned_data["deputy"]}
        )
        return redirect("ledger:deputies")

    def form(self, data: Any = None) -> DeputyForm:
        """The form; what is sent may name anybody and any bureau, for the action to judge."""
        first = self.bureaus[0] if self.bureaus else None
        form = DeputyForm(data, initial={"since": today(), "bureau": first})
        form.offer(Bureau.objects.all(), User.objects.all())
        return form

    def page(self, form: DeputyForm, status: int = 200) -> HttpResponse:
        """The page with the form, which offers the reader's bureaus and their members."""
        bureaus = headed_bureaus(self.held)
        keys = [bureau.pk for bureau in self.bureaus]
        form.offer(bureaus, may_stand_in(keys, self.person, today()))
        context = {
            "form": form,
            "is_head": bool(self.bureaus),
            "deputies": deputies_of(self.person, today()),
            "acts_for": acts_for(self.person, today()),
        }
        return self.show("workflow/deputies.html", context, status=status)


class EndDeputy(Page):
    """POST: the head is back before the time."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, deputy: int) -> HttpResponse:
        """End it, then go to the list."""
        ended = end_deputy(deputy_of(self.person, deputy), by=self.person)
        messages.success(request, _("%(name)s no longer acts for you.") % {"name": ended.user.name})
        return redirect("ledger:deputies")
