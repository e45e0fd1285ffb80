"""A bureau is split: who carries its name on, and which bureau takes over each of its open shares."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from workflow.actions.succession import BASIS_LONGEST, split_bureau
from workflow.models import Share
from workflow.pages.form import LedgerForm, dress
from workflow.pages.master_data.page import MasterDataForm
from workflow.pages.preparation.forms import standing_bureaus
from workflow.queries.shares import open_shares_of_bureau
from workflow.rules.refusal import NotFound


class SplitForm(LedgerForm):
    """The main successor, the basis, and a choice for each open share, which is named by its measure's code alone."""

    successor = forms.ModelChoiceField(
        label=_("Carries on its name"),
        queryset=Bureau.objects.none(),
        help_text=_(
            "Documents that name the bureau mean this one from now on; shares for which no other is chosen go to it."
        ),
    )
    basis = forms.CharField(label=_("Basis"), max_length=BASIS_LONGEST)

    def __init__(self, *args: Any, bureau: Bureau, shares: list[Share], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = standing_bureaus().filter(succeeded_by=None).exclude(pk=bureau.pk)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]
        self.bureaus = {other.pk: other for other in others}
        offered = [("", _("as the successor above")), *((other.pk, other.name) for other in others)]
        for share in shares:
            field = forms.TypedChoiceField(
                label=_("Share in %(code)s") % {"code": share.measure.code},
                choices=offered,
                coerce=int,
                required=False,
                empty_value=None,
            )
            dress(field)
            self.fields[f"share-{share.pk}"] = field

    def chosen(self) -> dict[int, Bureau]:
        """Share id → the bureau that takes it over, where one was chosen."""
        given = {name: key for name, key in self.cleaned_data.items() if name.startswith("share-") and key}
        return {int(name.removeprefix("share-")): self.bureaus[key] for name, key in given.items()}


class SplitBureau(MasterDataForm):
    """Record the split of one bureau."""

    def find(self, **where: int) -> Bureau:
        """The bureau of the address."""
        bureau: Bureau | None = Bureau.objects.filter(pk=where["bureau"]).first()
        if bureau is None:
            raise NotFound("thing.unknown")
        return bureau

    def form(self, thing: Bureau, data: QueryDict | None = None) -> SplitForm:
        """The bureau's open shares, each to be given to a bureau."""
        return SplitForm(data, bureau=thing, shares=open_shares_of_bureau(thing))

    def carry_out(self, thing: Bureau, form: LedgerForm) -> str:
        """Record it."""
        assert isinstance(form, SplitForm)  # noqa: S101 - as `form` made it
        data = form.cleaned_data
        split_bureau(
            thing, by=self.person, successor=data["successor"], chosen=form.chosen(), basis=data["basis"]
        )
        return reverse("master-data:bureaus")

    def facts(self, thing: Bureau) -> dict[str, Any]:
        """The words of the page."""
        back = reverse("master-data:bureau", args=[thing.pk])
        return {"headline": _("Split a bureau"), "back": back, "part": thing.name}
