"""Claiming, giving back and handing over a work item: they change who does it, never where the thing stands."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from flows.work import claim, find_item, hand_over, handlers_for, release
from workflow.pages.form import LedgerForm
from workflow.pages.page import Page
from workflow.rules.refusal import Invalid


class Claim(Page):
    """POST: the item is this person's from now on; of many who try at once exactly one wins."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Claim, then go to the step."""
        claim(find_item(self.person, run, item), by=self.person)
        messages.success(request, _("Claimed: this is on your desk now."))
        return redirect("ledger:work", run=run, item=item)


class Release(Page):
    """POST: give the item back to the bureau."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Release, then go to the inbox."""
        release(find_item(self.person, run, item), by=self.person)
        messages.success(request, _("Given back: others of the post can claim it."))
        return redirect("ledger:inbox")


class HandOverForm(LedgerForm):
    """To whom."""

    to = forms.ModelChoiceField(queryset=User.objects.none())


class HandOver(Page):
    """POST: the head gives the item to a handler of the bureau."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Hand over, then go to the step."""
        work = find_item(self.person, run, item)
        form = HandOverForm(request.POST)
        form.fields["to"].queryset = handlers_for(work)  # type: ignore[attr-defined]
        if not form.is_valid():
            raise Invalid("item.hand_over", field="to")
        to = form.cleaned_data["to"]
        hand_over(work, to=to, by=self.person)
        messages.success(request, _("Handed over to %(name)s.") % {"name": to.name})
        return redirect("ledger:work", run=run, item=item)
