"""The one readable table of rights."""

import pytest

from accounts.models import Bureau
from accounts.roles import ROLES, Permission, Role, ScopeKind, permissions_in, permissions_of_scope
from workflow.models import Engagement, Plan

P = Permission


def test_there_are_the_eight_roles_of_the_domain() -> None:
    assert set(ROLES) == set(Role)
    assert len(Role) == 8


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_named_by_its_verb_and_the_kind_of_its_scope(permission: Permission) -> None:
    kinds = [kind for kind in ScopeKind if permission.value.endswith(f"_for_{kind.value}")]
    assert len(kinds) == 1


@pytest.mark.parametrize(("model", "kind"), [(Bureau, "bureau"), (Plan, "plan"), (Engagement, "engagement")])
def test_a_scope_declares_the_permissions_held_in_it(model: type, kind: str) -> None:
    assert model._meta.permissions == permissions_of_scope(ScopeKind(kind))  # type: ignore[attr-defined]


def test_every_permission_is_held_by_some_role_and_in_its_own_kind_of_scope() -> None:
    held = {
        (codename, kind)
        for role, rule in ROLES.items()
        for kind in rule.scopes
        for codename in permissions_in(role, kind)
    }
    assert {codename for codename, _ in held} == set(Permission.values)
    assert all(codename.endswith(f"_for_{kind.value}") for codename, kind in held)


@pytest.mark.parametrize(
    ("role", "decides"),
    [
        (Role.ADMINISTRATOR, set()),
        (Role.AUDITOR, {P.VIEW_FOR_PLAN, P.READ_TRAIL_FOR_PLAN}),
        (Role.OBSERVER, {P.VIEW_FOR_PLAN}),
    ],
)
def test_administrator_auditor_and_observer_decide_nothing(role: Role, decides: set[Permission]) -> None:
    assert ROLES[role].permissions == decides


def test_only_the_approver_waives_closes_and_puts_on_the_ledger() -> None:
    for permission in (P.APPROVE_FOR_PLAN, P.WAIVE_FOR_PLAN):
        assert [role for role, rule in ROLES.items() if permission in rule.permissions] == [Role.APPROVER]


def test_a_supervisor_in_the_office_brings_plans_in_and_does_nothing_else_there() -> None:
    assert permissions_in(Role.SUPERVISOR, ScopeKind.BUREAU) == {P.IMPORT_FOR_BUREAU}
    assert [role for role, rule in ROLES.items() if P.IMPORT_FOR_BUREAU in rule.permissions] == [
        Role.SUPERVISOR
    ]
