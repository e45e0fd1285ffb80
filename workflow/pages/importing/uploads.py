"""上传: what was begun and not finished, and the place for new files."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from workflow.actions.importing import LIMIT_MB, begin_import, drop_import
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.importing.page import ImportPage, go_to
from workflow.pages.page import Page
from workflow.queries.imports import offices_to_import_for, unfinished_imports
from workflow.queries.visibility import plan_visible_to
from workflow.rules.refusal import Invalid, NotFound


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The files, at least one."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file; what is wrong with one is for the action to say."""
        given = data if isinstance(data, list | tuple) else [data]
        if not any(given):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [file for file in given if file]


class UploadForm(LedgerForm):
    """The files, and for which office."""

    documents = FilesField(label=_("Files"), error_messages={"required": _("Choose at least one file.")})
    office = forms.ModelChoiceField(
        label=_("Supervision office"), queryset=Bureau.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class Imports(Page):
    """GET lists the unfinished imports; POST receives files and goes on to reading them."""

    tab = "ledger:plans"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list and the drop zone."""
        return self.page(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Receive the files; what is wrong with one is said at the zone (422)."""
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        data = form.particulars()
        try:
            row = begin_import(data["documents"], by=self.person, office=data["office"], renews=self.renews)
        except Invalid as refusal:
            form.refuse(refusal)
            return self.page(form, status=422)
        return go_to(request, reverse("ledger:import", args=[row.pk]))

    def form(self, *data: Any) -> UploadForm:
        """The form for the offices of this person; raises NotFound for who may bring in nothing."""
        offices = offices_to_import_for(self.held)
        if self.renews is not None:
            offices = offices.filter(pk=self.renews.supervision_office_id)
        form = UploadForm(*data, offices=offices, auto_id="upload-%s")
        first = offices.first()
        if first is None:
            raise NotFound("thing.unknown")
        form.fields["office"].initial = first.pk
        return form

    @cached_property
    def renews(self) -> Plan | None:
        """The plan of which a later edition is brought in, where the address or the form names one."""
        code = self.request.POST.get("renews") or self.request.GET.get("renews")
        return plan_visible_to(self.person, code, self.held) if code else None

    def page(self, form: UploadForm, *, status: int = 200) -> HttpResponse:
        """The page with the form."""
        context = {
            "form": form,
            "unfinished": unfinished_imports(self.held),
            "limit_mb": LIMIT_MB,
            "renews": self.renews,
            "has_choice": len(form.fields["office"].choices) > 1,  # type: ignore[attr-defined]
        }
        return self.show("workflow/import/uploads.html", context, status=status)


class DropImport(ImportPage):
    """POST: give the import up."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Drop it, then go to the list."""
        drop_import(self.find(number), by=self.person)
        return go_to(request, reverse("ledger:imports"))
