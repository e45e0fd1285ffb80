"""异议: a bureau challenges a conclusion, and somebody else than its author decides (DOMAIN.md, Words and rule 5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import Cycle
from workflow.models.evaluation import Evaluation
from workflow.models.measure import Measure
from workflow.models.share import Share
from workflow.models.verification import Verification

ONE_CONCLUSION = (
    models.Q(verification__isnull=False, evaluation__isnull=True, missed_cycle__isnull=True)
    | models.Q(verification__isnull=True, evaluation__isnull=False, missed_cycle__isnull=True)
    | models.Q(verification__isnull=True, evaluation__isnull=True, missed_cycle__isnull=False)
)


class ObjectionDecision(models.TextChoices):
    """What became of it."""

    NONE = "", _("to be decided")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("rejected")


class Objection(models.Model):
    """It names one conclusion: a verification that returned, an evaluation's result, or a cycle recorded as missed.

    Upheld, it moves nothing by itself: `remedy` says in words what is to be done.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="objections"
    )
    share = models.ForeignKey(
        Share, verbose_name=_("share"), on_delete=models.PROTECT, related_name="objections"
    )
    verification = models.ForeignKey(
        Verification, verbose_name=_("verification"), null=True, blank=True, on_delete=models.PROTECT
    )
    evaluation = models.ForeignKey(
        Evaluation, verbose_name=_("evaluation"), null=True, blank=True, on_delete=models.PROTECT
    )
    missed_cycle = models.ForeignKey(
        Cycle, verbose_name=_("missed cycle"), null=True, blank=True, on_delete=models.PROTECT
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author of the conclusion"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    grounds = models.TextField(_("grounds"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("raised by"), on_delete=models.PROTECT, related_name="+"
    )
    raised_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("raised on behalf of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    raised_at = models.DateTimeField(_("raised at"))
    decision = models.CharField(_("decision"), max_length=8, choices=ObjectionDecision, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    remedy = models.TextField(_("remedy"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["measure_id", "id"]
        constraints = [
            models.CheckConstraint(condition=ONE_CONCLUSION, name="objection_names_one_conclusion"),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | ~models.Q(decision="") & models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="objection_decided_says_by_whom",
            ),
            *(
                models.UniqueConstraint(fields=["share", conclusion], name=f"objection_once_to_{conclusion}")
                for conclusion in ("verification", "evaluation", "missed_cycle")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.share_id}"

    @property
    def raisers(self) -> list[int]:
        """Who raised it and, for a deputy, the head: neither decides it (DOMAIN.md, Separation of duties, 5)."""
        return [person for person in (self.raised_by_id, self.raised_for_id) if person is not None]

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.decision == ObjectionDecision.NONE
