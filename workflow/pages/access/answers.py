"""May a person do this to the measure now, and what decides: the checks that guard the pages, asked and written down."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.rights import Grant, Standing
from accounts.roles import ROLES, Permission, Role, ScopeKind
from flows.access import StepAnswer, request_answers, step_answers
from flows.chart import step_label
from workflow.models import Amendment
from workflow.pages.decisions.case import Case
from workflow.pages.decisions.decide_objection import DecideObjection
from workflow.pages.decisions.decision import MeasureDecision
from workflow.pages.editions.admission import check_admission
from workflow.pages.editions.settling import check_settlement
from workflow.pages.form import Words
from workflow.pages.offers import ON_ITEM, ON_MEASURE, ON_MILESTONE, ON_ROADMAP, ON_SHARE, ON_TARGET
from workflow.pages.preparation.dispatch import check_dispatch
from workflow.pages.preparation.measure import check_preparation
from workflow.pages.work import STEPS
from workflow.queries.cases import latest_reports
from workflow.queries.objections import challenged, objections_of
from workflow.rules.refusal import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can be done to a measure. `about`: the bureaus or targets it is done to.

    `by`: the grants that give the right asked for; `needs`: the rights asked for, where none is held; `code` and
    `refusal`: of what says no and its sentence, "" where the person may; `note`: what is to be known besides.
    """

    label: Words
    about: tuple[str, ...]
    by: tuple[Grant, ...]
    needs: tuple[Permission, ...]
    code: str = ""
    refusal: str = ""
    note: str = ""

    @property
    def may(self) -> bool:
        """Whether the person may do it."""
        return not self.refusal

    @property
    def why(self) -> str:
        """The sentence that says no; "" where the missing role says it all, of whomever it is told."""
        return "" if self.needs and self.code == "right.missing" else self.refusal

    @property
    def verdict(self) -> str:
        """Yes or no, in words."""
        return _("allowed") if self.may else _("not allowed")

    @property
    def roles(self) -> list[Words]:
        """The roles that would give the missing right, in words."""
        return [role.label for role in Role if set(self.needs) & ROLES[role].permissions]


@dataclass(frozen=True, slots=True)
class Asked(Standing):
    """A person's rights that write down which of them a check asks for."""

    asked: list[tuple[ScopeKind, Permission]] = field(default_factory=list)

    def scopes(self, kind: ScopeKind, *permissions: Permission) -> frozenset[int]:
        """As every standing answers; the question is kept."""
        self.asked.extend((kind, permission) for permission in permissions)
        return Standing.scopes(self, kind, *permissions)


def asked_of(check: Callable[[Case], object], case: Case, label: Words, *about: str) -> Answer:
    """What `check` says of the case: its refusal in words, the rights it asked for, and the grants that hold them."""
    asked = Asked(case.held.grants, case.held.everywhere)
    code = refusal = ""
    try:
        check(replace(case, held=asked))
    except Refused as why:
        code, refusal = why.code, str(why)
    wanted = dict.fromkeys(permission for _kind, permission in asked.asked)
    by = tuple(dict.fromkeys(_grants(case, asked.asked)))
    return Answer(label, about, by, () if by else tuple(wanted), code, refusal)


def _grants(case: Case, asked: Iterable[tuple[ScopeKind, Permission]]) -> Iterator[Grant]:
    """The grants of the rights asked for in the scopes that the case is about: its plan, the share's bureau, the lead."""
    bureaus = {case.lead_bureau, case.share.bureau_id if case.share is not None else None} - {None}
    scopes = {(ScopeKind.PLAN, case.measure.plan_id), *((ScopeKind.BUREAU, bureau) for bureau in bureaus)}
    wanted = set(asked)
    for grant, permission in case.held.grants:
        place = (grant.scope_kind, grant.scope_id)
        if place in scopes and (grant.scope_kind, permission) in wanted:
            yield grant


class Part(StrEnum):
    """The parts of the answer."""

    STEPS = "steps"
    REQUESTS = "requests"
    OBJECTIONS = "objections"
    PREPARATION = "preparation"
    MEASURE = "measure"
    SHARES = "shares"
    TARGETS = "targets"
    ROADMAP = "roadmap"


def part_label(part: Part) -> str:
    """The heading of a part."""
    return {
        Part.STEPS: _("Steps"),
        Part.REQUESTS: _("Requests"),
        Part.OBJECTIONS: _("Objections"),
        Part.PREPARATION: _("Preparation, dispatch and later editions"),
        Part.MEASURE: _("Decisions on the measure"),
        Part.SHARES: _("Decisions on a share"),
        Part.TARGETS: _("Decisions on a target"),
        Part.ROADMAP: _("Roadmap and single things to do"),
    }[part]


