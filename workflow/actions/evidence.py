"""佐证材料: stored by content hash, tied to a share in the current cycle, removable until it is submitted; its grade is
proposed with it and confirmed at the verification.
"""

import hashlib
from pathlib import PurePath

from django.core.files.base import File

from accounts.roles import Permission, ScopeKind
from workflow.actions.shares import UNREPORTED, sit
from workflow.actions.step import acting, in_state
from workflow.models import Evidence, EvidenceFile, Share
from workflow.models.evidence import EvidenceGrade
from workflow.queries.reports import sent_evidence_of
from workflow.queries.seats import seat_of
from workflow.queries.separation import check_verifier
from workflow.routing import Verb, check_desk
from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, require
from workflow.states import MeasureState, ShareState
from workflow.trail.actions import AuditAction
from workflow.trail.actor import Actor

MEBIBYTE = 1024 * 1024


def add_evidence(
    share: Share, *, by: Actor, name: str, content: File[bytes], content_type: str = "", grade: str
) -> Evidence:
    """Keep `content` and tie it to the share's next report, which `by` holds; the uploader proposes its grade (A, B, C).

    The size is checked before anything is read, and the content is read in pieces, never whole.
    """
    with acting(AuditAction.EVIDENCE_ADD, share, by=by) as step:
        seat = seat_of(share.pk, step.person, Permission.SUBMIT_FOR_BUREAU, step.today)
        in_state(step.measure, *UNREPORTED)
        in_state(seat.share, ShareState.IN_PROGRESS)
        check_desk(sit(step, seat), Verb.SUBMIT, by=by)
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
    """Take one's own file out of the report that one holds; the row and the content stay, marked as removed."""
    share = evidence.share_cycle.share
    with acting(AuditAction.EVIDENCE_REMOVE, share, by=by) as step:
        step.require(Permission.SUBMIT_FOR_BUREAU, ScopeKind.BUREAU, share.bureau_id)
        evidence = Evidence.objects.get(pk=evidence.pk)
        require(evidence.report_id is None and evidence.removed_at is None, Conflict("evidence.submitted"))
        require(evidence.uploaded_by_id == step.person.pk, Forbidden("item.not_yours"))
        share.measure = step.measure
        check_desk(share, Verb.SUBMIT, by=by)
        evidence.removed_at = step.at
        evidence.save(update_fields=["removed_at"])
        step.note(evidence, payload={"name": evidence.name})
    return evidence


def confirm_grade(evidence: Evidence, *, by: Actor, grade: str) -> Evidence:
    """认定: who verifies the measure confirms the grade of a file sent with it, or gives another; the proposal stays beside it.

    Raises Forbidden for whom rule 2 keeps from the verification, NotFound for a file of an earlier cycle or not sent.
    """
    measure = evidence.share_cycle.share.measure
    with acting(AuditAction.EVIDENCE_CONFIRM_GRADE, measure, by=by) as step:
        in_state(step.measure, MeasureState.REPORTED)
        step.require(Permission.VERIFY_FOR_PLAN, ScopeKind.PLAN, step.plan.pk)
        check_verifier(step.measure, step.person, step.today)
        check_desk(step.measure, Verb.VERIFY, by=by)
        require(grade in EvidenceGrade.values, Invalid("input.grade", field="grade"))
        found = sent_evidence_of(measure.pk).filter(pk=evidence.pk).first()
        if found is None:
            raise NotFound("thing.unknown")
        found.grade_confirmed = grade
        found.save(update_fields=["grade_confirmed"])
        step.note(found, payload={"name": found.name, "proposed": found.grade_proposed, "grade": grade})
    return found
