"""The form that takes evidence in: files and the grade proposed for them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.models.evidence import EvidenceGrade
from workflow.pages.form import LedgerForm


class FilesInput(forms.ClearableFileInput):
    """A field into which several files can be dropped."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more; the value is a list of them."""

    widget = FilesInput(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Clean each file."""
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class EvidenceForm(LedgerForm):
    """Files for the report that is being written."""

    file = FilesField(label=_("Files"), error_messages={"required": _("Choose a file.")}, max_length=200)
    grade = forms.ChoiceField(
        label=_("Grade of the files"),
        choices=EvidenceGrade.choices,
        initial=EvidenceGrade.SEALED,
        help_text=_("You propose the grade; the supervisor confirms it."),
    )
