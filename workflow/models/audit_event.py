"""One line of the trail. Written once, never changed, never deleted."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from workflow.models.measure import Measure
from workflow.models.plan import Plan


class TrailIsFixedError(RuntimeError):
    """Somebody tried to change or delete a line of the trail."""


class TrailQuerySet(models.QuerySet["AuditEvent"]):
    """Lines of the trail: they can be read and added."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise TrailIsFixedError."""
        raise TrailIsFixedError("The trail cannot be changed.")

    def delete(self) -> NoReturn:
        """Raise TrailIsFixedError."""
        raise TrailIsFixedError("The trail cannot be deleted.")

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise TrailIsFixedError("The trail cannot be deleted.")

    def _update(self, values: Any) -> NoReturn:
        raise TrailIsFixedError("The trail cannot be changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise TrailIsFixedError."""
        raise TrailIsFixedError("The trail cannot be changed.")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list["AuditEvent"]:
        """Add lines in one statement. An upsert would change some, so anything but the lines is refused."""
        if args or kwargs:
            raise TrailIsFixedError("The trail cannot be changed.")
        return super().bulk_create(objs)


class Outcome(models.TextChoices):
    """Whether the action was done or refused."""

    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class AuditEvent(models.Model):
    """留痕: who did what on what, when, from which state to which, and why (DESIGN.md, Stored words)."""

    chain = models.CharField(_("chain"), max_length=32)
    seq = models.PositiveIntegerField(_("number"))
    # the indexes below begin with these three keys: none of them needs another of its own
    measure = models.ForeignKey(
        Measure,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("measure"),
        db_index=False,
    )
    plan = models.ForeignKey(
        Plan,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("plan"),
        db_index=False,
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("by"),
        db_index=False,
    )
    duty = models.CharField(_("timed duty"), max_length=60, blank=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="events_on_behalf",
        verbose_name=_("on behalf of"),
    )
    role = models.CharField(_("role"), max_length=20, blank=True)
    scope_kind = models.CharField(_("scope"), max_length=12, blank=True)
    scope_id = models.BigIntegerField(null=True)
    object_type = models.CharField(_("thing"), max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    action = models.CharField(_("action"), max_length=60)
    from_state = models.CharField(_("from"), max_length=20, blank=True)
    to_state = models.CharField(_("to"), max_length=20, blank=True)
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True)
    basis = models.TextField(_("basis"), blank=True)
    rule_version = models.CharField(_("rule version"), max_length=20, blank=True)
    payload = models.JSONField(_("particulars"), default=dict)
    address = models.CharField(_("address"), max_length=45, blank=True)
    client = models.CharField(_("client"), max_length=200, blank=True)
    # the chain: on PostgreSQL a trigger fixes these, the number and the time of recording, whatever is sent
    algorithm = models.CharField(_("algorithm of the hash"), max_length=12, default="sha256")
    previous_hash = models.CharField(_("hash before"), max_length=64, blank=True, editable=False)
    hash = models.CharField(_("hash"), max_length=64, blank=True, editable=False)
    # the transaction that wrote the line, where the database tells: what the seal's order goes by
    xid = models.BigIntegerField(_("transaction"), null=True, editable=False)

    objects = TrailQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the trail")
        verbose_name_plural = _("trail")
        base_manager_name = "objects"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="event_once_per_number"),
            models.CheckConstraint(
                condition=models.Q(actor__isnull=False) ^ ~models.Q(duty=""),
                name="event_is_by_a_person_or_a_duty",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="event_outcome_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "seq"], name="event_by_measure"),
            models.Index(fields=["plan", "id"], name="event_by_plan"),
            models.Index(fields=["actor", "id"], name="event_by_actor"),
            models.Index(fields=["xid", "id"], name="event_by_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.action}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Add the line; raise TrailIsFixedError when it is already stored."""
        if not self._state.adding:
            raise TrailIsFixedError("The trail cannot be changed.")
        super().save_base(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise TrailIsFixedError."""
        raise TrailIsFixedError("The trail cannot be deleted.")


@receiver(pre_delete, sender=AuditEvent)
def refuse_deletion(**_: Any) -> NoReturn:
    """Raise TrailIsFixedError, for whoever goes past the manager: a listener keeps the ORM from fast deletion."""
    raise TrailIsFixedError("The trail cannot be deleted.")


class TrailHead(models.Model):
    """The last number of a chain that belongs to no measure and no plan; locked while one is added."""

    chain = models.CharField(_("chain"), max_length=32, primary_key=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("head of a chain")
        verbose_name_plural = _("heads of chains")
        default_permissions = ()

    def __str__(self) -> str:
        return self.chain
