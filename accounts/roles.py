"""The eight roles and what each may do: the one readable table of rights (DOMAIN.md, Roles).

A permission is `<verb>_for_bureau`, `<verb>_for_plan` or `<verb>_for_engagement` and is spelled
here and nowhere else. django-guardian grants the permissions of a role to one group per role and scope.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ScopeKind(TextChoices):
    """Where a role is held."""

    BUREAU = "bureau", _("bureau")
    PLAN = "plan", _("plan")
    ENGAGEMENT = "engagement", _("engagement")
    ALL = "all", _("everywhere")


class Role(TextChoices):
    """The eight roles of DOMAIN.md."""

    HANDLER = "handler", _("handler")
    HEAD = "head", _("head")
    SUPERVISOR = "supervisor", _("supervisor")
    APPROVER = "approver", _("approver")
    EVALUATOR = "evaluator", _("evaluator")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    OBSERVER = "observer", _("observer")


class Permission(TextChoices):
    """Every right that can be granted, by codename."""

    VIEW_FOR_BUREAU = "view_for_bureau", _("see the bureau's work")
    SUBMIT_FOR_BUREAU = "submit_for_bureau", _("claim, accept and report for the bureau")
    REVIEW_FOR_BUREAU = "review_for_bureau", _("review and return the bureau's reports")
    HAND_OVER_FOR_BUREAU = "hand_over_for_bureau", _("hand work to a handler of the bureau")
    SIGN_FOR_BUREAU = "sign_for_bureau", _("sign the bureau's consolidation")
    IMPORT_FOR_BUREAU = "import_for_bureau", _("bring plans in for the supervision office")
    VIEW_FOR_PLAN = "view_for_plan", _("see the plan")
    READ_TRAIL_FOR_PLAN = "read_trail_for_plan", _("read the plan's trail")
    PREPARE_FOR_PLAN = "prepare_for_plan", _("prepare the plan")
    DISPATCH_FOR_PLAN = "dispatch_for_plan", _("dispatch measures of the plan")
    VERIFY_FOR_PLAN = "verify_for_plan", _("verify and return for the plan")
    SUPERVISE_FOR_PLAN = "supervise_for_plan", _("force acceptance and miss cycles for the plan")
    ENGAGE_FOR_PLAN = "engage_for_plan", _("engage evaluators for the plan")
    APPROVE_FOR_PLAN = "approve_for_plan", _("put on the ledger, close and reopen for the plan")
    WAIVE_FOR_PLAN = "waive_for_plan", _("waive targets and evaluations of the plan")
    VIEW_FOR_ENGAGEMENT = "view_for_engagement", _("see the sampled measures")
    SCORE_FOR_ENGAGEMENT = "score_for_engagement", _("score the sampled measures")


P = Permission


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role may do, and where it can be held."""

    scopes: frozenset[ScopeKind]
    permissions: frozenset[Permission]


def _rule(*scopes: ScopeKind, may: tuple[Permission, ...]) -> RoleRule:
    return RoleRule(frozenset(scopes), frozenset(may))


ROLES: dict[Role, RoleRule] = {
    Role.HANDLER: _rule(ScopeKind.BUREAU, may=(P.VIEW_FOR_BUREAU, P.SUBMIT_FOR_BUREAU)),
    Role.HEAD: _rule(
        ScopeKind.BUREAU,
        may=(P.VIEW_FOR_BUREAU, P.REVIEW_FOR_BUREAU, P.HAND_OVER_FOR_BUREAU, P.SIGN_FOR_BUREAU),
    ),
    Role.SUPERVISOR: _rule(
        ScopeKind.PLAN,
        ScopeKind.BUREAU,
        may=(
            P.IMPORT_FOR_BUREAU,
            P.VIEW_FOR_PLAN,
            P.PREPARE_FOR_PLAN,
            P.DISPATCH_FOR_PLAN,
            P.VERIFY_FOR_PLAN,
            P.SUPERVISE_FOR_PLAN,
            P.ENGAGE_FOR_PLAN,
        ),
    ),
    Role.APPROVER: _rule(ScopeKind.PLAN, may=(P.VIEW_FOR_PLAN, P.APPROVE_FOR_PLAN, P.WAIVE_FOR_PLAN)),
    Role.EVALUATOR: _rule(ScopeKind.ENGAGEMENT, may=(P.VIEW_FOR_ENGAGEMENT, P.SCORE_FOR_ENGAGEMENT)),
    Role.AUDITOR: _rule(ScopeKind.PLAN, ScopeKind.ALL, may=(P.VIEW_FOR_PLAN, P.READ_TRAIL_FOR_PLAN)),
    Role.ADMINISTRATOR: _rule(ScopeKind.ALL, may=()),
    Role.OBSERVER: _rule(ScopeKind.PLAN, may=(P.VIEW_FOR_PLAN,)),
}

ACTING_ROLES: frozenset[Role] = frozenset(
    {Role.HANDLER, Role.HEAD, Role.SUPERVISOR, Role.APPROVER, Role.EVALUATOR}
)
"""The roles that move business forward (DOMAIN.md, Separation of duties, 6: all others but observer)."""


def permissions_of_scope(kind: ScopeKind) -> "tuple[tuple[str, str | _StrPromise], ...]":
    """The (codename, label) pairs a model of scope `kind` declares in `Meta.permissions`."""
    return tuple((p.value, p.label) for p in Permission if p.value.endswith(f"_for_{kind.value}"))


def permissions_in(role: Role, kind: ScopeKind) -> frozenset[str]:
    """The codenames that `role` has in a scope of `kind`."""
    return frozenset(p.value for p in ROLES[role].permissions if p.value.endswith(f"_for_{kind.value}"))


def may_hold_together(one: Role, other: Role) -> bool:
    """Administrator, auditor and acting roles exclude one another (DOMAIN.md, Separation of duties, 6)."""
    families = [{Role.ADMINISTRATOR}, {Role.AUDITOR}, set(ACTING_ROLES)]
    mine = next((n for n, family in enumerate(families) if one in family), None)
    theirs = next((n for n, family in enumerate(families) if other in family), None)
    return mine is None or theirs is None or mine == theirs
