"""移交单: what a bureau that was merged or replaced handed to its successor (DOMAIN.md, Requests)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from workflow.models.measure import Measure
from workflow.models.share import Share


class HandOver(models.Model):
    """One open share on the day its bureau was succeeded.

    The share is the successor's from then on; or it ended as transferred, where the successor had one in the measure.
    """

    from_bureau = models.ForeignKey(
        Bureau, verbose_name=_("handed over by"), on_delete=models.PROTECT, related_name="+"
    )
    to_bureau = models.ForeignKey(
        Bureau, verbose_name=_("taken over by"), on_delete=models.PROTECT, related_name="+"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="hand_overs"
    )
    share = models.ForeignKey(
        Share, verbose_name=_("share"), on_delete=models.PROTECT, related_name="hand_overs"
    )
    basis = models.CharField(_("basis"), max_length=500)
    at = models.DateTimeField(_("handed over at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("hand-over record")
        verbose_name_plural = _("hand-over records")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_bureau=models.F("to_bureau")), name="hand_over_is_to_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_bureau_id} → {self.to_bureau_id} · {self.share_id}"
