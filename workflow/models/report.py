"""What a bureau submits for its share in a cycle, and the readings it gives."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import ShareCycle
from workflow.models.target import Target


class ReviewDecision(models.TextChoices):
    """A bureau head's decision on the bureau's own report."""

    NONE = "", _("not reviewed")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class Report(models.Model):
    """报告: progress, readings, evidence, problems, coordination, next steps. A new version per submission.

    `decision` is the review by the bureau's own head and stays as it was; `returned_*` says who sent the report
    back, the own head, the lead's head, a supervisor, an evaluator or the approver, and why.
    """

    share_cycle = models.ForeignKey(
        ShareCycle, verbose_name=_("share in a cycle"), on_delete=models.PROTECT, related_name="reports"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    progress = models.TextField(_("progress"))
    problems = models.TextField(_("problems"), blank=True)
    needs_coordination = models.BooleanField(_("needs coordination"), default=False)
    next_steps = models.TextField(_("next steps"), blank=True)
    unchanged = models.BooleanField(_("unchanged since the last report"), default=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        related_name="reports_submitted",
    )
    submitted_at = models.DateTimeField(_("submitted at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    touched_by = models.JSONField(_("written by"), default=list)
    decision = models.CharField(_("review"), max_length=10, choices=ReviewDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports_reviewed",
        verbose_name=_("reviewed by"),
    )
    decided_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    decision_reason = models.TextField(_("opinion of the review"), blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports_returned",
        verbose_name=_("returned by"),
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    return_reason = models.TextField(_("reason of the return"), blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["share_cycle_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["share_cycle", "version"], name="report_once_per_version"),
            models.CheckConstraint(
                condition=models.Q(decision="") ^ models.Q(decided_by__isnull=False),
                name="report_decision_is_somebodys",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True, returned_by__isnull=True)
                | (
                    models.Q(returned_at__isnull=False, returned_by__isnull=False)
                    & ~models.Q(return_reason="")
                ),
                name="report_return_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_cycle_id} v{self.version}"


class Reading(models.Model):
    """实际值: a reported value of a target, or the reason why there is none."""

    report = models.ForeignKey(
        Report, verbose_name=_("report"), on_delete=models.PROTECT, related_name="readings"
    )
    target = models.ForeignKey(
        Target, verbose_name=_("target"), on_delete=models.PROTECT, related_name="readings"
    )
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["report", "target"], name="reading_once_per_target"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | ~models.Q(reason=""),
                name="reading_has_a_value_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.value}"
