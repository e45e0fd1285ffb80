"""The hash that ties a line of the trail to the one before it."""

import hashlib
from collections.abc import Sequence
from typing import Any

from workflow.trail.canonical import COLUMNS, canonical

SHA256, SM3 = "sha256", "sm3"
ALGORITHMS = (SHA256, SM3)
"""What a line may be hashed with. Each line names its own, so that a chain may go over to another midway."""

BEGINNING = ""
"""The hash before the first line of a chain."""

_ALGORITHM = COLUMNS.index("algorithm")


class UnknownAlgorithmError(ValueError):
    """A line names an algorithm that is none of ours, or that this machine's OpenSSL cannot compute."""


def hash_of(values: Sequence[Any]) -> str:
    """The hash, in hexadecimal, of a line's values in the order of `canonical.COLUMNS`: the hash before it is among them.

    Raises UnknownAlgorithmError, and UncanonicalError for values without a canonical form.
    """
    algorithm = values[_ALGORITHM]
    text = canonical(values).encode()
    if algorithm == SHA256:
        return hashlib.sha256(text).hexdigest()
    if algorithm not in ALGORITHMS or not is_at_hand(algorithm):
        raise UnknownAlgorithmError(algorithm)
    return hashlib.new(algorithm, text).hexdigest()


def is_at_hand(algorithm: str) -> bool:
    """Whether this machine can compute it; SM3 is a part of OpenSSL that a distribution may leave out."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return False
    return True
