"""Drafts: what was typed into a step and not yet sent."""

from accounts.models import User
from workflow.models import Draft


def draft_of(kind: str, thing_id: int) -> Draft | None:
    """The draft of a step, or None."""
    return Draft.objects.filter(kind=kind, object_id=thing_id).first()


def others_who_typed(draft: Draft | None, person: User) -> list[str]:
    """The names of all but `person` who typed in the draft: each of them counts as its author (rule 1)."""
    writers = set(draft.writers) - {person.pk} if draft is not None else set()
    if not writers:
        return []
    return list(User.objects.filter(pk__in=writers).order_by("name").values_list("name", flat=True))
