"""What the master data pages stand on: administrators only; one form, carried out by an action."""

from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Bureau, User
from accounts.rights import appointments_in_force
from workflow.clock.now import today
from workflow.models import Plan
from workflow.pages.form import LedgerForm
from workflow.pages.page import Page
from workflow.queries.desk import first_steps
from workflow.rules.refusal import Forbidden, Invalid, NotFound


class MasterData(Page):
    """A page for those who hold the administrator's role today; `is_superuser` gives nothing."""

    tab = "master-data:index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Strangers sign in, administrators go on, others are refused, whatever they ask or send.

        A complete form of theirs goes to the action all the same, so that the refusal stands in the trail.
        """
        if not request.user.is_authenticated or self.held.is_administrator:
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST":
            with suppress(NotFound):
                super().dispatch(request, *args, **kwargs)
        raise Forbidden("right.missing")


class MasterDataForm(MasterData):
    """GET shows one form; POST carries it out, or shows what was entered wrongly (422)."""

    template: ClassVar[str] = "master_data/form.html"

    def get(self, request: HttpRequest, **where: int) -> HttpResponse:
        """The form."""
        thing = self.find(**where)
        return self.page(thing, self.form(thing))

    def post(self, request: HttpRequest, **where: int) -> HttpResponse:
        """Carry it out."""
        thing = self.find(**where)
        form = self.form(thing, request.POST)
        if form.is_valid():
            try:
                onward = self.carry_out(thing, form)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect(onward)
        return self.page(thing, form, status=422)

    def page(self, thing: Any, form: LedgerForm, *, status: int = 200) -> HttpResponse:
        """The page with the form."""
        return self.show(self.template, {"form": form, "thing": thing, **self.facts(thing)}, status=status)

    def find(self, **where: int) -> Any:
        """What the form is about; None for something new. Raises NotFound."""
        return None

    def form(self, thing: Any, data: QueryDict | None = None) -> LedgerForm:
        """The form, filled from `data` where something was sent."""
        raise NotImplementedError

    def carry_out(self, thing: Any, form: LedgerForm) -> str:
        """Call the action; returns where to go. Raises what the action refuses."""
        raise NotImplementedError

    def facts(self, thing: Any) -> dict[str, Any]:
        """What the template shows besides."""
        return {}


class Index(MasterData):
    """The parts of the master data."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Each part with how much it holds."""
        context = {
            "bureaus": Bureau.objects.filter(active=True).count(),
            "people": User.objects.filter(is_active=True).count(),
            "roles": appointments_in_force(today()).count(),
            "plans": Plan.objects.order_by("-period_start", "pk"),
            "steps": first_steps(self.person),
        }
        return self.show("master_data/index.html", context)
