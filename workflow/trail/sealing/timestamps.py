"""Timestamps of RFC 3161 over checkpoints: an authority outside says that a text was there at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.verify import Verifier

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class TimestampError(ValueError):
    """The answer is no timestamp, of another text, refused, or not signed by an authority that is trusted."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """The answer as it came, and the time in it."""

    content: bytes
    at: datetime


def stamped(text: bytes, authorities: Path, ask: Callable[[bytes], bytes]) -> Timestamp:
    """Ask for a timestamp over the text and verify it: the text's digest, the nonce, the signature up to the authorities.

    `authorities`: a file of certificates (PEM) that are trusted; `ask` sends the request and gives the answer.
    Raises TimestampError, OSError for a file that cannot be read, and what `ask` raises.
    """
    request = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()
    builder = VerifierBuilder.from_request(request)
    return _verified(ask(request.as_bytes()), text, _trusting(builder, authorities))


def verified(content: bytes, text: bytes, authorities: Path) -> Timestamp:
    """The kept timestamp over the text. Raises TimestampError, and OSError as above."""
    return _verified(content, text, _trusting(VerifierBuilder(), authorities))


def _trusting(builder: VerifierBuilder, authorities: Path) -> Verifier:
    try:
        for certificate in load_pem_x509_certificates(authorities.read_bytes()):
            builder = builder.add_root_certificate(certificate)
        return builder.build()
    except ValueError as why:
        raise TimestampError(f"{authorities}: {why}") from why


def _verified(content: bytes, text: bytes, verifier: Verifier) -> Timestamp:
    try:
        answer = decode_timestamp_response(content)
        verifier.verify(answer, sha256(text).digest())
        return Timestamp(content, answer.tst_info.gen_time)
    except (VerificationError, ValueError) as why:
        raise TimestampError(str(why)) from why
