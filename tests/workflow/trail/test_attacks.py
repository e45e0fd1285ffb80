"""Whatever a superuser does to lines before the last outside anchor is found, and the report says where."""

from random import Random

import pytest
from django.db import connection

from tests.workflow.trail.attacks import ATTACKS, Office, attacked, found, withstands
from tests.workflow.trail.office import office
from workflow.trail.seal.ed25519 import verify
from workflow.trail.seal.note import key_of
from workflow.trail.sealing.checking import Against

__all__ = ["office"]
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


def test_an_honest_trail_has_nothing_to_tell(office: Office) -> None:
    assert found(office) == []


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_and_placed(office: Office, name: str) -> None:
    withstands(office, name, times=10)


def test_what_is_rewritten_with_the_key_is_found_by_the_anchors_alone(office: Office) -> None:
    """Without anything outside, whoever holds the database and the key writes history: that is what anchors are for."""
    blind = Office(office.signer, office.forger, Against(key_of(office.signer), verify), office.anchored)
    faults, _ = attacked(ATTACKS["rewrite the seal with its key"], blind, Random(7))
    assert faults == []
