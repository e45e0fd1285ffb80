"""The administrator records a reorganisation; the shares follow, and the measure's page says where they came from."""

import pytest

from accounts.models import Bureau
from tests.factories.cast import Cast
from tests.workflow.pages.master_data.test_bureaus import change
from tests.workflow.pages.stage import Stage
from tests.workflow.pages.visits import Visitor, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast: Cast, road: object) -> Stage:
    """The scenery of measures."""
    return Stage(cast, road)  # type: ignore[arg-type]


def test_each_open_share_is_named_by_its_code_and_goes_where_it_was_chosen_to_go(stage: Stage) -> None:
    first, second = stage.joint(), stage.joint()
    new, other = stage.cast.bureau("文教局"), stage.cast.bureau("体育局")
    visitor = Visitor(stage.cast.administrator())
    assert "Split a bureau" in words(visitor.see("master-data:bureau", stage.lead.pk))
    page = words(visitor.see("master-data:split-bureau", stage.lead.pk))
    assert first.code in page
    assert first.title not in page

    answer = visitor.send(
        "master-data:split-bureau",
        stage.lead.pk,
        successor=new.pk,
        basis="三定方案",
        **{f"share-{stage.share(second).pk}": other.pk},
    )

    assert answer.status_code == 302
    assert (stage.share(first).bureau, stage.share(second).bureau) == (new, other)
    seen = words(Visitor(stage.cast.handler(other)).see("ledger:measure-detail", second.code))
    assert "Hand-over record: 教育局 to 体育局" in seen
    assert "三定方案" in seen


def test_a_split_without_a_basis_is_asked_again(stage: Stage) -> None:
    stage.joint()
    visitor = Visitor(stage.cast.administrator())
    new = stage.cast.bureau("文教局")
    answer = visitor.send("master-data:split-bureau", stage.lead.pk, successor=new.pk, basis="")
    assert answer.status_code == 422
    assert Bureau.objects.get(pk=stage.lead.pk).succeeded_by is None


def test_a_successor_of_a_bureau_with_open_shares_is_recorded_with_its_basis(stage: Stage) -> None:
    measure, new = stage.joint(), stage.cast.bureau("文教局")
    visitor = Visitor(stage.cast.administrator())
    answer = change(visitor, stage.lead, succeeded_by=new.pk)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["basis"]
    assert change(visitor, stage.lead, succeeded_by=new.pk, basis="机构改革方案").status_code == 302
    assert stage.share(measure).bureau == new
