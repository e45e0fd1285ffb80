"""The form of a share's report, and the one click that repeats the last one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.actions.reporting import ReadingInput
from workflow.models import Report, Target
from workflow.pages.form import LedgerForm, day, dress, long_text


class ReportForm(LedgerForm):
    """The report of a share. Fields `reading-ID`, `reason-ID`, `as-of-ID` stand for each target."""

    progress = long_text(
        _("Progress"), rows=7, required=True, hint=_("What was done in this cycle, with figures and dates.")
    )
    problems = long_text(_("Problems"), rows=3)
    needs_coordination = forms.BooleanField(label=_("We need coordination by others"), required=False)
    next_steps = long_text(_("Next steps"), rows=3, hint=_("What, by whom, by when."))

    def __init__(self, *args: Any, targets: Sequence[Target] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = targets
        for target in targets:
            self._add_target(target)

    def _add_target(self, target: Target) -> None:
        added: dict[str, forms.Field] = {
            f"reading-{target.pk}": forms.DecimalField(
                label=target.text, required=False, max_digits=16, decimal_places=4
            ),
            f"as-of-{target.pk}": day(_("As of")),
            f"reason-{target.pk}": forms.CharField(
                label=_("If there is no value: why"), required=False, max_length=300
            ),
        }
        for name, field in added.items():
            dress(field)
            self.fields[name] = field

    def target_rows(self) -> list[dict[str, Any]]:
        """The fields of each target together, for the template."""
        return [
            {
                "target": target,
                "value_label": _("Value (%(unit)s)") % {"unit": target.unit} if target.unit else _("Value"),
                "value": self[f"reading-{target.pk}"],
                "as_of": self[f"as-of-{target.pk}"],
                "reason": self[f"reason-{target.pk}"],
            }
            for target in self.targets
        ]

    def particulars(self) -> dict[str, Any]:
        """The texts and one `ReadingInput` for each target."""
        data = self.cleaned_data
        return {
            "progress": data["progress"],
            "problems": data["problems"],
            "needs_coordination": data["needs_coordination"],
            "next_steps": data["next_steps"],
            "readings": [
                ReadingInput(t.pk, data[f"reading-{t.pk}"], data[f"reason-{t.pk}"], data[f"as-of-{t.pk}"])
                for t in self.targets
            ],
        }


class UnchangedForm(LedgerForm):
    """One click: what was approved in the cycle before still holds."""

    def __init__(self, *args: Any, before: Report | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean(self) -> None:
        """Refuse where there is nothing to repeat."""
        if self.before is None:
            self.add_error(None, _("There is no approved report of an earlier cycle to repeat."))

    def particulars(self) -> dict[str, Any]:
        """The earlier report's words and readings, marked as unchanged."""
        assert self.before is not None  # noqa: S101 - `clean` saw to it
        return {
            "progress": self.before.progress,
            "problems": self.before.problems,
            "needs_coordination": self.before.needs_coordination,
            "next_steps": self.before.next_steps,
            "unchanged": True,
            "readings": [
                ReadingInput(r.target_id, r.value, r.reason, r.as_of) for r in self.before.readings.all()
            ],
        }
