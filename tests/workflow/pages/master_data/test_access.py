"""The master data open for administrators, and for nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.plans import Line, drafted
from tests.workflow.pages.visits import Visitor
from workflow.pages.master_data.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

KEYS = {"bureau": 1, "person": 1, "year": 2026}


def addresses() -> list[str]:
    """Every address of the master data."""
    found = []
    for pattern in urlpatterns:
        needed = pattern.pattern.converters
        found.append(reverse(f"master-data:{pattern.name}", kwargs={name: KEYS[name] for name in needed}))
    return found


@pytest.mark.parametrize("address", addresses())
def test_nobody_but_an_administrator_opens_or_changes_master_data(cast: Cast, address: str) -> None:
    education = cast.bureau("教育局")
    plan = drafted(cast, Line(education, due=date(2026, 11, 30)))
    superuser = cast.stranger()
    superuser.is_superuser = True
    superuser.save()

    for person in (
        superuser,
        cast.handler(education),
        cast.head(education),
        cast.supervisor(plan),
        cast.approver(plan),
        cast.observer(plan),
        cast.auditor(),
    ):
        visitor = Visitor(person)
        assert visitor.client.get(address).status_code == 403
        assert visitor.client.post(address).status_code in {403, 405}


@pytest.mark.parametrize("address", addresses())
def test_whoever_is_not_signed_in_is_asked_to(db: None, address: str) -> None:
    assert Visitor(None).client.get(address).url == f"{reverse('accounts:sign-in')}?next={address}"


def test_an_administrator_sees_the_tab_and_others_do_not(cast: Cast) -> None:
    tab = reverse("master-data:index")

    assert tab in [tab.url for tab in Visitor(cast.administrator()).see("ledger:inbox").context["tabs"]]
    assert tab not in [tab.url for tab in Visitor(cast.auditor()).see("ledger:inbox").context["tabs"]]


def test_a_role_that_ended_yesterday_opens_nothing(cast: Cast) -> None:
    person = cast.administrator()
    person.appointments.update(until=date(2026, 3, 1))

    assert Visitor(person).see("master-data:index").status_code == 403
