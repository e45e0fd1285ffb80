"""Ed25519 keys in files that only their owner reads, and what they sign. Other signers stand beside this module."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from workflow.trail.seal.note import ED25519


class KeyFileError(RuntimeError):
    """The key file is not there, holds no Ed25519 key, may be read by others, or is there already."""


class FileSigner:
    """Signs with the private key of a file (PEM, PKCS 8). Raises KeyFileError."""

    def __init__(self, name: str, path: str | Path, kind: bytes = ED25519) -> None:
        """Read the key; a file that others may read is refused."""
        self.name, self.kind, path = name, kind, Path(path)
        try:
            is_open = os.name == "posix" and path.stat().st_mode & 0o077
            content = path.read_bytes()
        except OSError as why:
            raise KeyFileError(f"The key {path} cannot be read ({why.strerror}).") from why
        if is_open:
            raise KeyFileError(f"The key {path} may be read by others: chmod 600 is needed.")
        try:
            key = load_pem_private_key(content, None)
        except (ValueError, TypeError) as why:
            raise KeyFileError(f"{path} holds no key that can be used.") from why
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyFileError(f"{path} holds no Ed25519 key.")
        self._key = key

    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key.sign(text)


def make_key(path: Path) -> None:
    """Write a new private key that only its owner may read; one that is there is never written over: KeyFileError."""
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as why:
        raise KeyFileError(f"{path} is there already and is kept.") from why
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def verify(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether the signature over the text is the key's."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
