"""An organisation: bureau, party organ, subdistrict, school, agency."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from accounts.models.kept import KeptForeverError
from accounts.roles import ScopeKind, permissions_of_scope


class BureauKind(models.TextChoices):
    """What sort of organisation; a collective such as 各街道 is every active bureau of one kind."""

    BUREAU = "bureau", _("government bureau")
    PARTY_ORGAN = "party_organ", _("party organ")
    SUBDISTRICT = "subdistrict", _("subdistrict")
    SCHOOL = "school", _("school")
    PEOPLES_GROUP = "peoples_group", _("people's group")
    AGENCY = "agency", _("evaluation agency")


class BureauQuerySet(MP_NodeQuerySet):
    """Bureaus; none of them can be deleted, for roles are held in them by their id."""

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise `KeptForeverError`: bureaus are closed (`active`) or succeeded."""
        raise KeptForeverError("Bureaus are closed or succeeded, never deleted.")


class BureauManager(MP_NodeManager):
    """Keeps the tree in order."""

    def get_queryset(self) -> BureauQuerySet:
        """Bureaus in the order of the tree."""
        return BureauQuerySet(self.model, using=self._db).order_by("path")


class Bureau(MP_Node):
    """One organisation with its place in the tree and, when renamed or merged, its successor.

    Never deleted: a right names its bureau by id, and an id that came back would inherit it (DESIGN.md, traps, 14).
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BureauKind)
    active = models.BooleanField(_("active"), default=True)
    succeeded_by = models.ForeignKey(
        "self",
        verbose_name=_("succeeded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text=_("The bureau that carries the work on today."),
    )

    objects = BureauManager()

    class Meta:
        verbose_name = _("bureau")
        verbose_name_plural = _("bureaus")
        permissions = permissions_of_scope(ScopeKind.BUREAU)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(succeeded_by__isnull=True) | ~models.Q(succeeded_by=models.F("id")),
                name="bureau_is_not_its_own_successor",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BureauAlias(models.Model):
    """Another name under which documents mention a bureau."""

    bureau = models.ForeignKey(Bureau, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=120, db_index=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["bureau", "name"], name="alias_once_per_bureau")]

    def __str__(self) -> str:
        return self.name
