"""A key, and lines of the trail to seal."""

from pathlib import Path

import pytest
from pytest_django import Settings

from workflow.trail.seal.ed25519 import FileSigner, make_key


@pytest.fixture
def signer(tmp_path: Path, settings: Settings) -> FileSigner:
    """Who signs the seal in the tests."""
    settings.TRAIL_ORIGIN, settings.TRAIL_KEY = "office.example/trail", str(tmp_path / "seal.pem")
    make_key(Path(settings.TRAIL_KEY))
    return FileSigner(settings.TRAIL_ORIGIN, settings.TRAIL_KEY)
