"""What a line of the policy table says, and the groups of readers that its lines name."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from workflow.pages.readers import Reader, Situation


class Outcome(TextChoices):
    """What the server answers."""

    ALLOWED = "allowed", _("allowed")
    SIGN_IN = "sign_in", _("asked to sign in")
    FORBIDDEN = "forbidden", _("refused: known, but not theirs to do (403)")
    HIDDEN = "hidden", _("not found: not theirs to know of (404)")
    CONFLICT = "conflict", _("refused: not as things stand (409)")


R, S = Reader, Situation
Readers = frozenset[Reader]

EVERYBODY: Readers = frozenset(Reader)
SIGNED_IN = EVERYBODY - {R.NOBODY}
NO_ONE: Readers = frozenset()
HANDLERS: Readers = frozenset({R.HOLDER, R.HANDLER, R.AUTHOR})
HEADS: Readers = frozenset({R.HEAD, R.AUTHOR, R.DEPUTY})
OF_LEAD = HANDLERS | HEADS
OF_SUPPORT: Readers = frozenset({R.SUPPORT_HANDLER, R.SUPPORT_HEAD})
ELSEWHERE: Readers = frozenset({R.OTHER_HANDLER, R.OTHER_HEAD})
SUPERVISORS: Readers = frozenset({R.SUPERVISOR, R.TIED_SUPERVISOR, R.DOUBLE})
APPROVERS: Readers = frozenset({R.APPROVER, R.TIED_APPROVER, R.DOUBLE})
AUDITORS: Readers = frozenset({R.AUDITOR, R.GENERAL_AUDITOR})
OF_PLAN = SUPERVISORS | APPROVERS | AUDITORS | {R.OBSERVER}
EVALUATORS: Readers = frozenset({R.EVALUATOR, R.TIED_EVALUATOR})
OF_MEASURE = OF_LEAD | OF_SUPPORT | OF_PLAN
SEE_PLAN = OF_MEASURE | ELSEWHERE | EVALUATORS | {R.FOREIGN_EVALUATOR}
ADMINISTRATORS: Readers = frozenset({R.ADMINISTRATOR})
IMPORTERS = SUPERVISORS | {R.FOREIGN_SUPERVISOR, R.IMPORTER}
"""One office supervises the plan and the foreign one: supervisors of either bring plans in for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a page (the name of its address), a method, a situation, and who gets which answer."""

    view: str
    method: str
    situation: Situation
    allowed: Readers
    forbidden: Readers = NO_ONE
    conflict: Readers = NO_ONE
    others: Outcome = Outcome.HIDDEN

    def outcome(self, reader: Reader) -> Outcome:
        """What `reader` gets."""
        if reader in self.allowed:
            return Outcome.ALLOWED
        if reader is Reader.NOBODY:
            return Outcome.SIGN_IN
        if reader in self.conflict:
            return Outcome.CONFLICT
        return Outcome.FORBIDDEN if reader in self.forbidden else self.others


def get(
    view: str,
    situation: Situation,
    allowed: Readers,
    *,
    forbidden: Readers = NO_ONE,
    conflict: Readers = NO_ONE,
) -> Rule:
    """The line of a page that is read."""
    return Rule(view, "GET", situation, allowed, forbidden, conflict)


def post(
    view: str,
    situation: Situation,
    allowed: Readers,
    *,
    forbidden: Readers = NO_ONE,
    conflict: Readers = NO_ONE,
) -> Rule:
    """The line of what a form does."""
    return Rule(view, "POST", situation, allowed, forbidden, conflict)


def both(view: str, situation: Situation, allowed: Readers, known_to: Readers = NO_ONE) -> tuple[Rule, Rule]:
    """The lines of a page that asks and acts under one right; who may only know of the thing is refused."""
    rest = known_to - allowed
    return get(view, situation, allowed, forbidden=rest), post(view, situation, allowed, forbidden=rest)
