"""A person who signs in."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.kept import KeptForeverError


class PersonQuerySet(models.QuerySet["User"]):
    """People; none of them can be deleted, for the trail names them."""

    def delete(self) -> NoReturn:
        """Raise `KeptForeverError`: people are deactivated."""
        raise KeptForeverError("People are deactivated, never deleted.")


class PersonManager(UserManager["User"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Creates people as Django's own manager does."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create and return a person; `name` is what documents print."""
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, *args: Any, **fields: Any) -> NoReturn:
        """Refuse: a superuser has no business right here (use `create_first_administrator`)."""
        raise TypeError("There are no superusers: use the command create_first_administrator.")


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Deactivated when they leave, never deleted (DESIGN.md, Known traps, 7)."""

    username = models.CharField(
        _("user name"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=64)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("registered at"), auto_now_add=True)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name or self.username

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise `KeptForeverError`: people are deactivated."""
        raise KeptForeverError("People are deactivated, never deleted.")

    def get_full_name(self) -> str:
        """The name as documents print it."""
        return self.name

    def get_short_name(self) -> str:
        """The name as pages print it."""
        return self.name
