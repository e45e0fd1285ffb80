"""What seals the trail: the leaves of its Merkle tree, their full subtrees, signed checkpoints, and who saw them outside.

All but the pushes are written once: triggers refuse changes (`workflow/trail/sealed_tables.py`).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.audit_event import AuditEvent


class SealedLine(models.Model):
    """A leaf: the hash of one line of the trail, at its place in the order of sealing."""

    position = models.BigIntegerField(_("place"), primary_key=True)
    # no constraint: that a line is gone must be found, not cascade; null lets it be joined to what is gone
    event = models.OneToOneField(
        AuditEvent,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="sealed",
        verbose_name=_("line of the trail"),
    )
    xid = models.BigIntegerField(_("transaction"), null=True)
    chain = models.CharField(_("chain"), max_length=32)
    seq = models.PositiveIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("sealed line")
        verbose_name_plural = _("sealed lines")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.position}: {self.chain}#{self.seq}"


class SealedSubtree(models.Model):
    """The hash above a full subtree of the leaves (`workflow/trail/seal/tree.py`)."""

    level = models.PositiveSmallIntegerField(_("level"))
    place = models.BigIntegerField(_("place"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("subtree of the seal")
        verbose_name_plural = _("subtrees of the seal")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="subtree_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.place}"


class SealCheckpoint(models.Model):
    """A signed head of the tree: so many lines, this root, at this time."""

    size = models.BigIntegerField(_("lines"), primary_key=True)
    root = models.CharField(_("root"), max_length=64)
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("signed text"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.size}: {self.root}"


class AnchorReceipt(models.Model):
    """What somebody outside gave back for a checkpoint: a witness's signed text, or a timestamp in base64."""

    class Kind(models.TextChoices):
        """Who gives it."""

        WITNESS = "witness", _("witness")
        TIMESTAMP = "timestamp", _("timestamp authority")

    checkpoint = models.ForeignKey(
        SealCheckpoint, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("checkpoint")
    )
    anchor = models.CharField(_("anchor"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"))
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("receipt of an anchor")
        verbose_name_plural = _("receipts of anchors")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.anchor}: {self.checkpoint_id}"


class AnchorPush(models.Model):
    """A checkpoint on its way to an anchor: tried until it arrives, each time with the latest checkpoint."""

    anchor = models.CharField(_("anchor"), max_length=200, primary_key=True)
    sent_size = models.BigIntegerField(_("lines that arrived"), default=0)
    due_at = models.DateTimeField(_("next try"))
    tries = models.PositiveIntegerField(_("tries in vain"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("push to an anchor")
        verbose_name_plural = _("pushes to anchors")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.anchor}: {self.sent_size}"
