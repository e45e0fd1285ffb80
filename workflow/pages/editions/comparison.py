"""对照: a later edition beside its plan: what it adds, changes, moves and drops, to be matched and then confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from workflow.actions.edition_amending import ENDED
from workflow.actions.edition_pairing import pair_measure, set_plan
from workflow.actions.editions import CheckedEdition, Reasons, confirm_edition
from workflow.actions.loading import known_plan
from workflow.intake.edition_comparison import Comparison, Pair, compare, drafted_measures
from workflow.models import Plan, PlanImport
from workflow.models.amendment import AmendedField
from workflow.pages.compare import pieces
from workflow.pages.editions.words import Change, change_of
from workflow.pages.importing.confirm import plan_of
from workflow.pages.importing.page import ImportPage, number_in
from workflow.queries.editions import measures_to_renew, sees_whole
from workflow.queries.visibility import plan_visible_to
from workflow.rules.refusal import Conflict, Invalid, NotFound, require
from workflow.states import MeasureState, PlanState

GROUPS = ("changed", "moved", "added", "dropped", "renumbered")
PAGE = 50
"""Measures of one group on a page."""
REASON = "reason-"
"""Begins the name of the field with a measure's own reason."""
FROM_THE_PAGE = frozenset({"import.changed", "import.known", "import.empty", "import.no_lead"})
"""Refusals that the page shows itself."""


@dataclass(frozen=True, slots=True)
class Card:
    """A measure as the page shows it. `wants_reason`: it is under way, so that changing it asks for one."""

    pair: Pair
    changes: list[Change]
    wants_reason: bool
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one fate: how many, those of this page, and where the next page begins (None: nowhere)."""

    name: str
    count: int
    cards: list[Card]
    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered to confirm, and what is wrong with it by the name of the field."""

    reasons: Reasons = field(default_factory=Reasons)
    errors: dict[str, str] | None = None
    sentence: str = ""


