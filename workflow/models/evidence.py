"""A file behind a claim, with a hash and a grade; content is stored once per hash."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.cycle import ShareCycle
from workflow.models.report import Report


class EvidenceGrade(models.TextChoices):
    """How much a piece of evidence is worth (DOMAIN.md, Evidence)."""

    ORIGINAL = "A", _("A original or system data")
    SEALED = "B", _("B sealed document")
    STATEMENT = "C", _("C own statement")


class EvidenceFile(models.Model):
    """The content, by SHA-256. It outlives the rows that point at it (DESIGN.md, Rules)."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.FileField(_("file"), max_length=120)

    class Meta:
        verbose_name = _("content of evidence")
        verbose_name_plural = _("contents of evidence")

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """佐证材料: the right to see it is this row's, never the hash's."""

    share_cycle = models.ForeignKey(
        ShareCycle, verbose_name=_("share in a cycle"), on_delete=models.PROTECT, related_name="evidence"
    )
    report = models.ForeignKey(
        Report,
        verbose_name=_("report"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    content = models.ForeignKey(
        EvidenceFile, verbose_name=_("content"), on_delete=models.PROTECT, related_name="uses"
    )
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("media type"), max_length=100, blank=True)
    grade_proposed = models.CharField(_("proposed grade"), max_length=1, choices=EvidenceGrade)
    grade_confirmed = models.CharField(_("confirmed grade"), max_length=1, choices=EvidenceGrade, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["share_cycle_id", "id"]

    def __str__(self) -> str:
        return self.name
