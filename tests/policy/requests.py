"""How each line of the policy table is asked for: the address in the world, and a form that is filled in well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import BureauKind
from tests.factories.imports import file
from tests.policy.world import DUE, PASSWORD, SUSPENDED_UNTIL, R, S, World
from workflow.models import ImportMeasure, Measure
from workflow.models.verification import ChecklistPoint
from workflow.pages.policy_lines import Rule
from workflow.pages.readers import Situation

NEW_PASSWORD = "willow-47-bridge"

Form = Callable[[World], dict[str, Any]]

PLANS = {S.PLAN_DRAFT: "draft", S.PLAN_ON_LEDGER: "plan", S.ADDED: "plan"}
MEASURES = {S.SUBMITTED: S.REVIEW, S.SUPPORT_APPROVED: S.REVIEW, S.EVALUATION_DUE: S.EVALUATE}
"""Situations of a measure that another one's measure is in."""

OF_PLAN = {"plan-detail", "plan-offices", "plan-units", "plan-schedule", "plan-targets", "put-on-ledger"}
OF_PLAN |= {"dispatch-plan", "plan-engagements"}
OF_PLAN |= {"plan-source", "plan-source-file"}
OF_IMPORT = {"import", "read-import", "import-progress", "drop-import", "undo-import", "import-sections"}
OF_IMPORT |= {
    "import-measure",
    "import-warnings",
    "import-units",
    "import-source",
    "import-file",
    "confirm-import",
    "import-edition",
}
OF_PLAN |= {"plan-edition", "plan-admission", "force-acceptance-many"}
OF_ORDER = {"order", "order-file"}
OF_SHARE = {"withdraw-report", "send-back", "force-acceptance"}
OF_SHARE |= {"ask-extension", "ask-refusal", "ask-transfer", "ask-coordination"}
OF_ITEM = {"work", "claim", "release", "hand-over", "save-draft", "add-evidence", "remove-evidence"}
OF_ITEM |= {"confirm-grade"}
OF_MEASURE = {"measure-detail", "measure-preparation", "dispatch-measure", "waive-target", "miss-cycle"}
OF_MEASURE |= {
    "return-measure",
    "waive-evaluation",
    "engage-another",
    "reopen-measure",
    "confirm-target",
    "settle-amendment",
    "instruct",
    "reply-to-instruction",
    "suspend-measure",
    "resume-measure",
    "cancel-measure",
    "raise-objection",
    "decide-objection",
    "transfer-to-routine",
    "end-share",
    "add-bureau",
    "change-lead",
    "resolve-unit",
    "request",
    "withdraw-request",
    "roadmap",
    "reach-milestone",
    "confirm-milestone",
    "return-milestone",
    "hand-task",
    "finish-task",
    "resume-task",
    "measure-access",
    "measure-access-of",
    *OF_SHARE,
}

NAMED: dict[str, dict[str, Callable[[World], int]]] = {
    "end-deputy": {"deputy": lambda world: world.people[R.DEPUTY].appointments.get().pk},
    "master-data:bureau": {"bureau": lambda world: world.support.pk},
    "master-data:split-bureau": {"bureau": lambda world: world.support.pk},
    "master-data:person": {"person": lambda world: world.people[R.NO_ROLE].pk},
    "master-data:calendar-year": {"year": lambda world: 2026},
}
"""What the addresses of the master data name."""


def address(world: World, rule: Rule) -> str:
    """Where the rule's page is, in the rule's situation."""
    return reverse(rule.view, kwargs=_names(world, rule.view.removeprefix("ledger:"), rule.situation))


def _names(world: World, view: str, situation: Situation) -> dict[str, Any]:
    if view in OF_PLAN:
        return _plan_names(world, view, situation)
    if view in OF_ORDER:
        return {"order": 0 if situation == S.UNKNOWN else world.measures[situation].dispatch_order_id}
    if view in OF_IMPORT:
        return _import_names(world, view, situation)
    if view in OF_MEASURE:
        return _measure_names(world, view, situation)
    if view in OF_ITEM:
        return _item_names(world, view, situation)
    return {name: names(world) for name, names in NAMED.get(view, {}).items()} or (
        {"evidence": world.evidence[situation].pk} if view == "evidence" else {}
    )


def _plan_names(world: World, view: str, situation: Situation) -> dict[str, Any]:
    more = {"position": 1} if view.endswith("file") else {"edition": 1} if view == "plan-edition" else {}
    return {"code": _plan_code(world, view, situation), **more}


