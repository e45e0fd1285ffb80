"""终止: the approver's decision that ends a measure before it is done (DOMAIN.md, Measure, cancel)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure


class Cancellation(models.Model):
    """Why a measure was given up, and on what basis; it stays visible and cannot be taken back."""

    measure = models.OneToOneField(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="cancellation"
    )
    reason = models.TextField(_("reason"))
    basis = models.TextField(_("basis"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["measure_id"]

    def __str__(self) -> str:
        return str(self.measure_id)