class EditionOfImport(ImportPage):
    """GET shows the comparison; POST matches a measure, names the plan, or confirms."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The plan beside its later edition."""
        return self.page(self.edition(number), Entered())

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Do what the pressed button says."""
        match request.POST.get("decision", ""):
            case "plan":
                return self.name_plan(self.draft(number))
            case "pair":
                return self.pair(self.edition(number))
            case "confirm":
                return self.confirm(self.find(number))
        raise NotFound("thing.unknown")

    def edition(self, number: int) -> PlanImport:
        """The draft where it is a later edition; raises Conflict otherwise."""
        row = self.draft(number)
        self.renewed(row)
        return row

    def renewed(self, row: PlanImport) -> Plan:
        """The plan of which it is a later edition; raises NotFound where the person may not see all of that."""
        if row.renews is None:
            raise Conflict("edition.not_of_plan")
        require(sees_whole(self.held, row.renews), NotFound("thing.unknown"))
        return row.renews

    def name_plan(self, row: PlanImport) -> HttpResponse:
        """Let the import be a later edition of the plan of that code, or a plan of its own."""
        code = self.request.POST.get("plan", "")
        plan = plan_visible_to(self.person, code, self.held) if code else None
        require(plan is None or sees_whole(self.held, plan), NotFound("thing.unknown"))
        set_plan(row, plan, by=self.person)
        return redirect("ledger:import-edition" if code else "ledger:import", number=row.pk)

    def pair(self, row: PlanImport) -> HttpResponse:
        """Match a measure of the draft by hand, or let it be matched by its content again."""
        key, code = number_in(self.request.POST, "measure"), self.request.POST.get("code", "")
        try:
            pair_measure(row, key or 0, by=self.person, code=None if code == "auto" else code)
        except Invalid as refusal:
            return self.page(row, Entered(sentence=str(refusal)), status=422)
        messages.success(self.request, _("Matched as you said."))
        return redirect("ledger:import-edition", number=row.pk)

    def confirm(self, row: PlanImport) -> HttpResponse:
        """Bring the plan up to the edition, and go to it."""
        data = self.request.POST
        of = {name.removeprefix(REASON): str(data[name]) for name in data if name.startswith(REASON)}
        reasons = Reasons(data.get("reason", ""), of)
        version, edition = number_in(data, "version"), number_in(data, "edition")
        plan = self.renewed(row)
        checked = CheckedEdition(
            plan_of(row), _known(version), _known(edition), self.compared(row, plan).pairs, reasons
        )
        try:
            confirm_edition(row, checked, by=self.person)
        except Invalid as refusal:
            entered = Entered(reasons, {refusal.field: str(refusal)}, str(refusal))
            return self.page(row, entered, status=422)
        except Conflict as refusal:
            if refusal.code not in FROM_THE_PAGE:
                raise
            return self.page(self.edition(row.pk), Entered(reasons, None, str(refusal)), status=409)
        messages.success(self.request, _("The plan stands in its new edition."))
        return redirect("ledger:plan-detail", code=plan.code)

    def compared(self, row: PlanImport, plan: Plan) -> Comparison:
        """The plan beside the draft as it stands."""
        return compare(measures_to_renew(plan), plan, drafted_measures(row), row.pairs)

    def page(self, row: PlanImport, entered: Entered, *, status: int = 200) -> HttpResponse:
        """The comparison with what was entered."""
        plan = self.renewed(row)
        found = self.compared(row, plan)
        shown = Shown(plan, found, entered)
        asked, start = self.request.GET.get("group", ""), number_in(self.request.GET, "from") or 0
        context = {
            "row": row,
            "plan": plan,
            "found": found,
            "groups": [shown.group(name, start if name == asked else 0) for name in GROUPS],
            "free": found.dropped,
            "entered": entered,
            "asks_reason": shown.asks_reason,
            "known": known_plan(row.source_hash),
            "head": head_changes(row, plan),
            "head_period": row.period_end != plan.period_end,
        }
        return self.show("workflow/editions/comparison.html", context, status=status)


class Shown:
    """The comparison as cards, a page of each group."""

    def __init__(self, plan: Plan, found: Comparison, entered: Entered) -> None:
        self.plan, self.found, self.entered = plan, found, entered

    def group(self, name: str, start: int) -> Group:
        """The group's measures from a place on."""
        pairs: Sequence[Pair] = getattr(self.found, name)
        end = start + PAGE
        return Group(
            name,
            len(pairs),
            [self.card(pair) for pair in pairs[start:end]],
            max(start - PAGE, 0) if start else None,
            end if end < len(pairs) else None,
        )

    def card(self, pair: Pair) -> Card:
        """One measure."""
        code = pair.old.code if pair.old is not None else ""
        wants = self.wants_reason(pair)
        return Card(
            pair,
            [change_of(str(one.field), one.before, one.after) for one in pair.differences],
            wants,
            self.entered.reasons.of.get(code, ""),
            (self.entered.errors or {}).get(f"{REASON}{code}", ""),
        )

    @cached_property
    def asks_reason(self) -> bool:
        """Whether any measure under way is changed or dropped."""
        found = self.found
        return any(self.wants_reason(pair) for pair in (*found.changed, *found.moved, *found.dropped))

    def wants_reason(self, pair: Pair) -> bool:
        """Whether the measure is under way, and changed in more than its number."""
        old = pair.old
        if old is None or self.plan.state == PlanState.DRAFT or old.state in ENDED:
            return False
        if old.state == MeasureState.DRAFT and old.awaits_admission:
            return False
        return {one.field for one in pair.differences} != {AmendedField.NUMBER}


def head_changes(row: PlanImport, plan: Plan) -> list[Change]:
    """Title and period of the plan, where the edition has them otherwise."""
    found = []
    if row.title != plan.title:
        found.append(change_of(AmendedField.TITLE, plan.title, row.title))
    before, after = (f"{one.period_start} – {one.period_end}" for one in (plan, row))
    if before != after:
        found.append(Change("period", _("Period"), before, after, pieces(before, after)))
    return found


def _known(number: int | None) -> int:
    return -1 if number is None else number
