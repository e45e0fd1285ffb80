"""Lines are sealed once, in the order of their transactions, whoever commits late and wherever a run breaks off."""

from contextlib import suppress
from threading import Thread
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from tests.factories.trail import seal_all, unguarded
from workflow.models import AuditEvent, SealCheckpoint, SealedLine, SealedSubtree
from workflow.trail.actions import AuditAction
from workflow.trail.seal import tree
from workflow.trail.seal.ed25519 import FileSigner, verify
from workflow.trail.seal.note import key_of, parse
from workflow.trail.sealing import sealer, store
from workflow.trail.sealing.sealer import seal
from workflow.trail.sealing.store import DatabaseTree, leaf_of
from workflow.trail.visits import note_visit

# in PostgreSQL a line is sealed once it is committed
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


def write(count: int = 1) -> None:
    for _ in range(count):
        note_visit(AuditAction.SESSION_BEGIN, by=None)


def sealed() -> list[int | None]:
    return list(SealedLine.objects.order_by("position").values_list("event_id", flat=True))


def test_a_run_seals_every_line_and_signs_the_root(signer: FileSigner) -> None:
    write(3)
    done = seal_all(signer)
    lines = list(AuditEvent.objects.order_by("pk"))
    assert done.lines == 3
    assert sealed() == [line.pk for line in lines]
    assert done.checkpoint is not None
    note = parse(done.checkpoint.note)
    assert note.root == tree.root_of([leaf_of(line.hash) for line in lines])
    assert (note.origin, note.size) == ("office.example/trail", 3)
    assert note.is_signed_by(key_of(signer), verify)


def test_a_second_run_does_nothing(signer: FileSigner) -> None:
    write(2)
    seal_all(signer)
    assert seal_all(signer) == sealer.Sealed(0, None)
    assert SealCheckpoint.objects.count() == 1


def test_batches_and_blocks_give_the_same_tree(signer: FileSigner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 7)
    monkeypatch.setattr(store, "BLOCK", 4)
    monkeypatch.setattr(tree, "BLOCK", 4)
    monkeypatch.setattr(tree, "BLOCK_LEVEL", 2)
    for count in (5, 1, 20):
        write(count)
        seal_all(signer)
    leaves = [leaf_of(line) for line in AuditEvent.objects.order_by("pk").values_list("hash", flat=True)]
    assert [bytes.fromhex(one.root) for one in SealCheckpoint.objects.order_by("size")] == [
        tree.root_of(leaves[:size]) for size in (5, 6, 26)
    ]
    assert SealedSubtree.objects.filter(level=2).count() == 6
    assert SealedSubtree.objects.filter(level=3).count() == 3
    assert tree.root(DatabaseTree(), 26) == tree.root_of(leaves)


BREAKS = ("SealedLine", "SealedSubtree", "SealCheckpoint")


@pytest.mark.parametrize("where", BREAKS)
def test_a_run_that_breaks_off_is_gone_on_with(
    signer: FileSigner, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it breaks, a batch is there whole or not at all, and the next run makes up for it."""
    monkeypatch.setattr(sealer, "BATCH", 2)
    write(5)
    model = getattr(sealer, where)
    way = "create" if where == "SealCheckpoint" else "bulk_create"
    with patch.object(model.objects, way, side_effect=DatabaseError("off")), suppress(DatabaseError):
        seal(signer)
    assert len(sealed()) == (5 if where == "SealCheckpoint" else 0)
    seal(signer)
    assert sealed() == list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))
    assert SealCheckpoint.objects.get().size == 5


@pytest.mark.postgres
def test_who_commits_late_is_not_passed_over(signer: FileSigner) -> None:
    """A line with a smaller key, still uncommitted: neither it nor what came after is sealed before it ends."""
    with transaction.atomic():
        note_visit(AuditAction.SESSION_BEGIN, by=None)
        thread = Thread(target=_elsewhere, args=(signer,))
        thread.start()
        thread.join()
        assert sealed() == []
    seal_all(signer)
    assert sealed() == list(AuditEvent.objects.order_by("xid", "pk").values_list("pk", flat=True))
    assert len(sealed()) == 2


def _elsewhere(signer: FileSigner) -> None:
    try:
        note_visit(AuditAction.EVIDENCE_READ, by=None)  # of another chain: this one's is locked
        seal(signer)
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.parametrize("had_a_seal", [True, False])
def test_a_database_restored_into_another_cluster_is_sealed_on(signer: FileSigner, had_a_seal: bool) -> None:
    """Its transactions count anew: what was brought along has numbers that are not reached for long."""
    write(3)
    with unguarded():
        _sql("UPDATE workflow_auditevent SET xid = xid + 1000000000")
    if had_a_seal:
        seal_all_but_the_last()
    seal_all(signer)
    assert len(sealed()) == 3
    write(2)
    seal_all(signer)
    assert sealed() == list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


def seal_all_but_the_last() -> None:
    """As if the backup had been taken before the last line was sealed."""
    rows = AuditEvent.objects.order_by("pk")[:2]
    SealedLine.objects.bulk_create(
        SealedLine(position=n, event=row, xid=row.xid, chain=row.chain, seq=row.seq, hash=row.hash)
        for n, row in enumerate(rows)
    )


@pytest.mark.postgres
def test_two_runs_at_once_seal_each_line_once(signer: FileSigner) -> None:
    write(30)
    threads = [Thread(target=_seal_and_close, args=(signer,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_all(signer)
    assert sealed() == list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


def _seal_and_close(signer: FileSigner) -> None:
    try:
        seal(signer)
    finally:
        connection.close()


def _sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


CHANGES = (
    "DELETE FROM workflow_sealedline",
    "UPDATE workflow_sealedline SET hash = hash",
    "DELETE FROM workflow_sealedsubtree",
    "UPDATE workflow_sealedsubtree SET hash = hash",
    "DELETE FROM workflow_sealcheckpoint",
    "UPDATE workflow_sealcheckpoint SET at = at",
    "DELETE FROM workflow_anchorreceipt",
    "UPDATE workflow_anchorreceipt SET at = at",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_seal_cannot_be_changed(signer: FileSigner, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "BLOCK", 1)
    monkeypatch.setattr(tree, "BLOCK_LEVEL", 0)
    write(2)
    made = seal_all(signer).checkpoint
    assert made is not None
    made.receipts.create(anchor="x", kind="witness", at=made.at, content="")
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        _sql(change)


def test_the_command_seals_and_makes_its_key(signer: FileSigner, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_seal_key", "--if-none")
    assert capsys.readouterr().out.strip() == str(key_of(signer))
    with pytest.raises(CommandError, match="kept"):
        call_command("make_seal_key")
    write(2)
    call_command("seal_trail")
    assert len(sealed()) == 2
    assert SealCheckpoint.objects.count() == 1
