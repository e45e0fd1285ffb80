"""The offline verifier agrees with the published values, and with the ledger's own arithmetic."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.trail.seal.test_note import AT, PLAIN
from tests.workflow.trail.seal.test_tree import WIDE
from workflow.documents.offline.arithmetic import (
    Note,
    is_consistent,
    is_included,
    is_signed,
    leaf,
    notes_of,
    root_of,
)
from workflow.trail.seal.ed25519 import FileSigner
from workflow.trail.seal.note import COSIGNED, Key, key_of
from workflow.trail.seal.tree import consistency, inclusion, root

# RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc); public key, message, signature
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        ),
    ),
)


@pytest.mark.parametrize("vector", VECTORS, ids=("empty", "one", "two", "digest"))
def test_published_signatures_hold_and_altered_ones_do_not(vector: tuple[str, str, str]) -> None:
    public, text, signature = (bytes.fromhex(part) for part in vector)
    assert is_signed(public, signature, text)
    assert not is_signed(public, signature, text + b"x")
    assert not is_signed(public, signature[:32] + bytes(32), text)
    assert not is_signed(public, signature[:-1], text)
    for bit in range(0, 512, 37):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not is_signed(public, bytes(flipped), text)


def test_a_signature_with_a_scalar_beyond_the_order_does_not_hold() -> None:
    """RFC 8032, 8.4: or there would be a second signature for every text."""
    public, _, signature = (bytes.fromhex(part) for part in VECTORS[0])
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    assert not is_signed(public, signature[:32] + scalar.to_bytes(32, "little"), b"")


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_it_takes_the_ledgers_proofs_and_no_altered_ones(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 700))
    index, before = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    above, earlier = root(WIDE, size), root(WIDE, before)
    assert root_of(WIDE.hashes[:size]) == above
    path, steps = inclusion(WIDE, index, size), consistency(WIDE, before, size)
    assert is_included(leaf(str(index).encode()), index, size, path, above)
    assert not is_included(leaf(b"other"), index, size, path, above)
    assert not is_included(leaf(str(index).encode()), index, size, [*path, above], above)
    assert is_consistent(before, size, steps, earlier, above)
    assert not is_consistent(before, size, steps, above[::-1], above)
    assert not is_consistent(before, size, [*steps, above], earlier, above)


def test_it_reads_what_the_ledger_signs(signer: FileSigner) -> None:
    witness = FileSigner("audit.example", signer_path(signer), COSIGNED)
    text = str(PLAIN.signed(signer).cosigned(witness, AT))
    note = Note(text)
    assert (note.size, note.root) == (PLAIN.size, PLAIN.root)
    assert note.signed_by(str(key_of(signer)))
    assert note.signed_by(str(key_of(witness)))
    assert not Note(text.replace("1205", "1206")).signed_by(str(key_of(signer)))
    assert not note.signed_by(str(Key("audit.example", COSIGNED, bytes(32))))
    assert [one.text for one in notes_of(f"{text}\n{text}")] == [note.text, note.text]


def signer_path(signer: FileSigner) -> str:
    from django.conf import settings as chosen

    return str(chosen.TRAIL_KEY)
