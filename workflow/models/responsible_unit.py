"""A unit as the document writes it, and what was decided about it before dispatch."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau, BureauKind
from workflow.models.measure import Measure


class UnitKind(models.TextChoices):
    """What stands where a unit should (INTAKE.md, Units)."""

    BUREAU = "bureau", _("bureau")
    COLLECTIVE = "collective", _("collective")
    OPEN_ENDED = "open_ended", _("open-ended")


class ResponsibleUnit(models.Model):
    """责任单位: decided when a bureau, a collective's kind, or a date of resolution is named."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="units"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("as written"), max_length=200)
    is_lead = models.BooleanField(_("leads"), default=False)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    bureau = models.ForeignKey(
        Bureau,
        verbose_name=_("bureau"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
    )
    collective_kind = models.CharField(
        _("every bureau of the kind"), max_length=20, choices=BureauKind, blank=True
    )
    resolve_by = models.DateField(_("to be resolved by"), null=True, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("responsible unit")
        verbose_name_plural = _("responsible units")
        ordering = ["measure_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "position"], name="unit_position_once_per_measure"),
            models.UniqueConstraint(
                fields=["measure"], condition=models.Q(is_lead=True), name="unit_one_lead_per_measure"
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_on__isnull=True) | models.Q(resolve_by__isnull=False),
                name="unit_resolved_was_to_be",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_decided(self) -> bool:
        """Whether it is known who stands behind the unit, or by when it will be."""
        return bool(self.bureau_id or self.collective_kind or self.resolve_by)

    @property
    def waits_to_be_resolved(self) -> bool:
        """Whether it is known by when its bureaus are named, and not yet who they are."""
        return self.resolve_by is not None and self.resolved_on is None
