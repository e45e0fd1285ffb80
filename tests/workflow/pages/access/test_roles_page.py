"""The page of who holds which role where."""

import pytest

from accounts.roles import Role
from tests.factories.cast import Cast
from tests.factories.plans import PlanFactory
from tests.workflow.pages.visits import Visitor, words

pytestmark = pytest.mark.django_db

PAGE = "ledger:roles"


def test_an_administrator__finds_every_role_and_the_way_to_each_person(cast: Cast) -> None:
    head, observer = cast.head(cast.bureau("教育局")), cast.observer(PlanFactory(title="某方案"))
    page = words(Visitor(cast.administrator()).see(PAGE))
    for name in (head.name, observer.name, "教育局", "某方案"):
        assert name in page
    assert f"/master-data/people/{head.pk}/" in page
    assert "Every role, where it is held" in page


def test_others__find_their_own_scopes_and_no_way_to_the_master_data(cast: Cast) -> None:
    head, other = cast.head(cast.bureau("教育局")), cast.head(cast.bureau("水务局"))
    page = words(Visitor(cast.handler(cast.bureau("教育局"))).see(PAGE))
    assert head.name in page
    assert other.name not in page
    assert "/master-data/" not in page


def test_a_selection__goes_with_the_page_and_nothing_found_says_so(cast: Cast) -> None:
    cast.head(cast.bureau("教育局"))
    visitor = Visitor(cast.administrator())
    answer = visitor.see(PAGE, role=Role.HEAD, bureau="教育", ended="yes")
    assert [entry.appointment.role for entry in answer.context["entries"]] == [Role.HEAD]
    assert answer.context["query"] == "role=head&bureau=%E6%95%99%E8%82%B2&ended=yes"
    assert "No role matches" in words(visitor.see(PAGE, person="谁也不是"))


@pytest.mark.parametrize("query", [{"role": "king"}, {"after": "x~y"}, {"after": "1~2~3"}, {"ended": "?"}])
def test_an_odd_address__still_opens_the_page(cast: Cast, query: dict[str, str]) -> None:
    assert Visitor(cast.administrator()).see(PAGE, **query).status_code == 200


def test_the_menu_of_every_person__leads_there(cast: Cast) -> None:
    assert 'href="/roles/"' in words(Visitor(cast.stranger()).see("ledger:inbox"))
