"""Bureaus through the administrators' pages: the tree, other names, successors; each change in the trail."""

import pytest
from django.http import HttpResponse

from accounts.models import Bureau
from tests.factories.cast import Cast
from tests.workflow.pages.visits import Visitor, words
from workflow.models import AuditEvent
from workflow.queries import master_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    """An administrator at the pages."""
    return Visitor(cast.administrator())


def change(visitor: Visitor, bureau: Bureau, **data: object) -> HttpResponse:
    """Send the form of a bureau as it stands, with some fields changed."""
    form = visitor.see("master-data:bureau", bureau.pk).context["form"]
    known = {name: form[name].value() or "" for name in form.fields}
    return visitor.send("master-data:bureau", bureau.pk, **{**known, **data})


def parent_of(bureau: Bureau) -> Bureau | None:
    """Below which bureau it stands now."""
    return Bureau.objects.get_parent(Bureau.objects.get(pk=bureau.pk))


def test_a_bureau_is_added_below_another_with_its_other_names(cast: Cast, visitor: Visitor) -> None:
    above = cast.issuer

    visitor.send(
        "master-data:add-bureau",
        name="区教育局",
        kind="bureau",
        parent=above.pk,
        aliases="教育局\n\n 区教委 \n教育局",
    )

    added = Bureau.objects.get(name="区教育局")
    assert parent_of(added) == above
    assert set(added.aliases.values_list("name", flat=True)) == {"教育局", "区教委"}


def test_adding_and_changing_a_bureau_is_written_to_the_trail(cast: Cast, visitor: Visitor) -> None:
    visitor.send("master-data:add-bureau", name="区教育局", kind="bureau")
    bureau = Bureau.objects.get(name="区教育局")
    change(visitor, bureau, name="区教育委员会")

    added, changed = AuditEvent.objects.filter(object_type="bureau").order_by("id")
    assert (added.action, added.actor, added.object_id) == ("bureau.create", cast.administrator(), bureau.pk)
    assert changed.action == "bureau.change"
    assert (changed.payload["from"]["name"], changed.payload["to"]["name"]) == ("区教育局", "区教育委员会")


def test_two_bureaus_cannot_have_one_name(cast: Cast, visitor: Visitor) -> None:
    first, second = cast.bureau("教育局"), cast.bureau("财政局")

    added = visitor.send("master-data:add-bureau", name="教育局", kind="bureau")
    renamed = change(visitor, second, name=first.name)

    for answer in (added, renamed):
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["name"]
    assert Bureau.objects.get(pk=second.pk).name == "财政局"


def test_a_bureau_moves_with_everything_below_it(cast: Cast, visitor: Visitor) -> None:
    old, new = cast.bureau("甲"), cast.bureau("乙")
    middle = cast.bureau("中", under=old)
    below = cast.bureau("下", under=middle)

    change(visitor, middle, parent=new.pk)

    assert parent_of(middle) == new
    assert Bureau.objects.get_ancestors(Bureau.objects.get(pk=below.pk)).first() == new
    assert Bureau.objects.find_problems() == ([], [], [], [], [])


def test_a_bureau_moves_to_the_top_and_stays_where_it_is_otherwise(cast: Cast, visitor: Visitor) -> None:
    above = cast.bureau("甲")
    below = cast.bureau("下", under=above)

    change(visitor, below, short_name="短")
    assert parent_of(below) == above
    change(visitor, below, parent="")
    assert Bureau.objects.get(pk=below.pk).is_root()


def test_a_bureau_cannot_stand_below_itself(cast: Cast, visitor: Visitor) -> None:
    above = cast.bureau("甲")
    below = cast.bureau("下", under=above)

    answer = change(visitor, above, parent=below.pk)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["parent"]
    assert Bureau.objects.get(pk=above.pk).is_root()


def test_a_bureau_is_closed_and_succeeded_by_one_that_stands(cast: Cast, visitor: Visitor) -> None:
    old, new, gone = cast.bureau("旧"), cast.bureau("新"), cast.bureau("已撤")
    change(visitor, gone, succeeded_by=old.pk)

    change(visitor, old, active="", succeeded_by=new.pk)

    assert Bureau.objects.get(pk=old.pk).succeeded_by == new
    assert not Bureau.objects.get(pk=old.pk).active
    assert Bureau.objects.get(pk=gone.pk).succeeded_by == new


def test_a_bureau_does_not_succeed_itself_nor_one_that_was_succeeded(cast: Cast, visitor: Visitor) -> None:
    old, new = cast.bureau("旧"), cast.bureau("新")
    change(visitor, old, succeeded_by=new.pk)

    for bureau, successor in ((new, new), (new, old)):
        answer = change(visitor, bureau, succeeded_by=successor.pk)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["succeeded_by"]
    assert Bureau.objects.get(pk=new.pk).succeeded_by is None


def test_a_name_left_out_of_the_other_names_is_taken_away(cast: Cast, visitor: Visitor) -> None:
    bureau = cast.bureau("教育局")
    change(visitor, bureau, aliases="一\n二")

    change(visitor, bureau, aliases="二\n三")

    assert set(bureau.aliases.values_list("name", flat=True)) == {"二", "三"}


def test_bureaus_are_found_by_their_other_names(cast: Cast, visitor: Visitor) -> None:
    bureau, _ = cast.bureau("教育局"), cast.bureau("财政局")
    change(visitor, bureau, aliases="区教委")

    assert visitor.see("master-data:bureaus", q="教委").context["bureaus"] == [bureau]
    assert "No bureau matches" in words(visitor.see("master-data:bureaus", q="没有"))


def test_the_next_page_of_bureaus_goes_on_in_the_order_of_the_tree(
    cast: Cast, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master_data, "PAGE", 2)
    first = cast.bureau("甲")
    below, second = cast.bureau("下", under=first), cast.bureau("乙")

    page = visitor.see("master-data:bureaus")
    rest = visitor.see("master-data:bureaus", after=page.context["next_cursor"])

    assert page.context["bureaus"] == [first, below]
    assert rest.context["bureaus"] == [second]


def test_without_a_bureau_the_page_says_how_to_begin(visitor: Visitor) -> None:
    assert "No bureau yet" in words(visitor.see("master-data:bureaus"))
