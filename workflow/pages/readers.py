"""Who asks, and how the thing stands that is asked for: the words of the policy table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reader(TextChoices):
    """Who asks, by role and by relation to the plan, the measure and the work item of the lead's share at issue."""

    NOBODY = "nobody", _("nobody signed in")
    NO_ROLE = "no_role", _("a person without a role")
    LEAVER = "leaver", _("a handler who has left the lead bureau")
    HOLDER = "holder", _("the lead's handler who holds the work, or held it")
    HANDLER = "handler", _("another handler of the lead")
    HEAD = "head", _("a head of the lead")
    AUTHOR = "author", _("a head of the lead who also handles, and wrote the report at issue")
    SUPPORT_HANDLER = "support_handler", _("a handler of a supporting bureau")
    SUPPORT_HEAD = "support_head", _("a head of a supporting bureau")
    OTHER_HANDLER = "other_handler", _("a handler of a bureau with a share elsewhere in the plan")
    OTHER_HEAD = "other_head", _("a head of a bureau with a share elsewhere in the plan")
    FOREIGN_HANDLER = "foreign_handler", _("a handler of a bureau of another plan")
    SUPERVISOR = "supervisor", _("a supervisor of the plan")
    TIED_SUPERVISOR = "tied_supervisor", _("a supervisor of the plan who belongs to a bureau of the measure")
    FOREIGN_SUPERVISOR = "foreign_supervisor", _("a supervisor of another plan")
    APPROVER = "approver", _("an approver of the plan")
    TIED_APPROVER = "tied_approver", _("an approver of the plan who belongs to a bureau of the measure")
    DOUBLE = "double", _("a supervisor and approver of the plan in one, who prepared and verified")
    FOREIGN_APPROVER = "foreign_approver", _("an approver of another plan")
    EVALUATOR = "evaluator", _("an evaluator of the agency engaged for the measure")
    TIED_EVALUATOR = (
        "tied_evaluator",
        _("such an evaluator who was lately a member of a bureau of the measure"),
    )
    FOREIGN_EVALUATOR = "foreign_evaluator", _("an evaluator of another agency engaged for the plan")
    AUDITOR = "auditor", _("an auditor of the plan")
    GENERAL_AUDITOR = "general_auditor", _("an auditor of all plans")
    FOREIGN_AUDITOR = "foreign_auditor", _("an auditor of another plan")
    OBSERVER = "observer", _("an observer of the plan")
    FOREIGN_OBSERVER = "foreign_observer", _("an observer of another plan")
    ADMINISTRATOR = "administrator", _("an administrator")
    IMPORTER = "importer", _("a supervisor appointed in the supervision office, of no plan yet")


class Situation(TextChoices):
    """How the thing stands that the address names."""

    ANY = "any", _("whatever the situation")
    UNKNOWN = "unknown", _("no such thing")
    PLAN_DRAFT = "plan_draft", _("a plan in preparation")
    PLAN_ON_LEDGER = "plan_on_ledger", _("a plan on the ledger")
    DRAFT = "draft", _("a measure not yet dispatched")
    ASSIGNED = "assigned", _("a measure whose shares wait to be accepted, the time for it over")
    RUNNING = "running", _("a measure in progress")
    ONGOING = "ongoing", _("an ongoing measure in progress")
    VERIFIED = "verified", _("a verified and evaluated measure")
    EVALUATION_DUE = "evaluation_due", _("a verified measure whose evaluation is due")
    CLOSED = "closed", _("a measure struck off")
    SUBMITTED = "submitted", _("the lead's share, submitted for review")
    SUPPORT_APPROVED = "support_approved", _("a supporting share, approved")
    ACCEPT_FREE = "accept_free", _("acceptance, held by nobody")
    ACCEPT_HELD = "accept_held", _("acceptance, claimed")
    FILL_FREE = "fill_free", _("the report, held by nobody")
    FILL_HELD = "fill_held", _("the report, held")
    FILL_LEFT = "fill_left", _("the report, held by somebody who has left the bureau")
    REVIEW = "review", _("the review")
    REVIEW_OWN = "review_own", _("the review, of a report by a head")
    CONSOLIDATE = "consolidate", _("the consolidation")
    SIGN = "sign", _("the signature under the consolidation")
    SIGN_OWN = "sign_own", _("the signature, under a draft by a head")
    VERIFY = "verify", _("the verification")
    ENGAGE = "engage", _("the choice of an agency")
    EVALUATE = "evaluate", _("the evaluation")
    CLOSE = "close", _("the closure")
    DONE = "done", _("a work item that is done")
    OTHER_RUN = "other_run", _("a work item under the number of another process")
    EVIDENCE_PENDING = "evidence_pending", _("evidence of the lead, not yet submitted")
    EVIDENCE_SENT = "evidence_sent", _("evidence of the lead, submitted")
    EVIDENCE_OF_SUPPORT = "evidence_of_support", _("evidence of a supporting bureau, submitted")
    EVIDENCE_REMOVED = "evidence_removed", _("evidence that was taken back")
    EDITION = "edition", _("a later edition of the plan, read and to be checked")
    ADDED = "added", _("a plan on the ledger to which a later edition added a measure")
    AMENDED = "amended", _("an ongoing measure of which a later edition leaves something open")
    IMPORT_RECEIVED = "import_received", _("an import whose files were received")
    IMPORT_DRAFT = "import_draft", _("an import whose draft is being checked")
