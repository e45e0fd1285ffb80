"""The first administrator of an installation."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.rights import holds_everywhere
from accounts.roles import Role
from workflow.actions.people import deactivate_person
from workflow.clock.now import today
from workflow.models import AuditEvent
from workflow.trail.actor import INSTALLATION

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "twelve-red-lamps"


def create(*arguments: str) -> str:
    """Run the command; return what it says."""
    said = StringIO()
    call_command("create_first_administrator", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_ADMIN_PASSWORD", PASSWORD)


def test_the_first_administrator__can_sign_in_holds_the_role_and_is_no_superuser() -> None:
    create("--username", "chen", "--name", "陈明")
    person = User.objects.get()
    assert (person.name, person.is_superuser) == ("陈明", False)
    assert person.check_password(PASSWORD)
    assert holds_everywhere(person, Role.ADMINISTRATOR, today())


def test_the_first_administrator__is_in_the_trail_as_the_installation_s_work() -> None:
    create("--username", "chen")
    assert list(AuditEvent.objects.order_by("seq").values_list("action", "duty", "actor")) == [
        ("person.register", INSTALLATION.name, None),
        ("role.appoint", INSTALLATION.name, None),
    ]


def test_a_second_run__for_the_same_person__changes_nothing_and_says_so() -> None:
    create("--username", "chen")
    assert "Chen" in create("--username", "Chen")
    assert User.objects.count() == 1
    assert AuditEvent.objects.count() == 2


def test_a_second_run__for_somebody_else__is_refused() -> None:
    create("--username", "chen")
    with pytest.raises(CommandError, match="chen"):
        create("--username", "li")
    assert User.objects.count() == 1


def test_a_start_of_the_server__with_an_administrator__goes_on_whoever_it_is() -> None:
    create("--username", "chen")
    assert create("--if-none", "--username", "li") == ""
    assert create("--if-none") == ""
    assert User.objects.count() == 1


def test_a_run_that_broke_off__between_person_and_role__is_completed_by_the_next() -> None:
    create("--username", "chen")
    User.objects.get().appointments.all().delete()
    create("--username", "chen")
    assert holds_everywhere(User.objects.get(), Role.ADMINISTRATOR, today())


def test_a_person_who_left__is_not_the_first_administrator() -> None:
    create("--username", "chen")
    deactivate_person(User.objects.get(), by=INSTALLATION)
    with pytest.raises(CommandError):
        create("--username", "chen")
    create("--username", "li")
    assert holds_everywhere(User.objects.get(username="li"), Role.ADMINISTRATOR, today())


@pytest.mark.parametrize("password", ["", "123", "password"])
def test_a_missing_or_weak_password__is_refused(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("DUBAN_ADMIN_PASSWORD", password)
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError):
        create("--username", "chen")
    assert not User.objects.exists()


def test_a_missing_user_name__is_refused() -> None:
    with pytest.raises(CommandError):
        create()