def _import_names(world: World, view: str, situation: Situation) -> dict[str, Any]:
    row = world.imports[situation]
    more = {"measure": _first_measure(world).pk} if view == "import-measure" else {}
    return {"number": row.pk, **more, **({"position": 1} if view == "import-file" else {})}


def _first_measure(world: World) -> ImportMeasure:
    first: ImportMeasure = world.imports[S.IMPORT_DRAFT].measures.order_by("pk")[0]
    return first


def _plan_code(world: World, view: str, situation: Situation) -> str:
    if situation == S.UNKNOWN:
        return "NONE"
    if view == "put-on-ledger":
        return world.ready.code
    return str(getattr(world, PLANS[situation]).code)


def _measure_names(world: World, view: str, situation: Situation) -> dict[str, Any]:
    of_person = {"person": world.people[R.HOLDER].pk} if view == "measure-access-of" else {}
    if situation == S.UNKNOWN:
        return {"code": "NONE-01-01", **of_person}
    measure = world.measures[MEASURES.get(situation, situation)]
    names: dict[str, Any] = {"code": measure.code, **of_person}
    if view in OF_SHARE:
        is_lead = situation != S.SUPPORT_APPROVED
        names["share"] = measure.shares.get(is_lead=is_lead).pk
    if view in IN_MEASURE:
        name, which = IN_MEASURE[view]
        names[name] = which(world, situation, measure).pk
    return names


IN_MEASURE: dict[str, tuple[str, Callable[[World, Situation, Measure], Any]]] = {
    "confirm-target": ("target", lambda world, situation, measure: measure.targets.get(text="新目标")),
    "waive-target": ("target", lambda world, situation, measure: measure.targets.get()),
    "settle-amendment": ("amendment", lambda world, situation, measure: world.amendment),
    "reply-to-instruction": (
        "reply",
        lambda world, situation, measure: world.share(situation).instruction_replies.get(),
    ),
    "reach-milestone": (
        "milestone",
        lambda world, situation, measure: measure.milestones.get(title="配合节点"),
    ),
    "confirm-milestone": (
        "milestone",
        lambda world, situation, measure: measure.milestones.get(title="牵头节点"),
    ),
    "return-milestone": (
        "milestone",
        lambda world, situation, measure: measure.milestones.get(title="牵头节点"),
    ),
    "hand-task": ("item", lambda world, situation, measure: measure.items.get(text="配合事项")),
    "finish-task": ("item", lambda world, situation, measure: measure.items.get(text="配合事项")),
    "resume-task": ("item", lambda world, situation, measure: measure.items.get(text="牵头事项")),
    "request": ("asked", lambda world, situation, measure: world.requests[situation]),
    "withdraw-request": ("asked", lambda world, situation, measure: world.requests[situation]),
    "decide-objection": ("objection", lambda world, situation, measure: world.objection),
}
"""What the address of a decision names besides its measure."""


def _item_names(world: World, view: str, situation: Situation) -> dict[str, Any]:
    other = situation == S.OTHER_RUN
    item = world.items[S.FILL_HELD if other else situation]
    names = {"run": world.items[S.REVIEW].process_id if other else item.process_id, "item": item.pk}
    if view == "remove-evidence":
        names["evidence"] = world.evidence[S.EVIDENCE_PENDING].pk
    if view == "confirm-grade":
        names["evidence"] = world.evidence[S.VERIFY].pk
    return names


def _key(world: World, situation: Situation) -> str:
    """The item as a list of many names it."""
    item = world.items[situation]
    return f"{item.process_id}-{item.pk}"


def _fill(world: World) -> dict[str, Any]:
    target = world.measures[S.RUNNING].targets.get()
    return {"decision": "submit", "progress": "已完成", f"reading-{target.pk}": "96"}


def _rework(world: World) -> dict[str, Any]:
    return {"shares": [world.share(S.VERIFIED).pk], "reason": "补充"}


