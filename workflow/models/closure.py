"""The decision that strikes a measure off, or closes one cycle of an ongoing measure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import Cycle
from workflow.models.measure import Measure


class Closure(models.Model):
    """销号; `phased` is 阶段销号, which follows verification or evaluation and needs no approver.

    `to_routine` is 转常态化, which ends an ongoing measure in a cycle that is not its last.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="closures"
    )
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="closures"
    )
    phased = models.BooleanField(_("closes one cycle"), default=False)
    to_routine = models.BooleanField(_("transfers to routine work"), default=False)
    opinion = models.TextField(_("opinion"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        related_name="closures",
    )
    decided_at = models.DateTimeField(_("decided at"))
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["measure_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phased=True, to_routine=True), name="closure_of_a_cycle_or_to_routine"
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=models.Q(reopened_at__isnull=True),
                name="closure_one_standing_per_cycle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.cycle_id}"
