"""One pass of a measure through the five states, and each share's part of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.share import Share


class Cycle(models.Model):
    """办理周期: a dated measure has one, an ongoing measure one per period; exactly one is current.

    A cycle has ended when a standing closure names it, or when it was recorded as missed.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="cycles"
    )
    index = models.PositiveSmallIntegerField(_("number"))
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    share_due = models.DateField(_("shares report by"))
    due = models.DateField(_("lead reports by"))
    working_days = models.PositiveIntegerField(_("working days of the period"))
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    is_current = models.BooleanField(_("current"), default=False)
    is_last = models.BooleanField(_("last"), default=False)
    missed_at = models.DateTimeField(_("recorded as missed at"), null=True, blank=True)
    missed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded as missed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    evaluation_waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("evaluation waived by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["measure_id", "index"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "index"], name="cycle_index_once_per_measure"),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(is_current=True), name="cycle_one_current_per_measure"
            ),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(is_last=True), name="cycle_one_last_per_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="cycle_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.index}"


class ShareCycle(models.Model):
    """A share in a cycle: its due date and how often it was returned."""

    share = models.ForeignKey(
        Share, verbose_name=_("share"), on_delete=models.PROTECT, related_name="share_cycles"
    )
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="share_cycles"
    )
    due = models.DateField(_("due date"))
    working_days = models.PositiveIntegerField(_("working days of the period"))
    first_due = models.DateField(_("due date before any extension"), null=True, blank=True)
    returns = models.PositiveSmallIntegerField(_("times returned"), default=0)

    class Meta:
        verbose_name = _("share in a cycle")
        verbose_name_plural = _("shares in cycles")
        constraints = [
            models.UniqueConstraint(fields=["share", "cycle"], name="share_once_per_cycle"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} · {self.cycle_id}"
