"""Thirteen attacks on the trail by a superuser, each at a thousand random places; the suite holds a hundredth of them."""

import pytest
from django.db import connection

from tests.workflow.trail.attacks import ATTACKS, Office, withstands
from tests.workflow.trail.office import office

__all__ = ["office"]
pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=connection.vendor == "postgresql")]


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_and_placed_wherever_it_strikes(office: Office, name: str) -> None:
    withstands(office, name, times=1000)
