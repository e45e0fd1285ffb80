"""Every refusal's sentence by its code. Codes are stored in the trail: never rename one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # right and relation
    "right.missing": _("Your roles do not allow this here."),
    "right.inactive": _("This account is no longer active."),
    "thing.unknown": _("There is no such item, or you may not see it."),
    "item.ended": _("This work item is already done."),
    "item.held": _("%(holder)s already holds this work item."),
    "item.unclaimed": _("Claim this work item before you carry it out."),
    "item.not_yours": _("This work item is not yours."),
    "item.missing": _("There is no open work item for this step."),
    "item.wrong_verb": _("This work item does not offer that decision."),
    "item.hand_over": _("Work can only be handed to a handler of the same bureau."),
    # state
    "state.wrong": _("This cannot be done in the state “%(state)s”."),
    "plan.not_draft": _("The plan is no longer in preparation."),
    "plan.not_on_ledger": _("The plan is not on the ledger."),
    "plan.empty": _("The plan has no measure yet."),
    "plan.not_ready": _("%(count)s measures are not ready: %(codes)s."),
    "plan.no_office": _("Name the plan's issuer and its supervision office first."),
    "plan.code_taken": _("The code %(plan_code)s belongs to another plan; choose another one."),
    "plan.no_alternate": _(
        "The supervision office has a share in %(codes)s: name the office that verifies there."
    ),
    "plan.nothing_to_dispatch": _("There is no measure left to dispatch."),
    "measure.no_shares": _("No bureau has been decided for this measure."),
    "measure.shares_open": _("Not every share has been approved yet."),
    "measure.not_last_cycle": _("Only the last cycle can be closed in full."),
    "measure.last_cycle": _("This is the last cycle: it needs the full closure."),
    "measure.not_ongoing": _("The measure is not an ongoing one."),
    "measure.targets_open": _("A target is neither met nor waived: %(target)s."),
    "measure.evaluation_open": _("The third-party evaluation has not been passed or waived."),
    "measure.no_evaluation": _("No evaluation is due on this measure."),
    "share.measure_reported": _("The measure is already reported; ask the supervisor to return it."),
    "share.unaccepted_limit": _("The time for acceptance is not over until %(limit)s."),
    "share.not_submitter": _("Only the person who submitted the report can withdraw it."),
    "share.single": _("The only open share is reported by its approval; there is nothing to consolidate."),
    "evidence.submitted": _("This file is already part of a report."),
    "consolidation.missing": _("There is no draft consolidation to decide."),
    # separation of duties
    "separation.review": _("Nobody reviews a report that they wrote or submitted."),
    "separation.verify_bureau": _("Nobody verifies a measure in which a bureau they belong to has a share."),
    "separation.verify_report": _("Nobody verifies a measure whose report they touched."),
    "separation.office": _(
        "The supervision office has a share in this measure: only %(office)s verifies it."
    ),
    "separation.close_verified": _("Nobody closes a measure that they verified."),
    "separation.close_bureau": _("Nobody closes a measure in which their bureau has a share."),
    "separation.agency_has_share": _("The agency has a share in this measure."),
    "separation.agency_related": _(
        "The agency stands above or below %(bureau)s, which has a share in this measure."
    ),
    "separation.evaluator_member": _(
        "The evaluator was a member of %(bureau)s, which has a share in this measure, within %(years)s years."
    ),
    "separation.roles": _("The role “%(asked)s” cannot be held beside “%(held)s”."),
    "separation.prepared": _("Whoever prepared a plan does not alone put it on the ledger."),
    # people
    "person.own_account": _("Nobody closes their own account."),
    # input
    "input.long": _("Keep this within %(limit)s characters."),
    "input.offices": _("The office that verifies instead must be another than the supervision office."),
    "input.plan_code": _("A plan's code is one to eight capital letters and digits, a letter first."),
    "input.reason": _("Give a reason."),
    "input.text": _("Describe the progress."),
    "input.reading": _("Give a value, or a reason why there is none, for: %(target)s."),
    "input.reading_unknown": _("A reading names a target that this share does not report."),
    "input.number": _("“%(value)s” is not a number of at most twelve digits."),
    "input.as_of": _("A value cannot be of a day that has not come yet."),
    "input.shares": _("Name at least one share of this measure."),
    "input.score": _("The score is a number from 0 to 100."),
    "input.title": _("Give it a title."),
    "input.opinion": _("Write an opinion."),
    "input.declaration": _("Declare that you are independent of this measure."),
    "input.checklist": _("Every point of the checklist must hold before the measure is verified."),
    "input.date": _("Give a date in the plan's period."),
    "input.due_or_cycle": _("Give either a due date or a cycle length."),
    "input.evaluation_due": _(
        "Say when an evaluation is due: never, before the full closure, or in every cycle."
    ),
    "input.unit": _("Decide a bureau, a collective, or the date by which it will be resolved."),
    "input.engagement": _("Choose an engagement of this plan that is in force."),
    "input.file_empty": _("The file is empty."),
    "input.file_large": _("The file is larger than %(limit)s MB."),
    "input.grade": _("Choose the grade of the evidence: A, B or C."),
    "input.dates": _("The end is before the beginning."),
    "input.username": _("The user name is taken or not allowed."),
    "input.person": _("A name of at most 64 characters and, where one is given, a valid e-mail address."),
    "input.password": _("The password will not do: %(why)s"),
    "input.scope": _("This role cannot be held there."),
    "input.member": _("The person already belongs to this bureau."),
    "input.role_held": _("The person already holds this role there."),
    "input.bureau_name": _("Another bureau has this name."),
    "input.bureau_place": _("A bureau cannot stand below itself."),
    "input.successor": _("A bureau is succeeded by another one that stands."),
    "input.days": _("Give at most %(limit)s days, the first before the last."),
}
