"""Who holds which role where, and since when."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, ScopeKind


class Appointment(models.Model):
    """A role held in a scope for some time. `group` is the guardian group of that role and scope.

    `on_behalf_of`: the head whose deputy this is, for dated leave; it gives a right only while the head's own does
    (DOMAIN.md, Roles). `reason` and `revoked_at` belong to a deputy: why, and when the head ended it before its time.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope_kind = models.CharField(_("scope"), max_length=12, choices=ScopeKind)
    scope_id = models.BigIntegerField(_("scope id"), null=True, blank=True)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on behalf of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputies",
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(scope_kind=ScopeKind.ALL, scope_id__isnull=True, group__isnull=True)
                    | (
                        ~models.Q(scope_kind=ScopeKind.ALL)
                        & models.Q(scope_id__isnull=False, group__isnull=False)
                    )
                ),
                name="appointment_scope_is_whole",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_id"],
                condition=models.Q(until__isnull=True, scope_id__isnull=False),
                name="appointment_one_open_per_scope",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(until__isnull=True, scope_id__isnull=True),
                name="appointment_one_open_everywhere",
            ),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of__isnull=True)
                | (
                    models.Q(role=Role.HEAD, scope_kind=ScopeKind.BUREAU, until__isnull=False)
                    & ~models.Q(on_behalf_of=models.F("user"))
                ),
                name="appointment_deputy_is_of_a_head",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | models.Q(on_behalf_of__isnull=False),
                name="appointment_revoked_is_a_deputys",
            ),
        ]
        indexes = [models.Index(fields=["scope_kind", "scope_id", "role"], name="appointment_by_scope")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
