"""佐证材料: stored by content hash, tied to a share in the current cycle, removable until it is submitted."""

import hashlib
from pathlib import PurePath

from django.core.files.base import File

from accounts.roles import Permission, ScopeKind
from workflow.actions.shares import UNREPORTED, sit
from workflow.actions.step import acting, in_state
from workflow.models import Evidence, EvidenceFile, Share
from workflow.models.evidence import EvidenceGrade
from workflow.queries.seats import seat_of
from workflow.rules.refusal import Conflict, Forbidden, Invalid, require
from workflow.states import ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

MEBIBYTE = 1024 * 1024


def add_evidence(
    share: Share, *, by: Actor, name: str, content: File[bytes], content_type: str = "", grade: str
) -> Evidence:
    """Keep `content` and tie it to the share's next report; the uploader proposes its grade (A, B, C).

    The size is checked before anything is read, and the content is read in pieces, never whole.
    """
    with acting(AuditAction.EVIDENCE_ADD, share, by=by) as step:
        seat = seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        in_state(step.measure, *UNREPORTED)
        in_state(seat.share, ShareState.IN_PROGRESS)
        sit(step, seat)
        require(content.size > 0, Invalid("input.file_empty", field="file"))
        limit = step.rules.numbers.evidence_max_mb
        require(content.size <= limit * MEBIBYTE, Invalid("input.file_large", field="file", limit=limit))
        require(grade in EvidenceGrade.values, Invalid("input.grade", field="grade"))
        kept = keep(content)
        evidence = Evidence.objects.create(
            share_cycle=seat.share_cycle,
            content=kept,
            name=PurePath(name).name[:200] or kept.sha256[:12],
            content_type=content_type[:100],
            grade_proposed=grade,
            uploaded_by=step.person,
            uploaded_at=step.at,
        )
        step.note(evidence, payload={"name": evidence.name, "sha256": kept.sha256, "grade": grade})
    return evidence


def keep(content: File[bytes]) -> EvidenceFile:
    """The stored content of this hash, written once. The file is written before the row that names it."""
    digest = digest_of(content)
    found = EvidenceFile.objects.filter(sha256=digest).first()
    if found is not None:
        return found
    kept = EvidenceFile(sha256=digest, size=content.size)
    content.seek(0)
    kept.file.save(f"{digest[:2]}/{digest}", content, save=False)
    found, _ = EvidenceFile.objects.get_or_create(
        sha256=digest, defaults={"size": content.size, "file": kept.file.name}
    )
    return found


def digest_of(content: File[bytes]) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    return digest.hexdigest()


def remove_evidence(evidence: Evidence, *, by: Actor) -> Evidence:
    """Take a file back before it was submitted; the row and the content stay, marked as removed."""
    share = evidence.share_cycle.share
    with acting(AuditAction.EVIDENCE_REMOVE, share, by=by) as step:
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, share.bureau_id)
        evidence = Evidence.objects.get(pk=evidence.pk)
        require(evidence.report_id is None and evidence.removed_at is None, Conflict("evidence.submitted"))
        require(evidence.uploaded_by_id == step.person.pk, Forbidden("item.not_yours"))
        evidence.removed_at = step.at
        evidence.save(update_fields=["removed_at"])
        step.note(evidence, payload={"name": evidence.name})
    return evidence
