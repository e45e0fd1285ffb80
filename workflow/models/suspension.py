"""暂缓: a dated record that halts a measure (DOMAIN.md, The life of a measure and of a share)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure


class Suspension(models.Model):
    """From the day it is decided to `until`, both included, unless it is resumed before; then it lapses by itself.

    The measure's dates move by `working_days` when it is recorded, and back by those it did not take when it is
    resumed, so that nothing is left to do on the day on which it lapses.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="suspensions"
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("to"))
    working_days = models.PositiveSmallIntegerField(_("working days by which the dates moved"))
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"))
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("resumed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resumed_at = models.DateTimeField(_("resumed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["measure_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="suspension_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | models.Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="suspension_resumed_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.since} – {self.until}"
