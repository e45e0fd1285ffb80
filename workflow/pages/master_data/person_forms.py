"""What can be decided about a person, as forms."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from accounts.roles import Role, ScopeKind
from workflow.clock.now import today
from workflow.models import Engagement, Plan
from workflow.pages.form import LedgerForm, day

CHOOSE = _("Choose …")
EVERYWHERE = ScopeKind.ALL.value


class JoinForm(LedgerForm):
    """Into which bureau, and from when."""

    bureau = forms.ModelChoiceField(
        label=_("Bureau"), queryset=Bureau.objects.filter(active=True).order_by("path"), empty_label=CHOOSE
    )
    title = forms.CharField(label=_("Post title"), max_length=60, required=False)
    since = day(_("From"), required=True)
    until = day(_("To"), hint=_("Empty while it lasts."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()


class AppointForm(LedgerForm):
    """Which role, where, and from when."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", CHOOSE), *Role.choices])
    scope = forms.ChoiceField(
        label=_("Where"),
        help_text=_(
            "Handlers and heads in a bureau; supervisors, approvers and observers in a plan; a supervisor also in the supervision office, to bring plans in; evaluators in an engagement."
        ),
    )
    since = day(_("From"), required=True)
    until = day(_("To"), hint=_("Empty while it lasts."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scope_choices()  # type: ignore[attr-defined]
        self.fields["since"].initial = today()

    def particulars(self) -> dict[str, Any]:
        """The role and the row in which it is held (None: everywhere)."""
        data = dict(self.cleaned_data)
        return {"role": Role(data.pop("role")), "scope": scope_of(data.pop("scope")), **data}


class LastDayForm(LedgerForm):
    """The last day of a membership or role."""

    last_day = day(_("Last day"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = today()


class PasswordForm(LedgerForm):
    """A new password."""

    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=_("Tell it to the person; their sessions end."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def scope_choices() -> list[tuple[Any, Any]]:
    """Everywhere, and every bureau, plan and engagement."""
    bureaus = Bureau.objects.filter(active=True).order_by("path").values_list("pk", "name")
    plans = Plan.objects.order_by("-period_start").values_list("pk", "title")
    engagements = Engagement.objects.select_related("agency").order_by("-since")
    return [
        ("", CHOOSE),
        (EVERYWHERE, ScopeKind.ALL.label),
        (_("Plans"), [(f"plan:{key}", title) for key, title in plans]),
        (_("Bureaus"), [(f"bureau:{key}", name) for key, name in bureaus]),
        (_("Engagements"), [(f"engagement:{e.pk}", f"{e.agency.name} · {e.title}") for e in engagements]),
    ]


def scope_of(choice: str) -> Bureau | Plan | Engagement | None:
    """The row that a choice of `scope_choices` names."""
    kind, _sep, key = choice.partition(":")
    if kind == ScopeKind.BUREAU:
        bureau: Bureau = Bureau.objects.get(pk=key)
        return bureau
    if kind == ScopeKind.PLAN:
        return Plan.objects.get(pk=key)
    return Engagement.objects.get(pk=key) if kind == ScopeKind.ENGAGEMENT else None


def is_over(until: date | None, on: date) -> bool:
    """Whether something that lasts to `until` is over."""
    return until is not None and until < on
