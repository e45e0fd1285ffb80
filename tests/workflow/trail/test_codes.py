"""Codes stored in the trail are data: a change here needs a migration of what is stored (STYLE.md, 7)."""

import pytest
from django.utils.translation import override

from workflow.trail.actions import AuditAction

STORED = [
    "amendment.settle",
    "bureau.change",
    "bureau.create",
    "bureau.split",
    "calendar.set",
    "consolidation.draft",
    "consolidation.return",
    "deputy.end",
    "deputy.name",
    "engagement.create",
    "evaluation.engage",
    "evaluation.score",
    "evaluation.waive",
    "evaluation.withdraw",
    "evidence.add",
    "evidence.confirm_grade",
    "evidence.remove",
    "import.begin",
    "import.confirm",
    "import.drop",
    "item.claim",
    "item.hand_over",
    "item.perform",
    "item.release",
    "measure.add",
    "measure.admit",
    "measure.amend",
    "measure.begin",
    "measure.cancel",
    "measure.change_items",
    "measure.change_lead",
    "measure.close",
    "measure.close_cycle",
    "measure.decide_schedule",
    "measure.discard",
    "measure.dispatch",
    "measure.instruct",
    "measure.miss_cycle",
    "measure.reopen",
    "measure.report",
    "measure.require_evaluation",
    "measure.resume",
    "measure.rework",
    "measure.suspend",
    "measure.transfer_to_routine",
    "measure.verify",
    "membership.begin",
    "membership.end",
    "objection.raise",
    "objection.reject",
    "objection.uphold",
    "person.activate",
    "person.deactivate",
    "person.register",
    "person.set_password",
    "plan.complete",
    "plan.dispatch",
    "plan.load",
    "plan.prepare",
    "plan.put_on_ledger",
    "plan.renew",
    "plan.resume",
    "request.decline",
    "request.grant",
    "request.lapse",
    "request.pass_on",
    "request.raise",
    "request.reject",
    "request.sign",
    "request.withdraw",
    "role.appoint",
    "role.end",
    "share.accept",
    "share.add",
    "share.approve",
    "share.assign",
    "share.end",
    "share.extend",
    "share.force_accept",
    "share.hand_over",
    "share.renew",
    "share.reopen",
    "share.reply",
    "share.send_back",
    "share.submit",
    "share.withdraw",
    "target.confirm",
    "target.waive",
    "unit.decide",
    "unit.resolve",
]


def test_the_codes_of_the_trail_are_as_stored() -> None:
    assert sorted(AuditAction.values) == STORED


@pytest.mark.parametrize("action", AuditAction)
def test_every_code_names_a_thing_and_a_verb_and_has_words(action: AuditAction) -> None:
    thing, verb = action.value.split(".")
    assert thing.islower()
    assert verb.replace("_", "").islower()
    with override("en"):
        assert str(action.label)
