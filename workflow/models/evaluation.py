"""An independent agency's scored judgement of a measure in a cycle."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from workflow.models.cycle import Cycle
from workflow.models.engagement import Engagement
from workflow.models.measure import Measure
from workflow.states import EvaluationResult, EvaluationState


class Evaluation(models.Model):
    """第三方评估; stands between verified and closed where the measure or cycle requires one."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="evaluations"
    )
    cycle = models.ForeignKey(
        Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="evaluations"
    )
    engagement = models.ForeignKey(
        Engagement, verbose_name=_("engagement"), on_delete=models.PROTECT, related_name="evaluations"
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    state = FSMField(
        _("state"),
        default=EvaluationState.ENGAGED,
        choices=EvaluationState.choices,
        protected=True,
        max_length=12,
    )
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=EvaluationResult, blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    declared_independent = models.BooleanField(_("declared independent"), default=False)
    evaluated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evaluations",
        verbose_name=_("evaluated by"),
    )
    evaluated_at = models.DateTimeField(_("evaluated at"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["measure_id", "cycle_id", "round"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "cycle", "engagement", "round"], name="evaluation_once_per_round"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=100),
                name="evaluation_score_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=EvaluationState.SUBMITTED, score__isnull=False, evaluated_by__isnull=False
                )
                & ~models.Q(result="")
                | ~models.Q(state=EvaluationState.SUBMITTED) & models.Q(result=""),
                name="evaluation_submitted_has_a_result",
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=models.Q(state=EvaluationState.ENGAGED),
                name="evaluation_one_open_per_measure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} · {self.get_result_display()}"

    @transition(field=state, source=EvaluationState.ENGAGED, target=EvaluationState.SUBMITTED)
    def submit(self) -> None:
        """The evaluator's score and opinion stand."""

    @transition(field=state, source=EvaluationState.ENGAGED, target=EvaluationState.WITHDRAWN)
    def withdraw(self) -> None:
        """Nobody asks for it any more: waived, returned before it was scored, or given to another agency."""
