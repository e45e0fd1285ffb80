"""The form every page builds on: dressed fields, set phrases, and refusals shown at the field at fault."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

from workflow.rules.refusal import Invalid

Words = Any
"""A text or one that is translated when shown: Django's stubs name the type of the latter for themselves alone."""


class Ticks(forms.CheckboxSelectMultiple):
    """A tick for each choice; the look's class stands on the boxes, not on what holds them."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One box."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"]["class"] = "form-check-input"
        return option


CSS = {
    forms.CheckboxInput: "form-check-input",
    forms.Select: "form-select",
    Ticks: "",
}


class LedgerForm(forms.Form):
    """A form whose cleaned data are the particulars of one action.

    `phrases`: field name → set phrases (常用语) offered under it.
    """

    use_required_attribute = False
    phrases: Mapping[str, tuple[str | Promise, ...]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field)
            field.phrases = self.phrases.get(name, ())  # type: ignore[attr-defined]

    def particulars(self) -> dict[str, Any]:
        """What the action is given; call after `is_valid`."""
        return dict(self.cleaned_data)

    def refuse(self, refusal: Invalid) -> None:
        """Show the action's refusal at the field it names, else above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


def dress(field: forms.Field) -> None:
    """Give the field's widget the classes of the look."""
    css = next((css for kind, css in CSS.items() if type(field.widget) is kind), "form-control")
    if css:
        field.widget.attrs.setdefault("class", css)


def long_text(label: Words, *, rows: int = 4, required: bool = False, hint: Words = "") -> forms.CharField:
    """A field for several lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: Words, *, required: bool = False, hint: Words = "") -> forms.DateField:
    """A field for a date, in the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ShareChoice(forms.TypedMultipleChoiceField):
    """Named shares: a tick for each bureau. The value is a list of share ids."""

    def __init__(self, label: Words, choices: list[tuple[int, str]], hint: Words = "") -> None:
        super().__init__(
            label=label,
            choices=choices,
            coerce=int,
            required=False,
            help_text=hint,
            widget=Ticks(),
        )
