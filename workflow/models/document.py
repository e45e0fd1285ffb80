"""Numbered official documents: 督〔2026〕118号, gapless by office, kind and year."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau


class DocumentKind(models.TextChoices):
    """What is issued; each kind has a series of its own per office and year."""

    DISPATCH_ORDER = "dispatch_order", _("dispatch order")


class DocumentSeries(models.Model):
    """The last number given in a series; locked while the next is taken (DESIGN.md, Ids and numbers)."""

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    office = models.ForeignKey(
        Bureau, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "office", "year"], name="series_once_per_kind_office_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Document(models.Model):
    """One issued document with its number."""

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    office = models.ForeignKey(
        Bureau, verbose_name=_("issued by"), on_delete=models.PROTECT, related_name="documents"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("number"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("issued by (person)"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    issued_at = models.DateTimeField(_("issued at"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "office", "year", "serial"], name="document_number_is_unique"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As printed on the document."""
        return f"督〔{self.year}〕{self.serial}号"
