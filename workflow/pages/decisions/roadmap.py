"""路线图: the lead files its steps; a handler says which are reached, a head confirms, a head or supervisor returns."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Permission
from workflow.actions.roadmap import (
    MOST,
    TITLE_LONGEST,
    WHOLE,
    StepInput,
    confirm_milestone,
    file_roadmap,
    reach_milestone,
    return_milestone,
)
from workflow.actions.shares import UNREPORTED
from workflow.clock.now import today
from workflow.models import Milestone
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.form import LedgerForm, day, dress, long_text
from workflow.queries.roadmap import milestone_of, open_bureaus, steps_reached, steps_to_reach
from workflow.rules.refusal import Conflict, Forbidden, require
from workflow.rules.separation import is_not_the_author

BLANK_ROWS = 4
PARTS = ("title", "due", "weight", "share")


class RoadmapForm(LedgerForm):
    """A row for each step that is still to be reached and some blank ones, and why a filed roadmap changes."""

    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.measure = case.measure
        self.reached = steps_reached(case.measure)
        steps = steps_to_reach(case.measure)
        self.count = self._rows(data) if data is not None else min(len(steps) + BLANK_ROWS, MOST)
        bureaus = [
            ("", _("the lead")),
            *((str(key), name) for key, name in open_bureaus(case.measure).items()),
        ]
        for n in range(1, self.count + 1):
            self._add_row(n, steps[n - 1] if n <= len(steps) else None, bureaus)
        if case.measure.roadmap_version:
            self.fields["reason"] = long_text(gettext_lazy("Reason"), required=True, rows=2)
        for field in self.fields.values():
            dress(field)
            field.phrases = ()  # type: ignore[attr-defined]

    @staticmethod
    def _rows(data: Any) -> int:
        """How many rows were sent."""
        sent = [name.removeprefix("title-") for name in data if name.startswith("title-")]
        return min(max((int(n) for n in sent if n.isascii() and n.isdigit()), default=0), MOST)

    def _add_row(self, n: int, step: Milestone | None, bureaus: list[tuple[str, Any]]) -> None:
        self.fields[f"title-{n}"] = forms.CharField(
            label=gettext_lazy("Milestone"),
            max_length=TITLE_LONGEST,
            required=False,
            initial=step.title if step else "",
        )
        self.fields[f"due-{n}"] = day(gettext_lazy("By"))
        self.fields[f"due-{n}"].initial = step.due if step else None
        self.fields[f"weight-{n}"] = forms.IntegerField(
            label=gettext_lazy("Weight"),
            min_value=1,
            max_value=WHOLE,
            required=False,
            initial=step.weight if step else None,
        )
        self.fields[f"share-{n}"] = forms.ChoiceField(
            label=gettext_lazy("Whose"),
            choices=bureaus,
            required=False,
            initial=str(step.share_id or "") if step else "",
        )

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The fields, row by row."""
        for n in range(1, self.count + 1):
            yield [self[f"{part}-{n}"] for part in PARTS]

    def clean(self) -> dict[str, Any]:
        """A row that says anything says all of it."""
        found = super().clean() or self.cleaned_data
        for n in range(1, self.count + 1):
            told = [found.get(f"{part}-{n}") for part in PARTS[:3]]
            if any(told) and not all(told):
                for part, value in zip(PARTS, told, strict=False):
                    if not value and f"{part}-{n}" not in self.errors:
                        self.add_error(f"{part}-{n}", _("Fill in the whole row, or leave it blank."))
        return found

    def particulars(self) -> dict[str, Any]:
        """The steps in the order of the rows."""
        self.filled = [n for n in range(1, self.count + 1) if self.cleaned_data.get(f"title-{n}")]
        steps = [
            StepInput(
                self.cleaned_data[f"title-{n}"],
                self.cleaned_data[f"due-{n}"],
                self.cleaned_data[f"weight-{n}"],
                int(self.cleaned_data[f"share-{n}"]) if self.cleaned_data[f"share-{n}"] else None,
            )
            for n in self.filled
        ]
        return {"steps": steps, "reason": self.cleaned_data.get("reason", "")}

    def refuse(self, refusal: Any) -> None:
        """The action counts the steps it was given; the page has blank rows between them."""
        part, _dash, n = refusal.field.partition("-")
        if n.isdigit() and 0 < int(n) <= len(self.filled):
            refusal.field = f"{part}-{self.filled[int(n) - 1]}"
        super().refuse(refusal)


