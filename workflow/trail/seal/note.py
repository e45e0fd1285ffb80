"""Checkpoints as signed notes: the text of C2SP tlog-checkpoint, the signatures of C2SP signed-note and tlog-cosignature.

duban.example/trail
1205
x6yqF0…                      the root, in base64
time 2026-10-01T08:00:00Z

— duban.example/trail Az3g…  the signature, after four bytes that name its key
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

ED25519, COSIGNED = b"\x01", b"\x04"
"""Kinds of signature (C2SP signed-note): of the text itself, and of a witness over the time and the text."""
DASH = "\u2014 "
TIME = "time "
LONGEST = 16_384
"""Signs of a note; a checkpoint with a dozen signatures has some 2,000."""


class NoteError(ValueError):
    """What was given is no signed checkpoint, or its signature does not hold."""


class Signer(Protocol):
    """Who can sign: a key in a file, a hardware module, another algorithm. `kind` names the algorithm in one byte or more."""

    name: str
    kind: bytes

    def public(self) -> bytes:
        """The public key, as it stands in the text of the key."""

    def sign(self, text: bytes) -> bytes:
        """The signature over the text."""


Verify = Callable[[bytes, bytes, bytes], bool]
"""Public key, signature, text → whether it holds."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with the name of who signs: `name+hash+base64`, as it is printed and handed on."""

    name: str
    kind: bytes
    public: bytes

    @property
    def hash(self) -> bytes:
        """The four bytes by which signatures name the key."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{b64encode(self.kind + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read a key as printed. Raises NoteError."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise NoteError("a key has the form name+hash+base64")
        content = _bytes(parts[2])
        key = cls(parts[0], content[:1], content[1:])
        if key.hash.hex() != parts[1]:
            raise NoteError("the key was copied wrongly: its hash is another")
        return key


def key_of(signer: Signer) -> Key:
    """The signer's public key."""
    return Key(signer.name, signer.kind, signer.public())


@dataclass(frozen=True, slots=True)
class Signature:
    """A line under the text."""

    name: str
    key_hash: bytes
    content: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_hash + self.content).decode()}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large the tree was at a time, and its root."""

    origin: str
    size: int
    root: bytes
    at: datetime
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """What is signed."""
        time = self.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{TIME}{time}Z\n"

    def __str__(self) -> str:
        return self.text + "\n" + "".join(str(one) for one in self.signatures)

    def signed(self, signer: Signer) -> "Checkpoint":
        """The checkpoint with the signer's signature."""
        made = Signature(signer.name, key_of(signer).hash, signer.sign(self.text.encode()))
        return replace(self, signatures=(*self.signatures, made))

    def cosigned(self, signer: Signer, at: datetime) -> "Checkpoint":
        """The checkpoint with a witness's signature, which also says when it saw it. `signer.kind` is COSIGNED."""
        seconds = int(at.timestamp())
        content = signer.sign(cosigned_text(self.text, seconds))
        made = Signature(signer.name, key_of(signer).hash, seconds.to_bytes(8, "big") + content)
        return replace(self, signatures=(*self.signatures, made))

    def is_signed_by(self, key: Key, verify: Verify) -> bool:
        """Whether a signature of the key holds."""
        return any(
            verify(key.public, *_signed(self.text, key, one))
            for one in self.signatures
            if (one.name, one.key_hash) == (key.name, key.hash)
        )

    def seen_at(self, key: Key) -> datetime | None:
        """When the witness with the key says it saw the checkpoint; its signature is not looked at."""
        for one in self.signatures:
            if (one.name, one.key_hash, key.kind) == (key.name, key.hash, COSIGNED):
                return datetime.fromtimestamp(int.from_bytes(one.content[:8], "big"), UTC)
        return None


def cosigned_text(text: str, seconds: int) -> bytes:
    """What a witness signs (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _signed(text: str, key: Key, one: Signature) -> tuple[bytes, bytes]:
    if key.kind != COSIGNED:
        return one.content, text.encode()
    return one.content[8:], cosigned_text(text, int.from_bytes(one.content[:8], "big"))


def parse(note: str) -> Checkpoint:
    """Read a signed checkpoint; its signatures are not looked at. Raises NoteError."""
    text, gap, below = note.partition("\n\n")
    if len(note) > LONGEST or not gap or not below.endswith("\n"):
        raise NoteError("no signed checkpoint")
    lines = text.split("\n")
    if len(lines) != 4 or not lines[3].startswith(TIME) or not lines[1].isascii() or not lines[1].isdigit():
        raise NoteError("no checkpoint of this kind")
    try:
        at = datetime.fromisoformat(lines[3].removeprefix(TIME))
    except ValueError as why:
        raise NoteError("no time") from why
    signatures = tuple(_signature(line) for line in below.removesuffix("\n").split("\n"))
    found = Checkpoint(lines[0], int(lines[1]), _bytes(lines[2]), at, signatures)
    if len(found.root) != 32 or at.tzinfo is None or found.text != text + "\n":
        raise NoteError("the checkpoint is not written as it must be")
    return found


def parse_all(text: str) -> list[Checkpoint]:
    """Read the checkpoints of a file that holds one after another, empty lines between them. Raises NoteError."""
    parts = [part.strip("\n") for part in text.split("\n\n") if part.strip("\n")]
    if len(parts) % 2:
        raise NoteError("no signed checkpoints")
    return [parse(f"{head}\n\n{below}\n") for head, below in zip(parts[::2], parts[1::2], strict=True)]


def _signature(line: str) -> Signature:
    name, gap, content = line.removeprefix(DASH).rpartition(" ")
    found = _bytes(content)
    if not line.startswith(DASH) or not gap or len(found) < 5:
        raise NoteError("a signature is not written as it must be")
    return Signature(name, found[:4], found[4:])


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except NotBase64Error as why:
        raise NoteError("no base64") from why
