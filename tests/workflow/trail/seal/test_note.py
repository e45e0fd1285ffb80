"""A checkpoint is read as it was written, and only a signature over its very text holds."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workflow.trail.seal.ed25519 import FileSigner, KeyFileError, make_key, verify
from workflow.trail.seal.note import COSIGNED, Checkpoint, Key, NoteError, key_of, parse

AT = datetime(2026, 10, 1, 8, 0, 0, 250, tzinfo=UTC)
PLAIN = Checkpoint("office.example/trail", 1205, bytes(range(32)), AT)


@pytest.fixture
def signer(tmp_path: Path) -> FileSigner:
    make_key(tmp_path / "seal.pem")
    return FileSigner("office.example/trail", tmp_path / "seal.pem")


def test_a_checkpoint_is_read_as_written(signer: FileSigner) -> None:
    signed = PLAIN.signed(signer)
    assert parse(str(signed)) == signed
    assert signed.text.splitlines() == [
        "office.example/trail",
        "1205",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "time 2026-10-01T08:00:00.000250Z",
    ]


def test_a_signature_holds_over_its_text_alone(signer: FileSigner) -> None:
    key, signed = key_of(signer), PLAIN.signed(signer)
    assert signed.is_signed_by(key, verify)
    for other in (
        replace(signed, size=1204),
        replace(signed, root=bytes(32)),
        replace(signed, origin="office.example/trial"),
        replace(signed, at=datetime(2026, 10, 2, tzinfo=UTC)),
        PLAIN,
    ):
        assert not other.is_signed_by(key, verify)


def test_a_signature_of_another_key_under_the_same_name_does_not_hold(
    signer: FileSigner, tmp_path: Path
) -> None:
    make_key(tmp_path / "other.pem")
    other = FileSigner(signer.name, tmp_path / "other.pem")
    assert not PLAIN.signed(other).is_signed_by(key_of(signer), verify)


def test_a_witness_signs_the_time_too(signer: FileSigner, tmp_path: Path) -> None:
    make_key(tmp_path / "witness.pem")
    witness = FileSigner("audit.example", tmp_path / "witness.pem", COSIGNED)
    both = parse(str(PLAIN.signed(signer).cosigned(witness, AT)))
    key = key_of(witness)
    assert both.is_signed_by(key_of(signer), verify)
    assert both.is_signed_by(key, verify)
    assert both.seen_at(key) == AT.replace(microsecond=0)
    later = replace(both.signatures[1], content=(1).to_bytes(8, "big") + both.signatures[1].content[8:])
    assert not replace(both, signatures=(later,)).is_signed_by(key, verify)


def test_a_key_is_printed_and_read_back(signer: FileSigner) -> None:
    key = key_of(signer)
    assert Key.parse(str(key)) == key
    with pytest.raises(NoteError, match="copied wrongly"):
        Key.parse(str(key).replace("office", "offices"))
    with pytest.raises(NoteError):
        Key.parse("office")


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "seal.pem"
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(KeyFileError, match="kept"):
        make_key(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="600"):
        FileSigner("x", path)
    path.chmod(0o600)
    path.write_text("nothing")
    with pytest.raises(KeyFileError, match="no key"):
        FileSigner("x", path)


@pytest.mark.parametrize(
    "change",
    [
        ("1205", "01205"),
        ("1205", "-1"),
        ("1205", "１２"),
        ("\n\n", "\n"),
        ("\n\n", "\nmore\n\n"),
        ("time", "hour"),
        ("00.000250Z", "00.000250+00:00"),
        ("AAEC", "AAE"),
        ("\u2014 ", "- "),
    ],
    ids=repr,
)
def test_what_is_written_otherwise_is_refused(signer: FileSigner, change: tuple[str, str]) -> None:
    note = str(PLAIN.signed(signer))
    assert change[0] in note
    with pytest.raises(NoteError):
        parse(note.replace(*change, 1))
