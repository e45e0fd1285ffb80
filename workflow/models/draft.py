"""What somebody has typed into a step and not yet sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """One draft per step of a thing, so that it stays with the post; `writers` are all who typed in it."""

    kind = models.CharField(_("step"), max_length=40)
    object_id = models.BigIntegerField(_("thing"))
    data = models.JSONField(_("fields"), default=dict)
    writers = models.JSONField(_("writers"), default=list)
    updated_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="draft_once_per_step")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
