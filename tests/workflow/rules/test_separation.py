"""The separation of duties as pure rules: each takes plain facts and refuses with its own sentence."""

import pytest

from accounts.roles import Role, may_hold_together
from workflow.rules.refusal import Forbidden
from workflow.rules.separation import (
    Tie,
    is_independent,
    is_not_the_author,
    is_not_the_preparer,
    may_close,
    may_verify,
    verifies_from_the_right_office,
)

ME, OTHER = 1, 2


def _refused(code: str, rule: object, *args: object) -> None:
    with pytest.raises(Forbidden) as refused:
        rule(*args)  # type: ignore[operator]
    assert refused.value.code == code


def test_rule_1_who_wrote_a_report_does_not_review_it() -> None:
    is_not_the_author({ME}, [OTHER])
    _refused("separation.review", is_not_the_author, {ME}, [OTHER, ME])


def test_rule_1_holds_for_a_deputy_and_for_the_head_alike() -> None:
    _refused("separation.review", is_not_the_author, {ME, OTHER}, [OTHER])


def test_rule_2_who_belongs_to_a_bureau_of_the_measure_does_not_verify_it() -> None:
    may_verify(ME, False, [OTHER])
    _refused("separation.verify_bureau", may_verify, ME, True, [])


def test_rule_2_who_touched_a_report_does_not_verify_it() -> None:
    _refused("separation.verify_report", may_verify, ME, False, [ME])


def test_the_other_office_verifies_where_the_supervision_office_has_a_share() -> None:
    verifies_from_the_right_office(True, "监察室")
    _refused("separation.office", verifies_from_the_right_office, False, "监察室")


def test_rule_3_who_verified_a_measure_does_not_close_it() -> None:
    may_close(ME, False, [OTHER])
    _refused("separation.close_verified", may_close, ME, False, [ME])


def test_rule_3_who_belongs_to_a_bureau_of_the_measure_does_not_close_it() -> None:
    _refused("separation.close_bureau", may_close, ME, True, [])


@pytest.mark.parametrize(
    ("tie", "code"),
    [
        (Tie("区教育局", True, False, False), "separation.agency_has_share"),
        (Tie("区教育局", False, True, False), "separation.agency_related"),
        (Tie("区教育局", False, False, True), "separation.evaluator_member"),
    ],
)
def test_rule_4_each_tie_of_an_agency_or_evaluator_is_a_refusal_of_its_own(tie: Tie, code: str) -> None:
    free = Tie("区财政局", False, False, False)
    is_independent([free], 3)
    with pytest.raises(Forbidden) as refused:
        is_independent([free, tie], 3)
    assert refused.value.code == code
    assert "区教育局" in str(refused.value) or code == "separation.agency_has_share"


@pytest.mark.parametrize("role", Role)
def test_rule_6_an_observer_may_hold_any_role_beside(role: Role) -> None:
    assert may_hold_together(Role.OBSERVER, role)
    assert may_hold_together(role, Role.OBSERVER)


@pytest.mark.parametrize("acting", [Role.HANDLER, Role.HEAD, Role.SUPERVISOR, Role.APPROVER, Role.EVALUATOR])
def test_rule_6_administrator_auditor_and_acting_roles_exclude_one_another(acting: Role) -> None:
    for one, other in (
        (acting, Role.ADMINISTRATOR),
        (acting, Role.AUDITOR),
        (Role.AUDITOR, Role.ADMINISTRATOR),
    ):
        assert not may_hold_together(one, other)
        assert not may_hold_together(other, one)


def test_rule_6_acting_roles_may_be_held_together() -> None:
    assert may_hold_together(Role.HANDLER, Role.HEAD)
    assert may_hold_together(Role.SUPERVISOR, Role.APPROVER)


def test_rule_7_who_prepared_a_plan_does_not_put_it_on_the_ledger() -> None:
    is_not_the_preparer(ME, [OTHER])
    _refused("separation.prepared", is_not_the_preparer, ME, [OTHER, ME])
