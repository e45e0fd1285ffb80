"""A single thing to do out of a measure's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.responsible_unit import ResponsibleUnit


class ActionItem(models.Model):
    """具体举措: a measure broken down (拆解). `unit` is who does it, where that is decided; `source_…` its place in the text."""

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

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["measure_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "position"], name="action_item_position_once_per_measure"
            )
        ]

    def __str__(self) -> str:
        return self.text
