"""The office that is attacked."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.cast import Cast
from tests.factories.plans import Line
from tests.factories.road import Road
from tests.factories.trail import seal_all
from tests.workflow.trail.attacks import Office, anchors
from workflow.trail.seal import tree
from workflow.trail.seal.ed25519 import FileSigner, make_key, verify
from workflow.trail.seal.note import key_of
from workflow.trail.sealing import store
from workflow.trail.sealing.checking import Against


@pytest.fixture
def office(road: Road, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Four measures on their way, sealed and anchored at each stage, then sealed once more and gone on with."""
    for module in (tree, store):
        monkeypatch.setattr(module, "BLOCK", 8)
    monkeypatch.setattr(tree, "BLOCK_LEVEL", 3)
    for name in ("seal", "forged"):
        make_key(tmp_path / name)
    signer, forger = (FileSigner("office.example/trail", tmp_path / name) for name in ("seal", "forged"))
    lead, other = cast.bureau("教育局"), cast.bureau("配合单位1")
    measures = road.dispatched(*(Line(lead, [other], due=date(2026, 11, 30)) for _ in range(4)))
    seal_all(signer)
    for stage in (road.accept_all, road.approve_all):
        for measure in measures[:3]:
            stage(measure)
            seal_all(signer)
    kept = anchors()
    road.report(measures[0])
    seal_all(signer)
    road.report(measures[1])
    return Office(signer, forger, Against(key_of(signer), verify, kept), kept[-1].size)
