"""A package holds by the verifier that is in it, on nothing but Python; whatever is altered in it is told."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from tests.factories.cast import Cast
from tests.factories.road import Road
from tests.factories.trail import seal_all
from workflow.actions.evidence import add_evidence
from workflow.documents.offline.verifying import main
from workflow.documents.trail_package import NothingIsSealedError, Scope, write_package
from workflow.models import Measure
from workflow.models.evidence import EvidenceGrade
from workflow.trail.seal.ed25519 import FileSigner, make_key
from workflow.trail.seal.note import COSIGNED, key_of, parse

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


@pytest.fixture
def signer(tmp_path: Path, settings: object) -> FileSigner:
    """Who signs the seal."""
    settings.TRAIL_ORIGIN, settings.TRAIL_KEY = "office.example/trail", str(tmp_path / "k")  # type: ignore[attr-defined]
    make_key(tmp_path / "k")
    return FileSigner("office.example/trail", tmp_path / "k")


@pytest.fixture
def measure(road: Road, cast: Cast) -> Measure:
    """A measure with a life and a file of evidence."""
    measure = road.accept_all(road.measure(supporting=1))
    share = measure.shares.first()
    assert share is not None
    add_evidence(
        share,
        by=cast.handler(share.bureau),
        content=ContentFile(b"scanned", "letter.txt"),
        name="letter.txt",
        grade=EvidenceGrade.ORIGINAL,
    )
    return measure


def package(path: Path, scope: Scope, signer: FileSigner) -> Path:
    with path.open("wb") as to:
        write_package(to, scope, key_of(signer))
    return path


def scopes(measure: Measure) -> dict[str, Scope]:
    return {"measure": Scope(measure=measure), "plan": Scope(plan=measure.plan), "all": Scope()}


@pytest.mark.parametrize("which", ["measure", "plan", "all"])
def test_the_verifier_inside_finds_the_package_whole(
    which: str, measure: Measure, signer: FileSigner, tmp_path: Path
) -> None:
    seal_all(signer)
    made = package(tmp_path / "p.zip", scopes(measure)[which], signer)
    with ZipFile(made) as archive:
        archive.extract("verify_package.py", tmp_path)
        assert any(name.startswith("evidence/") for name in archive.namelist())
    ran = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verify_package.py"), str(made), "--key", str(key_of(signer))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONUTF8": "1"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "结论：全部一致" in ran.stdout
    assert "佐证材料 1 份" in ran.stdout


Change = Callable[[dict[str, bytes]], None]


def _line(change: Callable[[list[str]], None]) -> Change:
    def changed(parts: dict[str, bytes]) -> None:
        lines = parts["events.jsonl"].decode().splitlines(keepends=True)
        change(lines)
        parts["events.jsonl"] = "".join(lines).encode()

    return changed


def _reasoned(lines: list[str]) -> None:
    given = json.loads(lines[2])
    given["line"]["reason"] = "forged"
    lines[2] = json.dumps(given) + "\n"


def _as_if_new(lines: list[str]) -> None:
    """A line that was never sealed would have to be a new one; this one is old."""
    given = json.loads(lines[2])
    given["position"], given["path"] = None, []
    lines[2] = json.dumps(given) + "\n"


def _moved_in_the_tree(lines: list[str]) -> None:
    first, second = json.loads(lines[1]), json.loads(lines[2])
    first["position"], second["position"] = second["position"], first["position"]
    lines[1:3] = [json.dumps(first) + "\n", json.dumps(second) + "\n"]


def _other_file(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.startswith("evidence/"))
    parts[name] = b"forged"


def _stray_file(parts: dict[str, bytes]) -> None:
    parts["evidence/" + "0" * 64] = b"stray"


def _smaller(parts: dict[str, bytes]) -> None:
    text = parts["checkpoint.txt"].decode().split("\n")
    text[1] = str(int(text[1]) - 1)
    parts["checkpoint.txt"] = "\n".join(text).encode()


CHANGES: dict[str, Change] = {
    "a line changed": _line(_reasoned),
    "a line taken out": _line(lambda lines: lines.pop(2) and None),
    "the last line taken out": _line(lambda lines: lines.pop() and None),
    "two lines exchanged": _line(lambda lines: lines.insert(1, lines.pop(2))),
    "two places exchanged": _line(_moved_in_the_tree),
    "a line without its proof": _line(_as_if_new),
    "another file": _other_file,
    "a file more": _stray_file,
    "a smaller checkpoint": _smaller,
}


@pytest.mark.parametrize("which", ["measure", "all"])
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_altered_is_told(
    change: str,
    which: str,
    measure: Measure,
    signer: FileSigner,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(hours=2))
    seal_all(signer)
    made = package(tmp_path / "p.zip", scopes(measure)[which], signer)
    with ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    CHANGES[change](parts)
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    made.write_bytes(kept.getvalue())
    assert main([str(made), "--key", str(key_of(signer)), "--lang", "en"]) == 1
    assert "✗" in capsys.readouterr().out


def test_anchors_of_the_auditor_are_held_against_it(
    measure: Measure, road: Road, signer: FileSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = seal_all(signer).checkpoint
    assert earlier is not None
    make_key(tmp_path / "w")
    witness = FileSigner("audit.example", tmp_path / "w", COSIGNED)
    seen = parse(earlier.note).cosigned(witness, earlier.at)
    earlier.receipts.create(anchor="audit", kind="witness", at=earlier.at, content=str(seen))
    road.approve_all(measure)
    later = seal_all(signer).checkpoint
    assert later is not None
    made = package(tmp_path / "p.zip", Scope(measure=measure), signer)
    kept = tmp_path / "kept.txt"
    keys = ["--key", str(key_of(signer)), "--key", str(key_of(witness))]
    kept.write_text(str(seen))
    assert main([str(made), *keys, "--anchor", str(kept)]) == 0
    assert capsys.readouterr().out.count("见证签名有效") == 2
    for size, root in ((earlier.size, bytes(32)), (later.size + 1, bytes(32))):
        other = type(seen)(seen.origin, size, root, seen.at).signed(signer)
        kept.write_text(str(other))
        assert main([str(made), *keys, "--anchor", str(kept)]) == 1


def test_what_is_not_sealed_yet_is_said(
    measure: Measure, road: Road, signer: FileSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal_all(signer)
    road.approve_all(measure)
    made = package(tmp_path / "p.zip", Scope(measure=measure), signer)
    assert main([str(made), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "not sealed yet" in told
    assert "the key is the package's own" in told


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"nothing")
    assert main([str(tmp_path / "p.zip")]) == 2
    assert main([str(tmp_path / "none.zip")]) == 2


def test_the_command_writes_a_file_that_is_not_there_yet(
    measure: Measure, signer: FileSigner, tmp_path: Path
) -> None:
    with pytest.raises(NothingIsSealedError):
        package(tmp_path / "none.zip", Scope(), signer)
    with pytest.raises(CommandError, match="seal_trail"):
        call_command("export_trail", str(tmp_path / "p.zip"))
    assert not (tmp_path / "p.zip").exists()
    seal_all(signer)
    call_command("export_trail", str(tmp_path / "p.zip"), "--measure", measure.code)
    assert main([str(tmp_path / "p.zip")]) == 0
    with pytest.raises(CommandError):
        call_command("export_trail", str(tmp_path / "p.zip"))
    with pytest.raises(CommandError) as refused:
        call_command("export_trail", str(tmp_path / "q.zip"), "--plan", "NONE")
    assert refused.value.returncode == 2