DECIDED: dict[Situation, Form] = {
    S.ACCEPT_FREE: lambda world: {"decision": "accept"},
    S.ACCEPT_HELD: lambda world: {"decision": "accept"},
    S.FILL_FREE: lambda world: {"decision": "submit", "progress": "已完成"},
    S.FILL_HELD: _fill,
    S.SUSPENDED: lambda world: {"decision": "submit", "progress": "已完成"},
    S.FILL_LEFT: lambda world: {"decision": "submit", "progress": "已完成"},
    S.OTHER_RUN: _fill,
    S.REVIEW: lambda world: {"decision": "approve", "opinion": "同意"},
    S.REVIEW_OWN: lambda world: {"decision": "approve", "opinion": "同意"},
    S.CONSOLIDATE: lambda world: {"decision": "draft", "summary": "汇总"},
    S.SIGN: lambda world: {"decision": "report", "opinion": "同意"},
    S.SIGN_OWN: lambda world: {"decision": "report", "opinion": "同意"},
    S.VERIFY: lambda world: {"decision": "verify", "checklist": ChecklistPoint.values, "opinion": "属实"},
    S.ENGAGE: lambda world: {"decision": "engage", "engagement": world.engagement.pk},
    S.EVALUATE: lambda world: {
        "decision": "score",
        "score": "85",
        "opinion": "属实",
        "declared_independent": "on",
    },
    S.CLOSE: lambda world: {"decision": "close", "opinion": "同意销号"},
    S.DONE: lambda world: {"decision": "accept"},
    S.REQUEST_SIGN: lambda world: {"decision": "sign"},
    S.REQUEST_FOR_LEAD: lambda world: {"decision": "grant"},
    S.REQUEST_DECIDE: lambda world: {"decision": "grant"},
    S.REQUEST_ABOVE: lambda world: {"decision": "reject", "reason": "维持原分工"},
}
"""What the work page is sent in each situation."""

