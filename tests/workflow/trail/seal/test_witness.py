"""A witness signs what goes on from what it saw and refuses all else; a push arrives in the end, or says why not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.factories.trail import seal_all, unguarded
from tests.workflow.trail.seal.memory import MemoryTree
from tests.workflow.trail.seal.test_sealer import write
from workflow.models import AnchorPush, AnchorReceipt, SealCheckpoint
from workflow.trail.seal.ed25519 import FileSigner, make_key, verify
from workflow.trail.seal.note import COSIGNED, Checkpoint, Key, key_of, parse, parse_all
from workflow.trail.seal.tree import consistency, root
from workflow.trail.seal.witness import RefusedCheckpointError, Witness, read_request, server_of
from workflow.trail.sealing.pushing import push_due

TREE = MemoryTree(str(n).encode() for n in range(600))
AT = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture
def cosigner(tmp_path: Path) -> FileSigner:
    make_key(tmp_path / "witness.pem")
    return FileSigner("audit.example", tmp_path / "witness.pem", COSIGNED)


@pytest.fixture
def witness(signer: FileSigner, cosigner: FileSigner, tmp_path: Path) -> Witness:
    return Witness(tmp_path / "kept.txt", cosigner, key_of(signer))


def note(signer: FileSigner, size: int, tree: MemoryTree = TREE) -> str:
    return str(Checkpoint(signer.name, size, root(tree, size), AT).signed(signer))


def refused(witness: Witness, old: int, proof: list[bytes], text: str) -> tuple[HTTPStatus, str]:
    with pytest.raises(RefusedCheckpointError) as why:
        witness.receive(old, proof, text)
    return why.value.status, why.value.text


def test_what_goes_on_is_signed_and_kept(
    witness: Witness, signer: FileSigner, cosigner: FileSigner, tmp_path: Path
) -> None:
    for old, size in ((0, 5), (5, 5), (5, 300), (300, 600)):
        made = witness.receive(old, consistency(TREE, old, size), note(signer, size))
        assert parse(note(signer, size) + made).is_signed_by(key_of(cosigner), verify)
    kept = parse_all((tmp_path / "kept.txt").read_text())
    assert [one.size for one in kept] == [5, 5, 300, 600]
    assert all(one.is_signed_by(key_of(signer), verify) for one in kept)
    assert Witness(tmp_path / "kept.txt", cosigner, key_of(signer)).last == kept[-1]


def test_what_does_not_go_on_is_refused(witness: Witness, signer: FileSigner, tmp_path: Path) -> None:
    witness.receive(0, [], note(signer, 300))
    other = MemoryTree(str(n + (n == 7)).encode() for n in range(600))
    make_key(tmp_path / "forger.pem")
    forger = FileSigner(signer.name, tmp_path / "forger.pem")
    stranger = FileSigner("elsewhere.example/trail", tmp_path / "seal.pem")
    assert refused(witness, 300, consistency(other, 300, 600), note(signer, 600, other))[0] == 422
    assert refused(witness, 300, [], note(signer, 600))[0] == 422
    assert refused(witness, 200, consistency(TREE, 200, 250), note(signer, 250)) == (409, "300\n")
    assert refused(witness, 300, [], note(signer, 300, other)) == (409, "300\n")
    assert refused(witness, 300, [], note(signer, 200))[0] == 400
    assert refused(witness, 300, consistency(TREE, 300, 600), note(forger, 600))[0] == 403
    assert refused(witness, 300, consistency(TREE, 300, 600), note(stranger, 600))[0] == 404
    assert refused(witness, 300, [], "nothing")[0] == 400
    assert witness.last is not None
    assert witness.last.size == 300


def test_a_line_cut_off_by_a_crash_is_dropped(
    witness: Witness, signer: FileSigner, cosigner: FileSigner, tmp_path: Path
) -> None:
    witness.receive(0, [], note(signer, 300))
    path = tmp_path / "kept.txt"
    whole = path.read_text()
    path.write_text(whole + note(signer, 600)[:90])
    again = Witness(path, cosigner, key_of(signer))
    assert again.last is not None
    assert again.last.size == 300
    assert path.read_text() == whole


@pytest.mark.parametrize(
    "body", ["", "old\n\nx", "old -1\n\nx", "new 1\n\nx", "old 1\nAAAA\n\nx", "old 1\n%\n\nx"]
)
def test_no_request_is_told(body: str) -> None:
    with pytest.raises(RefusedCheckpointError) as why:
        read_request(body)
    assert why.value.status == 400


@pytest.fixture
def address(witness: Witness, cosigner: FileSigner, settings: Settings) -> Iterator[str]:
    """Where the witness listens; the settings name it."""
    server = server_of(witness, "127.0.0.1", 0)
    Thread(target=server.serve_forever, daemon=True).start()
    found = f"http://127.0.0.1:{server.server_port}"
    settings.TRAIL_WITNESSES = [f"{found} {key_of(cosigner)}"]
    yield found
    server.shutdown()
    server.server_close()


database = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


@database
def test_a_checkpoint_arrives_once_and_its_receipt_is_kept(
    address: str, signer: FileSigner, cosigner: FileSigner, settings: Settings
) -> None:
    settings.TRAIL_ANCHOR_SECONDS = 0
    write(3)
    seal_all(signer)
    assert (push_due(), push_due()) == (1, 0)
    write(2)
    seal_all(signer)
    assert push_due() == 1
    sizes = [parse(one.content).size for one in AnchorReceipt.objects.order_by("pk")]
    assert sizes == [3, 5]
    assert all(
        parse(one.content).is_signed_by(key_of(cosigner), verify) for one in AnchorReceipt.objects.all()
    )
    assert AnchorPush.objects.get().sent_size == 5


@database
def test_a_receipt_that_was_lost_is_made_up_for(address: str, signer: FileSigner, settings: Settings) -> None:
    settings.TRAIL_ANCHOR_SECONDS = 0
    write(3)
    seal_all(signer)
    push_due()
    AnchorPush.objects.update(sent_size=0)
    write(1)
    seal_all(signer)
    assert push_due() == 1
    assert AnchorPush.objects.get().sent_size == 4


@database
def test_a_rewritten_seal_does_not_get_by(address: str, signer: FileSigner, settings: Settings) -> None:
    """Signed with the right key, yet with fewer lines than were shown: the witness holds on to what it saw."""
    settings.TRAIL_ANCHOR_SECONDS = 0
    write(3)
    seal_all(signer)
    push_due()
    with unguarded(), connection.cursor() as cursor:
        for table in ("anchorreceipt", "sealcheckpoint", "sealedline"):
            cursor.execute(f"DELETE FROM workflow_{table}")  # noqa: S608
        cursor.execute("DELETE FROM workflow_anchorpush")
        cursor.execute("DELETE FROM workflow_auditevent WHERE id = (SELECT max(id) FROM workflow_auditevent)")
    seal_all(signer)
    assert push_due() == 0
    assert AnchorPush.objects.get().error == "the anchor holds 3 lines"


@database
def test_what_fails_is_tried_later_and_later(signer: FileSigner, settings: Settings) -> None:
    settings.TRAIL_WITNESSES = [f"http://127.0.0.1:9 {Key('x', COSIGNED, bytes(32))}"]
    write()
    seal_all(signer)
    pauses = []
    for _ in range(3):
        AnchorPush.objects.update(due_at=timezone.now())
        assert push_due() == 0
        push = AnchorPush.objects.get()
        pauses.append(round((push.due_at - timezone.now()).total_seconds() / 60))
        assert push_due() == 0
    assert pauses == [2, 4, 8]
    assert (push.tries, push.sent_size, bool(push.error)) == (3, 0, True)
    assert SealCheckpoint.objects.exists()
