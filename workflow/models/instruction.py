"""批示: what an approver writes on a measure, and what each of its bureaus answers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.share import Share


class Instruction(models.Model):
    """An instruction on a measure; every share that was open then owes a reply by the day named."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="instructions"
    )
    text = models.TextField(_("instruction"))
    reply_by = models.DateField(_("reply by"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        ordering = ["measure_id", "-id"]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.reply_by}"


class InstructionReply(models.Model):
    """What one bureau answers to an instruction; without `replied_at` it is still owed."""

    instruction = models.ForeignKey(
        Instruction, verbose_name=_("instruction"), on_delete=models.PROTECT, related_name="replies"
    )
    share = models.ForeignKey(
        Share, verbose_name=_("share"), on_delete=models.PROTECT, related_name="instruction_replies"
    )
    text = models.TextField(_("reply"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("replied by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reply to an instruction")
        verbose_name_plural = _("replies to instructions")
        ordering = ["instruction_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["instruction", "share"], name="instruction_reply_once_per_share"),
            models.CheckConstraint(
                condition=models.Q(replied_at__isnull=True, replied_by__isnull=True, text="")
                | (models.Q(replied_at__isnull=False, replied_by__isnull=False) & ~models.Q(text="")),
                name="instruction_reply_is_whole_or_owed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["share"],
                condition=models.Q(replied_at__isnull=True),
                name="instruction_reply_owed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} · {self.share_id}"
