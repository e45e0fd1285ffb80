"""The numbers of the rules as versioned data with a date from which they hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.plan import Plan
from workflow.rules.numbers import Numbers


class RuleVersion(models.Model):
    """The numbers of one plan, or of every plan without its own (RULES.md)."""

    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rule_versions",
    )
    number = models.PositiveSmallIntegerField(_("version"))
    holds_from = models.DateField(_("holds from"))
    data = models.JSONField(_("numbers"), default=dict)

    class Meta:
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=models.Q(plan__isnull=False),
                name="rules_number_once_per_plan",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(plan__isnull=True), name="rules_number_once_in_common"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id or '*'} v{self.number}"

    @property
    def numbers(self) -> Numbers:
        """The numbers with every default filled in."""
        return Numbers.from_data(self.data)
