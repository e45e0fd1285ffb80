"""The sample comes whole or not at all."""

import pytest

from accounts.models import Bureau
from tests.factories.cast import make_bureau
from workflow.actions.people import register_person
from workflow.management.sample.whole import whole
from workflow.models import AuditEvent
from workflow.rules.refusal import Invalid
from workflow.trail.actor import INSTALLATION

pytestmark = pytest.mark.django_db(transaction=True)


def register(username: str) -> None:
    """One durable action."""
    register_person(username, by=INSTALLATION, name="某人", password=None)


@whole()
def break_off(ending: type[BaseException]) -> None:
    """Two durable actions, and then the end."""
    make_bureau("区教育局")
    register("jb1")
    register("jb2")
    raise ending


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit, ValueError])
def test_durable_actions_leave_nothing_when_the_whole_is_broken_off(ending: type[BaseException]) -> None:
    with pytest.raises(ending):
        break_off(ending)
    assert not Bureau.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_refusal_inside_does_not_spoil_what_comes_after_it() -> None:
    with whole():
        register("jb1")
        with pytest.raises(Invalid):
            register("jb1")
        register("jb2")
    assert AuditEvent.objects.filter(outcome="done", action="person.register").count() == 2


def test_afterwards_every_action_is_durable_again() -> None:
    with whole():
        register("jb1")
    register("jb2")
    assert AuditEvent.objects.count() == 2