def all_answers(case: Case) -> dict[Part, list[Answer]]:
    """Everything that can be done to the measure of `case`, each with its answer; same answers stand together."""
    found = {
        Part.STEPS: (_step(one, case) for one in step_answers(case.measure, case.person, case.held)),
        Part.REQUESTS: (_step(one, case) for one in request_answers(case.measure, case.person, case.held)),
        Part.OBJECTIONS: _on_objections(case),
        Part.PREPARATION: _preparation(case),
        Part.MEASURE: (_decision(kind, case) for kind in ON_MEASURE),
        Part.SHARES: _on_shares(case),
        Part.TARGETS: _on_targets(case),
        Part.ROADMAP: _on_roadmap(case),
    }
    return {part: together for part, answers in found.items() if (together := _together(answers))}


def _together(answers: Iterable[Answer]) -> list[Answer]:
    """Answers that differ in nothing but what they are about become one."""
    found: dict[Answer, list[str]] = {}
    for one in answers:
        found.setdefault(replace(one, label=str(one.label), about=()), []).extend(one.about)
    return [replace(one, about=tuple(about)) for one, about in found.items()]


def _decision(kind: type[MeasureDecision], case: Case, *about: str) -> Answer:
    return asked_of(kind.check, case, kind.label, *about)


def _on_shares(case: Case) -> Iterator[Answer]:
    latest = latest_reports(case.measure)
    shares = list(case.measure.shares.select_related("bureau").order_by("-is_lead", "pk"))
    for share in shares:
        share.measure = case.measure
    for kind in ON_SHARE:
        for share in shares:
            yield _decision(kind, case.about(share, latest.get(share.pk)), share.bureau.name)


def _on_targets(case: Case) -> Iterator[Answer]:
    targets = list(case.measure.targets.order_by("position"))
    for kind in ON_TARGET:
        for target in targets:
            yield _decision(kind, case.aimed_at(target), target.text)


def _on_roadmap(case: Case) -> Iterator[Answer]:
    for kind in ON_ROADMAP:
        yield _decision(kind, case)
    milestones = list(case.measure.milestones.select_related("share").order_by("position"))
    for kind in ON_MILESTONE:
        for milestone in milestones:
            yield _decision(kind, case.at_milestone(milestone), milestone.title)
    items = list(case.measure.items.select_related("share").order_by("position"))
    for kind in ON_ITEM:
        for item in items:
            yield _decision(kind, case.at_item(item), item.text)


def _preparation(case: Case) -> Iterator[Answer]:
    checks: list[tuple[Words, Callable[[Case], object]]] = [
        (_("Prepare the measure"), lambda it: check_preparation(it.held, it.measure)),
        (_("Admit new measures"), lambda it: check_admission(it.person, it.held, it.measure)),
        (step_label("dispatch"), lambda it: check_dispatch(it.held, it.measure)),
    ]
    for label, check in checks:
        yield asked_of(check, case, label)
    for amendment in case.measure.amendments.order_by("pk"):
        yield _settlement(case, amendment)


def _settlement(case: Case, amendment: Amendment) -> Answer:
    amendment.measure = case.measure
    return asked_of(lambda it: check_settlement(it.held, amendment), case, _("Settle an amendment"))


def _on_objections(case: Case) -> Iterator[Answer]:
    """Those that nobody has decided yet."""
    for objection in objections_of(case.measure):
        if objection.is_pending:
            about = f"{objection.share.bureau.name} ({challenged(objection)})"
            yield _decision(DecideObjection, case.deciding(objection), about)


def _step(one: StepAnswer, case: Case) -> Answer:
    return Answer(
        label=step_words(one.node),
        about=_about(one),
        by=() if one.grant is None else (one.grant,),
        needs=(one.needs,) if one.grant is None else (),
        code="" if one.refusal is None else one.refusal.code,
        refusal="" if one.refusal is None else str(one.refusal),
        note=_note(one, case),
    )


def _about(one: StepAnswer) -> tuple[str, ...]:
    """Whose share the step is of, or who asks what."""
    if one.item is None:
        return ()
    if one.item.request is not None:
        request = one.item.request
        return (f"{request.share.bureau.name} ({request.get_kind_display()})",)
    return () if one.item.share is None else (one.item.share.bureau.name,)


def step_words(node: str) -> str:
    """The step and the ways to leave it: “Review: Approve / Send back”; the step alone where it has one of that name."""
    ways = " / ".join(str(decision.label) for decision in STEPS[node].decisions.values())
    step = step_label(node)
    return step if ways == step else _("%(step)s: %(decisions)s") % {"step": step, "decisions": ways}


def _note(one: StepAnswer, case: Case) -> str:
    if one.item is not None and one.refusal is None and one.item.owner_id == case.person.pk:
        return _("It lies on this person's desk.")
    return _("May hand it to a handler of the bureau.") if one.may_hand_over else ""
