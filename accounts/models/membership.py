"""Who belongs to which bureau, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.bureau import Bureau


class Membership(models.Model):
    """A person's time in a bureau; `until` is the last day, empty while it lasts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    bureau = models.ForeignKey(
        Bureau, verbose_name=_("bureau"), on_delete=models.PROTECT, related_name="memberships"
    )
    title = models.CharField(_("post title"), max_length=60, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "bureau"],
                condition=models.Q(until__isnull=True),
                name="membership_one_open_per_bureau",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.bureau}"
