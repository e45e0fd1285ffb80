"""Something a bureau asks and somebody else decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Bureau
from accounts.roles import Role
from workflow.models.cycle import Cycle
from workflow.models.measure import Measure
from workflow.models.share import Share
from workflow.states import RequestKind, RequestState

PENDING = [RequestState.RAISED, RequestState.SIGNED]
"""The states of a request that nobody has decided yet."""


def _person(label: object, *, required: bool = False) -> "models.ForeignKey":  # type: ignore[type-arg]
    """Who did a step of the request."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,  # type: ignore[arg-type]
        null=not required,
        blank=not required,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Request(models.Model):
    """请示事项: refusal, extension, transfer or coordination (DOMAIN.md, Requests). It never changes a state by itself.

    `bureau`: the one a refusal suggests, a transfer names, or that blocks the work. `wanted_by`: the new due date
    of an extension, or the day by which coordination is needed.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="requests"
    )
    share = models.ForeignKey(
        Share, verbose_name=_("share"), on_delete=models.PROTECT, related_name="requests"
    )
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="requests"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RequestKind)
    state = FSMField(
        _("state"), default=RequestState.RAISED, choices=RequestState.choices, protected=True, max_length=10
    )
    reason = models.TextField(_("reason"))
    legal_basis = models.TextField(_("legal basis"), blank=True)
    bureau = models.ForeignKey(
        Bureau,
        verbose_name=_("bureau named"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requests_naming_it",
    )
    wanted_by = models.DateField(_("date asked for"), null=True, blank=True)
    due_before = models.DateField(_("due date before"), null=True, blank=True)
    is_late = models.BooleanField(_("asked late"), default=False)
    decider = models.CharField(_("decided by the role"), max_length=20, choices=Role)
    raised_by = _person(_("raised by"), required=True)
    raised_at = models.DateTimeField(_("raised at"))
    signed_by = _person(_("signed by"))
    signed_for = _person(_("signed on behalf of"))
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    decided_by = _person(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    issuer_basis = models.TextField(_("decision of the plan's issuer"), blank=True)

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["measure_id", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.UniqueConstraint(
                fields=["share", "kind"],
                condition=Q(state__in=PENDING),
                name="request_one_pending_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RequestKind.EXTENSION)
                | Q(wanted_by__isnull=False, due_before__isnull=False),
                name="request_extension_has_both_dates",
            ),
            models.CheckConstraint(
                condition=Q(kind=RequestKind.EXTENSION) | Q(bureau__isnull=False),
                name="request_names_a_bureau",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PENDING) ^ Q(decided_at__isnull=False),
                name="request_decided_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RequestState.RAISED, RequestState.WITHDRAWN])
                | Q(signed_by__isnull=False),
                name="request_decided_was_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} {self.kind} {self.pk}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state in PENDING

    @property
    def touched_by(self) -> list[int]:
        """Whoever raised or signed it, a deputy and the head alike: none of them decides it (DOMAIN.md, Separation of duties, 5)."""
        touched = (self.raised_by_id, self.signed_by_id, self.signed_for_id)
        return [person for person in touched if person is not None]

    @transition(field=state, source=RequestState.RAISED, target=RequestState.SIGNED)
    def sign(self) -> None:
        """By the head of the bureau that asks."""

    @transition(field=state, source=RequestState.SIGNED, target=RequestState.GRANTED)
    def grant(self) -> None:
        """By who decides; its effect is in the same action."""

    @transition(field=state, source=RequestState.SIGNED, target=RequestState.REJECTED)
    def reject(self) -> None:
        """By who decides, with a reason."""

    @transition(field=state, source=PENDING, target=RequestState.WITHDRAWN)
    def withdraw(self) -> None:
        """By who raised it, by the head who does not sign it, or because what it was about is over."""
