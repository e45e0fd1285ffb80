"""What is typed and not yet sent: saved for the post, with the names of all who typed in it.

A draft is no business state and leaves no line in the trail; who may open the step decides who may save.
"""

from typing import Any

from django.db import transaction

from accounts.models import User
from workflow.clock.now import now
from workflow.models import Draft


def save_draft(kind: str, object_id: int, *, by: User, data: dict[str, Any]) -> Draft:
    """Keep `data` as the draft of the step `kind` (such as "share.submit") of the thing `object_id`."""
    with transaction.atomic():
        draft, _ = Draft.objects.select_for_update().get_or_create(
            kind=kind, object_id=object_id, defaults={"updated_at": now()}
        )
        draft.data, draft.updated_at = data, now()
        draft.writers = sorted({*draft.writers, by.pk})
        draft.save(update_fields=["data", "updated_at", "writers"])
    return draft


def discard_draft(kind: str, object_id: int) -> None:
    """Forget what was typed into a step that has been carried out; its action left the line in the trail."""
    Draft.objects.filter(kind=kind, object_id=object_id).delete()
