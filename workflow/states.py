"""Every state of every thing that has a life, spelled once (DOMAIN.md, The life of a measure and of a share)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", _("in preparation")
    ON_LEDGER = "on_ledger", _("on the ledger")
    COMPLETED = "completed", _("completed")


class MeasureState(TextChoices):
    """Where a measure stands in its current cycle."""

    DRAFT = "draft", pgettext_lazy("measure", "draft")
    ASSIGNED = "assigned", _("assigned")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("reported")
    VERIFIED = "verified", _("verified")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class ShareState(TextChoices):
    """Where a bureau's share stands in the current cycle; `verified` is the bureau head's approval."""

    ASSIGNED = "assigned", _("to be accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("submitted for review")
    VERIFIED = "verified", _("approved")
    CLOSED = "closed", _("closed")


class ShareOutcome(TextChoices):
    """How a share ended."""

    OPEN = "", _("open")
    DONE = "done", _("done")
    WAIVED = "waived", _("waived")
    DROPPED = "dropped", _("dropped")
    TRANSFERRED = "transferred", _("transferred")
    CANCELLED = "cancelled", _("cancelled")


class EvaluationState(TextChoices):
    """Where an evaluation stands."""

    ENGAGED = "engaged", _("engaged")
    SUBMITTED = "submitted", _("submitted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class EvaluationResult(TextChoices):
    """What an evaluation found."""

    NONE = "", _("not yet known")
    PASSED = "passed", _("passed")
    CONDITIONAL = "conditional", _("conditional")
    FAILED = "failed", _("failed")


class TargetState(TextChoices):
    """Whether a target holds."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    WAIVED = "waived", _("waived")


class Lamp(TextChoices):
    """The lamp's colours (RULES.md, Lamp), from best to worst."""

    NONE = "none", _("ended")
    GREY = "grey", _("not open")
    GREEN = "green", _("on track")
    BLUE = "blue", _("due soon")
    YELLOW = "yellow", _("warning")
    RED = "red", _("overdue")


class AmendmentState(TextChoices):
    """What became of a change that a later edition of a plan makes."""

    CARRIED_OUT = "carried_out", _("carried out")
    OPEN = "open", _("to be settled")
    SETTLED = "settled", _("settled")
    ENDED = "ended", _("not carried out: the measure had ended")
    SUPERSEDED = "superseded", _("overtaken by a later edition")


class ImportState(TextChoices):
    """Where the import of a document stands; nothing of it is on the ledger before it is confirmed."""

    UPLOADED = "uploaded", _("files received")
    READING = "reading", _("being read")
    FAILED = "failed", _("could not be read")
    DRAFT = "draft", _("to be checked")
    CONFIRMED = "confirmed", _("confirmed")


class RequestKind(TextChoices):
    """What a bureau asks (DOMAIN.md, Words: Request)."""

    EXTENSION = "extension", pgettext_lazy("request", "extension")
    REFUSAL = "refusal", pgettext_lazy("request", "refusal")
    TRANSFER = "transfer", pgettext_lazy("request", "transfer")
    COORDINATION = "coordination", pgettext_lazy("request", "coordination")


class RequestState(TextChoices):
    """Where a request stands."""

    RAISED = "raised", pgettext_lazy("request", "raised")
    SIGNED = "signed", pgettext_lazy("request", "signed")
    GRANTED = "granted", pgettext_lazy("request", "granted")
    REJECTED = "rejected", pgettext_lazy("request", "rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")
