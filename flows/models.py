"""Runs of the flows and the work items on people's desks: one table each, on viewflow's abstract bases.

viewflow's generic columns that no route here uses are left out; real foreign keys stand in their place.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import AbstractProcess, AbstractTask
from viewflow.workflow.status import STATUS

from accounts.models import Bureau
from accounts.roles import Role, ScopeKind
from workflow.models import Engagement, Measure, Plan, Request, Share

OPEN = Q(finished__isnull=True)


class Run(AbstractProcess):
    """One pass of a measure or a share through its flow. A partial unique constraint holds one open run per thing."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="runs"
    )
    share = models.ForeignKey(
        Share,
        verbose_name=_("share"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="runs",
    )
    request = models.ForeignKey(
        Request,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="runs",
    )
    bureau = models.ForeignKey(
        Bureau,
        verbose_name=_("bureau"),
        on_delete=models.PROTECT,
        related_name="runs",
        help_text=_("Of the share; for a measure, of its lead; for a request, whose head has it."),
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    # what the router knows while a run moves on
    holder_id: int | None = None
    report_due: date | None = None
    leaving: Any = None
    """The item that leaves the desk (`flows.nodes.work.Leaving`), until it is known what comes next."""

    # what viewflow sets on a process and no route here stores
    parent_task: ClassVar[None] = None
    data: ClassVar[dict[str, Any]] = {}
    seed: ClassVar[None] = None

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.UniqueConstraint(
                fields=["measure"],
                condition=OPEN & Q(share__isnull=True, request__isnull=True),
                name="run_one_open_per_measure",
            ),
            models.UniqueConstraint(
                fields=["share"],
                condition=OPEN & Q(share__isnull=False),
                name="run_one_open_per_share",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=OPEN & Q(request__isnull=False),
                name="run_one_open_per_request",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(request__isnull=True), name="run_is_about_one_thing"
            ),
        ]

    @property
    def thing(self) -> Measure | Share | Request:
        """What the run is about."""
        if self.request is not None:
            return self.request
        return self.measure if self.share is None else self.share

    def scope_id(self, kind: ScopeKind) -> int | None:
        """The key of the run's bureau, plan or engagement."""
        if kind == ScopeKind.BUREAU:
            return self.bureau_id
        return self.measure.plan_id if kind == ScopeKind.PLAN else self.measure.engagement_id


class WorkItem(AbstractTask):
    """One piece of work: who may take it (role in exactly one scope), who holds it, by when it is due."""

    process = models.ForeignKey(Run, verbose_name=_("run"), on_delete=models.PROTECT, related_name="task_set")
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="leading", db_index=False
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="work_items"
    )
    share = models.ForeignKey(
        Share,
        verbose_name=_("share"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
    )
    request = models.ForeignKey(
        Request,
        verbose_name=_("request"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    bureau = models.ForeignKey(
        Bureau,
        verbose_name=_("bureau"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
        db_index=False,
    )
    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
        db_index=False,
    )
    engagement = models.ForeignKey(
        Engagement,
        verbose_name=_("engagement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
        db_index=False,
    )
    due = models.DateField(_("due date"))
    status = models.CharField(_("status"), choices=STATUS.choices, default=STATUS.NEW, max_length=12)
    created = models.DateTimeField(_("created"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("held by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="work_items",
        db_index=False,
    )

    # viewflow's columns that nothing here fills
    previous = None
    token = None
    scheduled = None
    external_task_id = None
    owner_permission = None
    owner_permission_content_type = None
    owner_permission_obj_pk = None
    owner_permission_obj = None
    data: ClassVar[dict[str, Any]] = {}
    seed: ClassVar[None] = None

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        constraints = [
            models.UniqueConstraint(fields=["process"], condition=OPEN, name="item_one_open_per_run"),
            models.CheckConstraint(
                condition=(
                    Q(bureau__isnull=False, plan__isnull=True, engagement__isnull=True)
                    | Q(bureau__isnull=True, plan__isnull=False, engagement__isnull=True)
                    | Q(bureau__isnull=True, plan__isnull=True, engagement__isnull=False)
                ),
                name="item_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(finished__isnull=True, status=STATUS.NEW, owner__isnull=True)
                | Q(finished__isnull=True, status=STATUS.ASSIGNED, owner__isnull=False)
                | Q(finished__isnull=False, status=STATUS.DONE, owner__isnull=False)
                | Q(finished__isnull=False, status=STATUS.CANCELED),
                name="item_status_fits",
            ),
        ]
        indexes = [
            # each holds the open items of its kind alone: a step writes an item twice, and every index with it
            models.Index(
                fields=["bureau", "role", "due", "id"],
                condition=OPEN & Q(bureau__isnull=False),
                name="item_open_by_bureau",
            ),
            models.Index(
                fields=["plan", "role", "due", "id"],
                condition=OPEN & Q(plan__isnull=False),
                name="item_open_by_plan",
            ),
            models.Index(
                fields=["engagement", "due", "id"],
                condition=OPEN & Q(engagement__isnull=False),
                name="item_open_by_engagement",
            ),
            models.Index(
                fields=["owner", "due", "id"],
                condition=OPEN & Q(owner__isnull=False),
                name="item_open_by_owner",
            ),
            models.Index(fields=["measure"], condition=OPEN, name="item_open_by_measure"),
            models.Index(
                fields=["owner", "-finished", "-id"],
                condition=Q(finished__isnull=False),
                name="item_done_by_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.flow_task}"

    @property
    def node(self) -> str:
        """The name of the step at which the item stands."""
        return str(self.flow_task.name)


# viewflow's abstract task brings a generic key whose columns are left out above
WorkItem._meta.private_fields.clear()
WorkItem.owner_permission_obj = None
