"""Bureaus: the tree, one more, and changes to one."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau, BureauKind
from workflow.actions.master_data import BureauFacts, change_bureau, create_bureau
from workflow.pages.form import LedgerForm
from workflow.pages.master_data.page import MasterData, MasterDataForm
from workflow.queries.master_data import bureaus_page
from workflow.rules.refusal import NotFound


class BureauForm(LedgerForm):
    """A new bureau."""

    name = forms.CharField(label=_("Name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=BureauKind.choices,
        help_text=_("A collective such as “every subdistrict” is every active bureau of one kind."),
    )
    parent = forms.ModelChoiceField(
        label=_("Stands below"),
        queryset=Bureau.objects.order_by("path"),
        required=False,
        empty_label=_("at the top"),
    )
    aliases = forms.CharField(
        label=_("Other names in documents"),
        required=False,
        max_length=4000,
        help_text=_("One a line. The reader of plans finds the bureau by them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def facts(self) -> BureauFacts:
        """What the actions take."""
        data = self.cleaned_data
        return BureauFacts(
            name=data["name"],
            kind=data["kind"],
            parent=data["parent"],
            short_name=data["short_name"],
            aliases=data["aliases"].splitlines(),
        )


class BureauChangeForm(BureauForm):
    """A bureau that exists."""

    active = forms.BooleanField(
        label=_("Active"),
        required=False,
        help_text=_("An inactive bureau is offered nowhere and is left out of collectives."),
    )
    succeeded_by = forms.ModelChoiceField(
        label=_("Succeeded by"),
        queryset=Bureau.objects.filter(active=True).order_by("path"),
        required=False,
        empty_label=_("nobody"),
        help_text=_(
            "Whoever belonged to it counts as having belonged to the successor. Its open shares go to the successor at once, and stay there."
        ),
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=500,
        required=False,
        help_text=_("What ordered the reorganisation; asked for where open shares are handed over."),
    )


class Bureaus(MasterData):
    """The tree of bureaus, or those that match."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page."""
        text, after = request.GET.get("q", "").strip()[:80], request.GET.get("after", "")[:255]
        found = bureaus_page(text, after)
        context = {
            "bureaus": found.bureaus,
            "next_cursor": found.after,
            "text": text,
            "query": urlencode({"q": text}),
            "is_first": not after,
        }
        return self.show("master_data/bureaus.html", context)


class AddBureau(MasterDataForm):
    """One more bureau."""

    def form(self, thing: None, data: QueryDict | None = None) -> BureauForm:
        """An empty form."""
        return BureauForm(data)

    def carry_out(self, thing: None, form: LedgerForm) -> str:
        """Add it."""
        assert isinstance(form, BureauForm)  # noqa: S101 - as `form` made it
        create_bureau(form.facts(), by=self.person)
        return reverse("master-data:bureaus")

    def facts(self, thing: None) -> dict[str, Any]:
        """The words of the page."""
        return {"headline": _("Add a bureau"), "back": reverse("master-data:bureaus"), "part": _("Bureaus")}


class ChangeBureau(MasterDataForm):
    """Changes to a bureau."""

    def find(self, **where: int) -> Bureau:
        """The bureau of the address."""
        bureau: Bureau | None = Bureau.objects.filter(pk=where["bureau"]).first()
        if bureau is None:
            raise NotFound("thing.unknown")
        return bureau

    def form(self, thing: Bureau, data: QueryDict | None = None) -> BureauChangeForm:
        """The bureau as it stands."""
        parent = Bureau.objects.get_parent(thing)
        known = {
            "name": thing.name,
            "short_name": thing.short_name,
            "kind": thing.kind,
            "parent": parent.pk if parent else None,
            "aliases": "\n".join(thing.aliases.order_by("name").values_list("name", flat=True)),
            "active": thing.active,
            "succeeded_by": thing.succeeded_by_id,
        }
        return BureauChangeForm(data, initial=known)

    def carry_out(self, thing: Bureau, form: LedgerForm) -> str:
        """Change it."""
        assert isinstance(form, BureauChangeForm)  # noqa: S101 - as `form` made it
        data = form.cleaned_data
        change_bureau(
            thing,
            form.facts(),
            by=self.person,
            active=data["active"],
            succeeded_by=data["succeeded_by"],
            basis=data["basis"],
        )
        return reverse("master-data:bureaus")

    def facts(self, thing: Bureau) -> dict[str, Any]:
        """The words of the page."""
        split = reverse("master-data:split-bureau", args=[thing.pk])
        more = {"url": split, "label": _("Split a bureau")} if thing.succeeded_by_id is None else None
        return {
            "headline": thing.name,
            "back": reverse("master-data:bureaus"),
            "part": _("Bureaus"),
            "more": more,
        }
