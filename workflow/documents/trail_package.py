"""The trail of a measure, a plan or everything as a package that an auditor verifies on a machine of their own.

A ZIP: manifest.json, checkpoint.txt (signed), events.jsonl (a line of the trail each, with its place in the seal and its
proof), leaves.txt (everything alone, in place of the proofs), consistency.json, anchors/ and timestamps/ (what came back
from outside), evidence/ (files, named by their SHA-256), verify_package.py. Written as it is read: memory stays flat.
"""

import ast
import json
from base64 import b64decode
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from workflow.models import AnchorReceipt, AuditEvent, EvidenceFile, Measure, Plan, SealCheckpoint, SealedLine
from workflow.models.evidence import Evidence
from workflow.trail.canonical import COLUMNS, canonical
from workflow.trail.seal.note import Key
from workflow.trail.seal.tree import consistency, inclusion
from workflow.trail.sealing.store import DatabaseTree

PART = 1 << 20
BATCH = 2000
OFFLINE = Path(__file__).parent / "offline"


class NothingIsSealedError(RuntimeError):
    """There is no checkpoint yet that a package could rest on."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what: one measure, one plan with its measures, or (neither) everything. `with_files`: evidence files too."""

    measure: Measure | None = None
    plan: Plan | None = None
    with_files: bool = True

    @property
    def is_everything(self) -> bool:
        """Whether no line is left out."""
        return self.measure is None and self.plan is None

    def lines(self) -> QuerySet[AuditEvent]:
        """The lines, chain by chain in the order of their numbers."""
        lines: QuerySet[AuditEvent] = AuditEvent.objects.order_by("chain", "seq")
        if self.measure is not None:
            return lines.filter(chain=f"measure:{self.measure.pk}")
        return lines.filter(plan=self.plan) if self.plan is not None else lines

    def files(self) -> QuerySet[EvidenceFile]:
        """The contents of the evidence that the lines name."""
        uses = Evidence.objects.all()
        if self.measure is not None:
            uses = uses.filter(share_cycle__share__measure=self.measure)
        elif self.plan is not None:
            uses = uses.filter(share_cycle__share__measure__plan=self.plan)
        return EvidenceFile.objects.filter(pk__in=uses.values("content")).order_by("sha256")


def write_package(to: IO[bytes], scope: Scope, key: Key) -> None:
    """Write the package; `to` need not be seekable. Raises NothingIsSealedError."""
    head = SealCheckpoint.objects.order_by("-size").first()
    if head is None:
        raise NothingIsSealedError
    # a cursor of the server lives in a transaction; in the embedded database that would keep writers out
    with (
        transaction.atomic() if connection.vendor == "postgresql" else nullcontext(),
        ZipFile(to, "w", ZIP_DEFLATED) as package,
    ):
        package.writestr("manifest.json", json.dumps(_manifest(scope, key), ensure_ascii=False, indent=1))
        package.writestr("checkpoint.txt", head.note)
        package.writestr("verify_package.py", verifier_source())
        tree = DatabaseTree()
        _write(package, "events.jsonl", _events(scope, head, tree))
        if scope.is_everything:
            leaves = SealedLine.objects.filter(position__lt=head.size).order_by("position")
            hashes = leaves.values_list("hash", flat=True).iterator(chunk_size=BATCH)
            _write(package, "leaves.txt", (f"{line_hash}\n" for line_hash in hashes))
        _write_anchors(package, head, tree)
        if scope.with_files:
            _write_files(package, scope)


def _manifest(scope: Scope, key: Key) -> dict[str, Any]:
    lasts = scope.lines().order_by().values_list("chain").annotate(last=Max("seq"))
    of = scope.measure.code if scope.measure else scope.plan.code if scope.plan else ""
    return {
        "format": "duban-trail-1",
        "of": of,
        "exported_at": timezone.now().isoformat(),
        "key": str(key),
        "chains": dict(lasts),
    }


def _write(package: ZipFile, name: str, texts: Iterator[str]) -> None:
    with package.open(name, "w", force_zip64=True) as part:
        for text in texts:
            part.write(text.encode())


def _events(scope: Scope, head: SealCheckpoint, tree: DatabaseTree) -> Iterator[str]:
    rows = scope.lines().values_list("sealed__position", "hash", *COLUMNS)
    for position, line_hash, *values in rows.iterator(chunk_size=BATCH):
        place = position if position is not None and position < head.size else None
        path = [] if scope.is_everything or place is None else inclusion(tree, place, head.size)
        about = {"hash": line_hash, "position": place, "path": [step.hex() for step in path]}
        yield f'{{"line":{canonical(values)},{json.dumps(about)[1:]}\n'


def _write_anchors(package: ZipFile, head: SealCheckpoint, tree: DatabaseTree) -> None:
    proofs: dict[str, list[str]] = {}
    receipts = AnchorReceipt.objects.filter(checkpoint__size__lte=head.size).select_related("checkpoint")
    for receipt in receipts.order_by("pk").iterator(chunk_size=BATCH):
        size = receipt.checkpoint_id
        proofs[str(size)] = [step.hex() for step in consistency(tree, size, head.size)]
        if receipt.kind == AnchorReceipt.Kind.WITNESS:
            package.writestr(f"anchors/{receipt.pk}.txt", receipt.content)
        else:
            package.writestr(f"timestamps/{receipt.pk}.txt", receipt.checkpoint.note)
            package.writestr(f"timestamps/{receipt.pk}.tsr", b64decode(receipt.content))
    package.writestr("consistency.json", json.dumps(proofs))


def _write_files(package: ZipFile, scope: Scope) -> None:
    for row in scope.files().iterator(chunk_size=BATCH):
        package.compression = ZIP_STORED  # most are compressed already
        with (
            row.file.open("rb") as file,
            package.open(f"evidence/{row.sha256}", "w", force_zip64=True) as part,
        ):
            while content := file.read(PART):
                part.write(content)


def verifier_source() -> str:
    """The offline verifier as one plain file: its two modules put together, their imports of the ledger left out."""
    verifying = _without_own_imports((OFFLINE / "verifying.py").read_text(encoding="utf-8"))
    arithmetic = _without_own_imports((OFFLINE / "arithmetic.py").read_text(encoding="utf-8"))
    head, future, rest = verifying.partition("from __future__ import annotations\n")
    return head + future + arithmetic.partition(future)[2] + rest


def _without_own_imports(source: str) -> str:
    lines = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workflow."):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "".join(lines)
