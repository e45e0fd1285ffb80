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
    "measure.not_admitted": _("%(measure_code)s came with a later edition: an approver admits it first."),
    "measure.choose": _("Choose at least one measure."),
    "measure.admitted": _("%(measure_code)s does not wait to be admitted."),
    "amendment.not_open": _("This amendment is settled already."),
    "edition.other_office": _("Another office supervises this plan."),
    "edition.not_of_plan": _("This import is not a later edition of the plan."),
    "edition.confirmed_elsewhere": _(
        "This import is a later edition: confirm it on the page beside its plan."
    ),
    "edition.reason": _("%(measure_code)s is under way: say why it is changed or dropped."),
    "edition.pair": _("Choose a measure of the plan that no other row is matched with."),
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
    # imports of documents
    "import.confirmed": _("This import has been confirmed already; its plan is in preparation."),
    "import.dropped": _("This import was dropped meanwhile."),
    "import.file_empty": _("“%(name)s” is empty."),
    "import.file_large": _("“%(name)s” is larger than %(limit)s MB."),
    "import.read": _("The files have been read already."),
    "import.not_read": _("The files have not been read yet."),
    "import.being_read": _("The files are being read; this takes a moment."),
    "import.changed": _("Somebody changed this meanwhile. Look at it again, then repeat your change."),
    "import.known": _("This document is on the ledger already, as the plan %(plan_code)s."),
    "import.empty": _("The draft has no measure."),
    "import.section_kept": _("A plan needs at least one section."),
    "import.nothing_to_undo": _("There is nothing to take back."),
    "import.no_neighbour": _("There is nothing on that side."),
    "import.files": _("Bring at least one file, and at most %(limit)s."),
    "import.plan_title": _("Give the plan a title."),
    "import.bureau_long": _(
        "“%(name)s…” is longer than the %(limit)s characters of a bureau's name: choose a bureau, or decide it later."
    ),
    "import.no_bureau": _("No bureau is named “%(name)s”."),
    "import.no_lead": _("“%(title)s” names more than one leading unit."),
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
    "input.item": _("Say what is to be done."),
    "input.items": _("A measure has at most %(limit)s single things to do."),
    "input.item_unit": _("Choose a unit of this measure."),
    "input.milestones": _("“%(title)s” has more than %(limit)s milestones; keep fewer."),
    "input.days": _("Give at most %(limit)s days, the first before the last."),
}
