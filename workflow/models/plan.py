"""A published plan with its period, source document, supervision office and approving leader."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Bureau
from accounts.roles import ScopeKind, permissions_of_scope
from workflow.states import PlanState


class Plan(models.Model):
    """A plan is known by the hash of its normalised source and its edition (DESIGN.md, Plan)."""

    code = models.CharField(_("code"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    source_hash = models.CharField(_("hash of the source"), max_length=64)
    source_name = models.CharField(_("source document"), max_length=200, blank=True)
    period_start = models.DateField(_("period from"))
    period_end = models.DateField(_("period to"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    issuer = models.ForeignKey(
        Bureau,
        verbose_name=_("issued by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_issued",
    )
    supervision_office = models.ForeignKey(
        Bureau,
        verbose_name=_("supervision office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_supervised",
    )
    alternate_office = models.ForeignKey(
        Bureau,
        verbose_name=_("office that verifies where the supervision office has a share"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_supervised_instead",
    )
    state = FSMField(
        _("state"), default=PlanState.DRAFT, choices=PlanState.choices, protected=True, max_length=12
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_prepared",
        verbose_name=_("prepared by"),
    )
    prepared_at = models.DateTimeField(_("prepared at"), null=True, blank=True)
    preparers = models.JSONField(
        _("everybody who prepared it"),
        default=list,
        blank=True,
        help_text=_(
            "Ids of the people who decided something about the plan before it was put on the ledger."
        ),
    )
    put_on_ledger_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_put_on_ledger",
        verbose_name=_("put on the ledger by"),
    )
    put_on_ledger_at = models.DateTimeField(_("put on the ledger at"), null=True, blank=True)
    warnings = models.JSONField(_("warnings of the reader"), default=list, blank=True)
    event_seq = models.PositiveIntegerField(default=0, editable=False)

    last_line: str | None = None
    """Number and hash of the last line of its chain, where it was read with the lock (`workflow/trail/record.py`)."""

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        permissions = permissions_of_scope(ScopeKind.PLAN)
        constraints = [
            models.UniqueConstraint(
                fields=["source_hash", "edition"], name="plan_once_per_source_and_edition"
            ),
            models.UniqueConstraint(fields=["code"], name="plan_code_is_unique"),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start")),
                name="plan_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PlanState.values), name="plan_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=PlanState.DRAFT, target=PlanState.ON_LEDGER)
    def put_on_ledger(self) -> None:
        """挂账: every measure is ready and an approver decided."""

    @transition(field=state, source=PlanState.ON_LEDGER, target=PlanState.COMPLETED)
    def complete(self) -> None:
        """All measures are closed or cancelled."""

    @transition(field=state, source=PlanState.COMPLETED, target=PlanState.ON_LEDGER)
    def resume(self) -> None:
        """A closed measure was put back on the ledger."""