SENT: dict[str, Form] = {
    "imports": lambda world: {"documents": file(), "office": world.cast.office.pk},
    "import": lambda world: {"title": "新题", "start": "2026-01-01", "end": "2027-12-31"},
    "import-measure": lambda world: {"number": "1.", "title": "新题"},
    "import-warnings": lambda world: {"number": 2, "done": "1"},
    "import-units": lambda world: {"text": "水务局", "bureau": world.support.pk},
    "import-sections": lambda world: {"verb": "add", "title": "新章"},
    "import-edition": lambda world: {
        "decision": "pair",
        "measure": world.imports[S.EDITION].measures.order_by("pk")[0].pk,
        "code": "",
    },
    "plan-admission": lambda world: {"measures": [world.measures[S.ADDED].pk]},
    "settle-amendment": lambda world: {"settlement": "已调整分工"},
    "confirm-import": lambda world: {"code": "NEW", "version": world.imports[S.IMPORT_DRAFT].version},
    "hand-over": lambda world: {"to": world.people[R.HANDLER].pk},
    "save-draft": lambda world: {"progress": "写到一半"},
    "add-evidence": lambda world: {"file": SimpleUploadedFile("b.txt", b"b"), "grade": "B"},
    "confirm-grade": lambda world: {"grade": "C"},
    "plan-offices": lambda world: {
        "issuer": world.cast.issuer.pk,
        "supervision_office": world.cast.office.pk,
    },
    "plan-units": lambda world: {"text": "等相关部门", "collective_kind": BureauKind.SUBDISTRICT},
    "plan-schedule": lambda world: {
        "measures": [world.measures[S.PLAN_DRAFT].pk],
        "due": "2026-10-30",
        "basis": "定",
    },
    "plan-targets": lambda world: {"targets": [world.draft.measures.get().targets.get().pk]},
    "measure-preparation": lambda world: {"decision": "schedule", "due": DUE.isoformat(), "basis": "另定"},
    "plan-engagements": lambda world: {
        "agency": world.cast.agency.pk,
        "title": "又一次评估",
        "since": "2026-03-01",
        "until": "2026-12-31",
    },
    "claim-many": lambda world: {"chosen": [_key(world, S.ACCEPT_FREE)]},
    "release-many": lambda world: {"chosen": [_key(world, S.FILL_HELD)]},
    "hand-over-many": lambda world: {
        "chosen": [_key(world, S.FILL_HELD)],
        "to": world.people[R.HANDLER].pk,
    },
    "force-acceptance-many": lambda world: {"chosen": [world.share(S.ASSIGNED).pk], "reason": "逾期"},
    "deputies": lambda world: {
        "bureau": world.lead.pk,
        "deputy": world.people[R.HOLDER].pk,
        "since": "2026-10-12",
        "until": "2026-10-16",
        "reason": "出差",
    },
    "roadmap": lambda world: {
        "title-1": "收尾",
        "due-1": "2026-06-30",
        "weight-1": 60,
        "share-1": "",
        "reason": "调整",
    },
    "reach-milestone": lambda world: {"on": "2026-03-02"},
    "return-milestone": lambda world: {"reason": "未达到"},
    "hand-task": lambda world: {"share": ""},
    "finish-task": lambda world: {"on": "2026-03-02"},
    "instruct": lambda world: {"text": "抓紧办", "reply_by": "2026-04-01"},
    "reply-to-instruction": lambda world: {"text": "已按批示办理"},
    "send-back": lambda world: {"reason": "补充"},
    "ask-extension": lambda world: {"wanted_by": "2026-12-10", "reason": "资料未到"},
    "ask-refusal": lambda world: {
        "reason": "非本职",
        "legal_basis": "三定",
        "bureau": world.foreign_bureau.pk,
    },
    "ask-transfer": lambda world: {"reason": "职责调整", "bureau": world.foreign_bureau.pk},
    "ask-coordination": lambda world: {
        "reason": "请提供数据",
        "bureau": world.foreign_bureau.pk,
        "wanted_by": "2026-10-30",
    },
    "force-acceptance": lambda world: {"reason": "逾期"},
    "waive-target": lambda world: {"reason": "口径变了"},
    "miss-cycle": lambda world: {"reason": "未报"},
    "return-measure": _rework,
    "waive-evaluation": lambda world: {"reason": "免评"},
    "engage-another": lambda world: {"engagement": world.other_engagement.pk},
    "suspend-measure": lambda world: {"until": SUSPENDED_UNTIL.isoformat(), "reason": "等新政策"},
    "transfer-to-routine": lambda world: {"reason": "已成常态"},
    "raise-objection": lambda world: {
        "conclusion": f"verification-{world.measures[S.RETURNED].current_cycle.verifications.get().pk}",
        "grounds": "材料齐全",
    },
    "decide-objection": lambda world: {"decision": "rejected", "reason": "证据不足"},
    "cancel-measure": lambda world: {"reason": "并入他项", "basis": "会议纪要"},
    "reopen-measure": lambda world: {
        "shares": [world.share(S.CLOSED).pk],
        "reason": "回头看",
        "basis": "审计报告",
    },
    "end-share": lambda world: {
        "share": world.supporting(S.RUNNING).pk,
        "outcome": "waived",
        "reason": "无此职责",
    },
    "add-bureau": lambda world: {"bureau": world.cast.bureau("民政局").pk, "reason": "补充配合"},
    "resolve-unit": lambda world: {
        "unit": world.measures[S.RUNNING].units.get(resolved_on=None, resolve_by__isnull=False).pk,
        "bureaus": [world.cast.bureau("民政局").pk],
        "reason": "会议纪要",
    },
    "change-lead": lambda world: {"share": world.supporting(S.RUNNING).pk, "reason": "职责调整"},
    "master-data:add-bureau": lambda world: {"name": "新局", "kind": BureauKind.BUREAU},
    "master-data:bureau": lambda world: {"name": "财政总局", "kind": BureauKind.BUREAU, "active": "on"},
    "master-data:split-bureau": lambda world: {"successor": world.cast.bureau("民政局").pk, "basis": "三定"},
    "master-data:add-person": lambda world: {
        "name": "新人",
        "username": "newcomer",
        "password": NEW_PASSWORD,
    },
    "master-data:person": lambda world: {
        "decision": "join",
        "bureau": world.support.pk,
        "since": "2026-03-16",
    },
    "master-data:calendar": lambda world: {"first": "2026-05-09", "is_working": "yes"},
    "master-data:calendar-year": lambda world: {"first": "2026-05-09", "is_working": "yes"},
    "accounts:password": lambda world: {
        "old_password": PASSWORD,
        "new_password1": NEW_PASSWORD,
        "new_password2": NEW_PASSWORD,
    },
    "accounts:sign-in": lambda world: {"username": "nobody", "password": "wrong"},
    "accounts:language": lambda world: {"language": "en", "next": "/"},
}
"""What the other pages are sent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: where, how, with what."""

    method: str
    path: str
    data: dict[str, Any] = field(default_factory=dict)


def asked(world: World, rule: Rule) -> Asked:
    """The request that the rule is about."""
    data: dict[str, Any] = {}
    view = rule.view.removeprefix("ledger:")
    if rule.method == "POST":
        data = DECIDED[rule.situation](world) if view == "work" else SENT.get(view, lambda world: {})(world)
    return Asked(rule.method, address(world, rule), data)
