"""Who stands behind the units that a draft names: bureaus that bear the name, others, and new ones."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from accounts.models import BureauKind
from workflow.actions.import_edits import decide_names
from workflow.pages.importing.page import ImportPage, number_in
from workflow.pages.preparation.forms import standing_bureaus
from workflow.queries.unit_names import UnitName, long_name, unit_names
from workflow.rules.refusal import Invalid, NotFound, require

PAGE = 50


class UnitsOfImport(ImportPage):
    """GET lists each unit once; POST decides one, or lets every missing bureau be added at the confirmation."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The list from a place on (`from`), those to be decided first."""
        row = self.draft(number)
        names, start = unit_names(row), number_in(request.GET, "from") or 0
        context = {
            "row": row,
            "names": list(enumerate(names[start : start + PAGE], start=start)),
            "open": sum(name.is_open for name in names),
            "missing": sum(name.is_missing for name in names),
            "created": sum(name.is_created for name in names),
            "bureaus": list(standing_bureaus().values_list("name", flat=True)),
            "kinds": [(value, label) for value, label in BureauKind.choices if value != BureauKind.AGENCY],
            "following": start + PAGE if start + PAGE < len(names) else None,
            "previous": max(start - PAGE, 0) if start else None,
        }
        return self.show("workflow/import/units.html", context)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Keep the decision; a name that no bureau bears is said."""
        row = self.draft(number)
        names = {name.text: name for name in unit_names(row)}
        try:
            decisions = self.decisions(names)
        except Invalid as refusal:
            messages.error(request, str(refusal))
            return redirect("ledger:import-units", number=row.pk)
        decide_names(row, by=self.person, decisions=decisions)
        words = ngettext("%(count)s unit is decided.", "%(count)s units are decided.", len(decisions))
        messages.success(request, words % {"count": len(decisions)})
        return redirect("ledger:import-units", number=row.pk)

    def decisions(self, names: Mapping[str, UnitName]) -> dict[str, dict[str, Any]]:
        """What was decided of each unit at issue: all that are missing are added, or the one that is named."""
        if "create_missing" in self.request.POST:
            return {text: {"create": name.kind} for text, name in names.items() if name.is_missing}
        text = self.request.POST.get("text", "")
        if text not in names:
            raise NotFound("thing.unknown")
        return {text: self.decision(names[text])}

    def decision(self, name: UnitName) -> dict[str, Any]:
        """A bureau's key, a new bureau with its kind, or nothing yet.

        Raises Invalid for a name that nobody bears, or that is too long for a new bureau.
        """
        data, bureaus = self.request.POST, standing_bureaus()
        other, kind = data.get("other", "").strip(), data.get("kind", "")
        if other:
            found = bureaus.filter(name=other).first()
            if found is None:
                raise Invalid("import.no_bureau", field="other", name=other[:60])
            return {"bureau": found.pk}
        if data.get("bureau") == "create":
            require(not name.is_long, long_name(name))
            return {"create": kind if kind in BureauKind.values else name.kind}
        key = number_in(data, "bureau")
        return {"bureau": key} if key is not None and bureaus.filter(pk=key).exists() else {}
