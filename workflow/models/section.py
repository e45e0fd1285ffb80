"""A numbered group of measures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.plan import Plan


class Section(models.Model):
    """行动计划 or 章节, numbered as the document numbers it."""

    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="sections")
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["plan_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="section_position_once_per_plan")
        ]

    def __str__(self) -> str:
        return f"{self.number}{self.title}"
