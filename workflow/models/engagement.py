"""An agency engaged for a plan: the scope in which its evaluators act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from accounts.roles import ScopeKind, permissions_of_scope
from workflow.models.plan import Plan


class Engagement(models.Model):
    """第三方评估委托: plan, agency and dates."""

    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.PROTECT, related_name="engagements"
    )
    agency = models.ForeignKey(
        Bureau, verbose_name=_("agency"), on_delete=models.PROTECT, related_name="engagements"
    )
    title = models.CharField(_("title"), max_length=120)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        permissions = permissions_of_scope(ScopeKind.ENGAGEMENT)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="engagement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title
