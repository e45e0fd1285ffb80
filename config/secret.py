"""The key that signs sessions: from the environment, else made once and kept beside the data."""

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key stored at `path`; written there, readable by its owner alone, when it is missing."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was faster
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
