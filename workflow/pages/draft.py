"""Drafts save themselves: the form is sent here a moment after each change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from flows.work import find_item
from workflow.actions.drafts import save_draft
from workflow.models import Draft
from workflow.pages.page import Page
from workflow.pages.steps.step import Step
from workflow.pages.work import must_be_at_hand, step_of
from workflow.queries.drafts import others_who_typed
from workflow.rules.refusal import Conflict, require

LONGEST = 20_000


class SaveDraft(Page):
    """POST: keep what is typed, and say when it was kept. Only who may carry the step out now may type in it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, run: int, item: int) -> HttpResponse:
        """Save the fields that the step's main form has, as they are."""
        step = step_of(find_item(self.person, run, item), self.person)
        require(bool(step.draft_kind), Conflict("item.wrong_verb"))
        must_be_at_hand(step)
        draft = keep_typed(step, request.POST)
        if request.headers.get("HX-Request") != "true":
            messages.success(request, _("The draft is saved."))
            return redirect("ledger:work", run=run, item=item)
        context = {"draft": draft, "typed_by": others_who_typed(draft, self.person)}
        return self.show("parts/_saved.html", context)


def keep_typed(step: Step, sent: QueryDict) -> Draft:
    """Save what was sent for the step's main form."""
    data = typed(step.form(step.main).fields, sent)
    return save_draft(step.draft_kind, step.thing_id, by=step.person, data=data)


def typed(fields: dict[str, forms.Field], sent: QueryDict) -> dict[str, Any]:
    """What was sent for the form's fields, cut to a length that a draft may have."""
    return {
        name: sent.getlist(name)[:200]
        if isinstance(field, forms.MultipleChoiceField)
        else sent.get(name, "")[:LONGEST]
        for name, field in fields.items()
    }