class FileRoadmap(MeasureDecision):
    """File the steps, or change those that are still to be reached."""

    name = "roadmap"
    label = gettext_lazy("File the roadmap")
    effect = gettext_lazy(
        "Every reader of the measure sees its steps. Weights make 100 together; those of the confirmed steps are the progress. Steps that are reached stay as they are."
    )
    form_class = RoadmapForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the lead, while the measure is under way."""
        require(
            case.holds_for_bureau(Permission.SUBMIT_FOR_BUREAU, case.lead_bureau), Forbidden("right.missing")
        )
        case.in_state(case.measure, *UNREPORTED)

    def build_with(self, case: Case) -> dict[str, Any]:
        """What the rows are made of."""
        return {"case": case}

    def page(self, case: Case, form: LedgerForm, status: int = 200) -> HttpResponse:
        """The rows as a table."""
        context = {"case": case, "form": form, "label": self.label, "effect": self.effect}
        return self.show("workflow/roadmap.html", context, status=status)

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """File it."""
        file_roadmap(case.measure, by=case.person, **particulars)


class MilestoneDecision(MeasureDecision):
    """A decision on one step of the roadmap."""

    needs = Permission.SUBMIT_FOR_BUREAU

    @classmethod
    def at_its_bureau(cls, case: Case) -> int | None:
        """The bureau in which the person holds the right: the one whose step it is, or the lead's; raises Forbidden."""
        share = case.its_milestone.share
        bureaus = (share.bureau_id if share is not None else None, case.lead_bureau)
        found = next((one for one in bureaus if one and case.holds_for_bureau(cls.needs, one)), None)
        require(found is not None, Forbidden("right.missing"))
        return found

    @classmethod
    def address(cls, case: Case) -> str:
        """Where the page is."""
        return reverse(f"ledger:{cls.name}", args=[case.measure.code, case.its_milestone.pk])

    def case(
        self,
        code: str,
        share: int | None = None,
        target: int | None = None,
        objection: int | None = None,
        *,
        milestone: int = 0,
    ) -> Case:
        """The step that the address names."""
        case = super().case(code, share, target, objection)
        return case.at_milestone(milestone_of(case.measure, milestone))


class ReachedForm(LedgerForm):
    """When, and what shows it."""

    on = day(gettext_lazy("Reached on"), required=True)
    note = long_text(gettext_lazy("What shows it"), rows=2)


class ReachMilestone(MilestoneDecision):
    """Say that a step is reached."""

    name = "reach-milestone"
    label = gettext_lazy("Milestone reached")
    effect = gettext_lazy("The head confirms it; from then on its weight is part of the progress.")
    form_class = ReachedForm

    @classmethod
    def check(cls, case: Case) -> None:
        """A handler of the bureau whose step it is, or of the lead."""
        cls.at_its_bureau(case)
        case.in_state(case.measure, *UNREPORTED)
        require(case.measure.roadmap_version > 0, Conflict("roadmap.not_filed"))
        require(case.its_milestone.reached_on is None, Conflict("milestone.reached"))

    def form(self, case: Case, data: Mapping[str, Any] | None = None) -> LedgerForm:
        """Today, unless another day is given."""
        return ReachedForm(data, auto_id="decide-%s", initial={"on": today(case.measure.plan.time_zone)})

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Say so."""
        reach_milestone(case.its_milestone, by=case.person, **particulars)


class ConfirmMilestone(MilestoneDecision):
    """Confirm a step that is said to be reached."""

    name = "confirm-milestone"
    label = gettext_lazy("Confirm the milestone")
    effect = gettext_lazy("Its weight becomes part of the measure's progress.")
    form_class = LedgerForm
    needs = Permission.REVIEW_FOR_BUREAU

    @classmethod
    def check(cls, case: Case) -> None:
        """A head of the bureau whose step it is, or of the lead, who did not say it themselves (rule 1)."""
        bureau = cls.at_its_bureau(case)
        case.in_state(case.measure, *UNREPORTED)
        require(case.its_milestone.reached_on is not None, Conflict("milestone.not_reached"))
        require(not case.its_milestone.counts, Conflict("milestone.confirmed"))
        is_not_the_author(case.people(cls.needs, bureau), [case.its_milestone.reached_by_id or 0])

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Confirm it."""
        confirm_milestone(case.its_milestone, by=case.person)


class ReturnMilestone(MilestoneDecision):
    """Not reached after all."""

    name = "return-milestone"
    label = gettext_lazy("Return the milestone")
    effect = gettext_lazy("It counts as not reached, and is to be reached anew.")
    needs = Permission.REVIEW_FOR_BUREAU

    @classmethod
    def check(cls, case: Case) -> None:
        """A head as above before the confirmation, a supervisor after it."""
        if case.its_milestone.counts:
            case.needs_plan(Permission.VERIFY_FOR_PLAN)
        else:
            cls.at_its_bureau(case)
        case.in_state(case.measure, *UNREPORTED)
        require(case.its_milestone.reached_on is not None, Conflict("milestone.not_reached"))

    def act(self, case: Case, particulars: Mapping[str, Any]) -> None:
        """Return it."""
        return_milestone(case.its_milestone, by=case.person, **particulars)
