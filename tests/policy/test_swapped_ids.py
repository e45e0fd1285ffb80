"""Ids that others were shown open nothing: a seeded part; all of it is asked by `dev.py prove`."""

import random

import pytest

from tests.policy.conftest import Stage, passing
from tests.policy.swapping import Seen, look_around, mixed, opened_by, sent_by
from workflow.pages.readers import Reader

pytestmark = pytest.mark.django_db

SHOWN = (Reader.DOUBLE, Reader.HOLDER, Reader.ADMINISTRATOR)
STRANGERS = [reader for reader in Reader if reader != Reader.NOBODY]
PAGES, FORMS, MIXED, MOST = 24, 16, 16, 70
CHANCE = random.Random(20261124)


def _seen(stage: Stage) -> Seen:
    return look_around(stage, SHOWN, MOST)


def _some(things: list, n: int) -> list:  # type: ignore[type-arg]
    return CHANCE.sample(things, min(n, len(things)))


def test_ids_that_others_were_shown_open_nothing_and_move_nothing(stage: Stage) -> None:
    seen = _seen(stage)
    wrong: list[str] = []
    with passing():
        for path in _some(seen.pages, PAGES):
            wrong += opened_by(stage, path, _some(STRANGERS, 8))
    for form in _some(seen.forms, FORMS):
        wrong += sent_by(stage, form, _some(STRANGERS, 8))
    strange = mixed([*seen.pages, *(form.path for form in seen.forms)])
    assert len(strange) >= MIXED
    for path in _some(strange, MIXED):
        with passing():
            wrong += unfound(stage, path, [Reader.DOUBLE, Reader.HOLDER])
    assert wrong == []


def unfound(stage: Stage, path: str, readers: list[Reader]) -> list[str]:
    """Who is told anything but that nothing is there, opening or sending to an address of mixed ids."""
    wrong = []
    for reader in readers:
        for method in ("get", "post"):
            code = getattr(stage.client(reader), method)(path).status_code
            wrong += [] if code in {404, 405} else [f"{reader} {method} {path}: {code}"]
    return wrong
