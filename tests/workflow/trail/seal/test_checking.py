"""What was sealed is held against the trail, its signatures and the anchors, and each difference is placed."""

from dataclasses import replace

import pytest
from django.db import connection

from tests.factories.trail import seal_all, unguarded
from tests.workflow.trail.seal.test_sealer import write
from workflow.models import AuditEvent, SealCheckpoint
from workflow.trail.seal import tree
from workflow.trail.seal.ed25519 import FileSigner, make_key, verify
from workflow.trail.seal.note import Checkpoint, key_of, parse
from workflow.trail.sealing import store
from workflow.trail.sealing.checking import Against, Fault, seal_faults

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")

OTHER = "0" * 64


@pytest.fixture
def anchors(signer: FileSigner, monkeypatch: pytest.MonkeyPatch) -> list[Checkpoint]:
    """Twelve lines, sealed and signed by threes in a tree of small blocks."""
    for module in (tree, store):
        monkeypatch.setattr(module, "BLOCK", 4)
    monkeypatch.setattr(tree, "BLOCK_LEVEL", 2)
    for _ in range(4):
        write(3)
        seal_all(signer)
    return [parse(one.note) for one in SealCheckpoint.objects.order_by("size")]


def faults(signer: FileSigner, *anchors: Checkpoint) -> list[tuple[Fault, int, int]]:
    against = Against(key_of(signer), verify, anchors)
    return [(one.code, one.first, one.end) for one in seal_faults(against)]


def broken(sql: str, *values: object) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_was_sealed_holds(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    told: list[int] = []
    assert list(seal_faults(Against(key_of(signer), verify, anchors), told.append)) == []
    assert told == [12]
    write(2)
    assert faults(signer, *anchors) == []


def test_a_changed_line_is_placed(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    line = AuditEvent.objects.order_by("pk")[6]
    broken("UPDATE workflow_auditevent SET hash = %s WHERE id = %s", OTHER, line.pk)
    (fault,) = seal_faults(Against(key_of(signer), verify, anchors))
    assert (fault.code, fault.first, fault.line) == (Fault.LINE_CHANGED, 6, f"{line.chain}#{line.seq}")


def test_a_line_that_is_gone_is_placed(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    broken("DELETE FROM workflow_auditevent WHERE id = %s", AuditEvent.objects.order_by("pk")[2].pk)
    assert faults(signer, *anchors) == [(Fault.LINE_MISSING, 2, 3)]


def test_a_changed_leaf_is_placed_between_two_anchors(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    broken("UPDATE workflow_sealedline SET hash = %s WHERE position = 7", OTHER)
    assert set(faults(signer, *anchors)) == {
        (Fault.LINE_CHANGED, 7, 8),
        (Fault.SUBTREE, 4, 8),
        (Fault.SUBTREE, 0, 8),
        (Fault.ROOT, 0, 9),
        (Fault.ROOT, 0, 12),
        (Fault.ANCHOR, 6, 9),
        (Fault.ANCHOR, 6, 12),
    }


def test_a_leaf_that_is_none_any_more_shows(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    broken("UPDATE workflow_sealedline SET hash = 'nothing' WHERE position = 7")
    assert (Fault.ANCHOR, 6, 9) in faults(signer, *anchors)


def test_a_leaf_taken_out_shows(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    broken("DELETE FROM workflow_sealedline WHERE position = 5")
    found = faults(signer, *anchors)
    assert (Fault.LEAF_MISSING, 5, 6) in found
    assert (Fault.CUT_OFF, 11, 12) in found


def test_a_subtree_changed_or_taken_away_shows(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    broken("UPDATE workflow_sealedsubtree SET hash = %s WHERE level = 3", OTHER)
    assert faults(signer) == [(Fault.SUBTREE, 0, 8)]
    broken("DELETE FROM workflow_sealedsubtree WHERE level = 3")
    assert (Fault.SUBTREE, 0, 8) in faults(signer)


def test_a_tail_cut_off_with_all_that_sealed_it_is_told_by_the_anchors_alone(
    signer: FileSigner, anchors: list[Checkpoint]
) -> None:
    last = AuditEvent.objects.order_by("pk")[9].pk
    for sql in (
        "DELETE FROM workflow_sealcheckpoint WHERE size > 9",
        "DELETE FROM workflow_sealedline WHERE position >= 9",
        "DELETE FROM workflow_sealedsubtree WHERE level = 2 AND place = 2",
    ):
        broken(sql)
    broken("DELETE FROM workflow_auditevent WHERE id >= %s", last)
    assert faults(signer) == []
    assert faults(signer, *anchors) == [(Fault.CUT_OFF, 9, 12)]


def test_a_line_put_behind_the_seal_shows(signer: FileSigner, anchors: list[Checkpoint]) -> None:
    line = AuditEvent.objects.latest("pk")
    write()
    late = AuditEvent.objects.latest("pk")
    xid = None if line.xid is None else line.xid - 1
    broken("UPDATE workflow_auditevent SET id = -1, xid = %s WHERE id = %s", xid, late.pk)
    assert faults(signer, *anchors) == [(Fault.LINE_BEHIND, 11, 12)]


def test_a_checkpoint_of_another_key_shows(
    signer: FileSigner, anchors: list[Checkpoint], tmp_path: object
) -> None:
    other = forger(signer, tmp_path)
    forged = replace(anchors[1], signatures=()).signed(other)
    broken("UPDATE workflow_sealcheckpoint SET note = %s WHERE size = 6", str(forged))
    assert faults(signer, anchors[0], forged) == [(Fault.ANCHOR_SIGNATURE, 0, 6), (Fault.SIGNATURE, 0, 6)]
    assert faults(other, anchors[0], forged)[0] == (Fault.ANCHOR_SIGNATURE, 0, 3)


def forger(signer: FileSigner, folder: object) -> FileSigner:
    make_key(folder / "forger.pem")  # type: ignore[operator]
    return FileSigner(signer.name, folder / "forger.pem")  # type: ignore[operator]
