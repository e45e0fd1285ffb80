"""A dated, weighted step of the roadmap (路线图)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.share import Share


class Milestone(models.Model):
    """节点; the weights of a measure add up to 100.

    `share`: whose step it is, None for the lead's. It is reached by a handler's word (`reached_…`) and counts from the
    head's confirmation on (`confirmed_…`).
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="milestones"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    due = models.DateField(_("due date"))
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    share = models.ForeignKey(
        Share,
        verbose_name=_("share"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="milestones",
    )
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    reached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said to be reached by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("note"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["measure_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "position"], name="milestone_position_once_per_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=100), name="milestone_weight_is_a_part"
            ),
            models.CheckConstraint(
                condition=models.Q(reached_on__isnull=True, reached_by__isnull=True)
                | models.Q(reached_on__isnull=False, reached_by__isnull=False),
                name="milestone_reached_says_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False, reached_on__isnull=False),
                name="milestone_confirmed_was_reached",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        """Whether its weight is part of the measure's progress."""
        return self.confirmed_at is not None
