"""The command goes on for as long as its parent does, and what fails is tried again."""

import os
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.utils.translation import override
from pytest_django import Settings

from tests.factories.trail import seal_all
from tests.workflow.trail.seal.test_sealer import write
from workflow.management.commands import seal_trail
from workflow.models import SealCheckpoint
from workflow.trail.seal.ed25519 import FileSigner
from workflow.trail.seal.note import key_of

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


def test_it_goes_on_after_a_failure_and_ends_with_its_parent(
    signer: FileSigner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pauses: list[float] = []
    turns = iter([OperationalError("away"), OperationalError("away"), None])

    def turn(by: object) -> None:
        what = next(turns)
        if what is not None:
            raise what

    monkeypatch.setattr(seal_trail, "seal", turn)
    monkeypatch.setattr(seal_trail.time, "sleep", pauses.append)
    monkeypatch.setattr(seal_trail, "close_old_connections", lambda: None)
    parents = iter([7, 7, 7, 7, 1])
    with patch.object(os, "getppid", lambda: next(parents)), patch.object(seal_trail, "Thread"):
        call_command("seal_trail", every=1.0, with_parent=True)
    assert pauses == [2.0, 4.0, 1.0]
    assert capsys.readouterr().err.count("away") == 2


def test_without_a_key_it_says_what_makes_one(settings: Settings) -> None:
    settings.TRAIL_KEY = "/nowhere/key.pem"
    with pytest.raises(CommandError, match="make_seal_key"):
        call_command("seal_trail")


def test_verify_trail_holds_the_seal_against_key_and_anchors(
    signer: FileSigner, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    write(3)
    seal_all(signer)
    kept = tmp_path / "kept.txt"  # type: ignore[operator]
    kept.write_text(SealCheckpoint.objects.get().note)
    key = str(key_of(signer))
    call_command("verify_trail", "--key", key, "--anchor", str(kept))
    other = signer.name.replace("office", "nobody")
    with pytest.raises(CommandError) as unread:
        call_command("verify_trail", "--key", key.replace(signer.name, other))
    assert unread.value.returncode == 2
    kept.write_text(SealCheckpoint.objects.get().note.replace("\n3\n", "\n4\n"))
    with override("en"), pytest.raises(CommandError) as broken:
        call_command("verify_trail", "--key", key, "--anchor", str(kept))
    assert broken.value.returncode == 1
    assert capsys.readouterr().out.count("anchor") == 2
