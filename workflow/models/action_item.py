"""A single thing to do out of a measure's text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.responsible_unit import ResponsibleUnit
from workflow.models.share import Share


class ActionItem(models.Model):
    """具体举措: a measure broken down (拆解). `unit` is who does it, where that is decided; `source_…` its place in the text.

    Under way it is a share's (`share`), else the lead's, whose handler says when it is done.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("thing to do"))
    source_start = models.PositiveIntegerField(_("from place"), null=True, blank=True)
    source_end = models.PositiveIntegerField(_("to place"), null=True, blank=True)
    unit = models.ForeignKey(
        ResponsibleUnit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
    )
    share = models.ForeignKey(
        Share, verbose_name=_("share"), null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said to be done by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["measure_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "position"], name="action_item_position_once_per_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True, done_by__isnull=True)
                | models.Q(done_on__isnull=False, done_by__isnull=False),
                name="action_item_done_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.text
