"""People through the administrators' pages: accounts, bureaus, roles; each change in the trail."""

from datetime import date

import pytest
from django.http import HttpResponse

from accounts.models import Appointment, Membership, User
from accounts.rights import standing
from accounts.roles import Permission, Role
from tests.factories.cast import Cast, appoint
from tests.factories.plans import Line, drafted, on_ledger
from tests.factories.road import Road, open_item
from tests.workflow.pages.visits import Visitor, words
from workflow.models import AuditEvent
from workflow.models.audit_event import Outcome
from workflow.queries import master_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 3, 2)
STRONG = "tang-song-yuan-ming"


@pytest.fixture
def visitor(cast: Cast) -> Visitor:
    """An administrator at the pages."""
    return Visitor(cast.administrator())


def decide(visitor: Visitor, person: User, decision: str, **data: object) -> HttpResponse:
    """Press a button on the person's page."""
    return visitor.send("master-data:person", person.pk, decision=decision, **data)


def last_action() -> str:
    """What the trail says was done last."""
    return AuditEvent.objects.filter(outcome=Outcome.DONE).order_by("id").last().action


def test_a_person_is_added_and_signs_in(visitor: Visitor) -> None:
    visitor.send("master-data:add-person", name="李敏", username="limin", password=STRONG)

    person = User.objects.get(username="limin")
    assert last_action() == "person.register"
    assert not person.is_superuser
    stranger = Visitor(None)
    answer = stranger.send("accounts:sign-in", username="limin", password=STRONG)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("field", "particulars"),
    [
        ("username", {"username": "taken"}),
        ("username", {"username": "has space"}),
        ("password", {"password": "123"}),
        ("name", {"name": ""}),
    ],
)
def test_what_will_not_do_for_a_new_person_is_refused_at_its_field(
    cast: Cast, visitor: Visitor, field: str, particulars: dict[str, str]
) -> None:
    User.objects.filter(pk=cast.stranger().pk).update(username="taken")
    before = User.objects.count()
    good = {"name": "李敏", "username": "limin", "password": STRONG}

    answer = visitor.send("master-data:add-person", **{**good, **particulars})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.count() == before


def test_a_person_with_bureau_and_role_may_act_there_until_the_role_ends(
    cast: Cast, visitor: Visitor
) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")

    def may_submit(on: date) -> bool:
        return bureau.pk in standing(person, on).bureaus(Permission.SUBMIT_FOR_BUREAU)

    decide(visitor, person, "join", bureau=bureau.pk, since="2026-03-02", title="科员")
    assert last_action() == "membership.begin"
    decide(visitor, person, "appoint", role="handler", scope=f"bureau:{bureau.pk}", since="2026-03-02")
    assert last_action() == "role.appoint"
    assert may_submit(TODAY)

    role = person.appointments.get()
    decide(visitor, person, f"end:{role.pk}", last_day="2026-03-10")
    assert last_action() == "role.end"
    assert may_submit(date(2026, 3, 10))
    assert not may_submit(date(2026, 3, 11))


def test_a_role_in_a_bureau_without_membership_is_shown_as_without_effect(
    cast: Cast, visitor: Visitor
) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    decide(visitor, person, "appoint", role="head", scope=f"bureau:{bureau.pk}", since="2026-03-02")

    [(held, _)] = visitor.see("master-data:person", person.pk).context["roles"]

    assert (held.scope, held.lacks_membership) == ("教育局", True)


def test_a_role_that_excludes_another_is_refused_and_stands_in_the_trail(
    cast: Cast, visitor: Visitor
) -> None:
    person, bureau = cast.stranger(), cast.bureau("教育局")
    appoint(person, Role.AUDITOR, None)

    answer = decide(
        visitor, person, "appoint", role="handler", scope=f"bureau:{bureau.pk}", since="2026-03-02"
    )

    assert answer.status_code == 403
    assert "cannot be held beside" in words(answer)
    assert person.appointments.count() == 1
    assert AuditEvent.objects.get(outcome=Outcome.REFUSED).reason == "separation.roles"


@pytest.mark.parametrize(
    ("decision", "field", "data"),
    [
        ("appoint", "scope", {"role": "handler", "scope": "all", "since": "2026-03-02"}),
        (
            "appoint",
            "until",
            {"role": "auditor", "scope": "all", "since": "2026-03-02", "until": "2026-03-01"},
        ),
        ("appoint", "role", {"role": "observer", "scope": "plan", "since": "2026-03-02"}),
        ("join", "bureau", {"bureau": "known", "since": "2026-03-02"}),
        ("password", "password", {"password": "123"}),
    ],
)
def test_what_will_not_do_for_a_person_is_refused_at_its_field(
    cast: Cast, visitor: Visitor, decision: str, field: str, data: dict[str, str]
) -> None:
    bureau = cast.bureau("教育局")
    person = cast.handler(bureau)
    plan = drafted(cast, Line(bureau, due=date(2026, 11, 30)))
    appoint(person, Role.OBSERVER, plan)
    named = {"known": str(bureau.pk), "plan": f"plan:{plan.pk}"}
    if decision == "appoint" and field == "until":
        person = cast.stranger()

    answer = decide(visitor, person, decision, **{key: named.get(text, text) for key, text in data.items()})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_membership_that_ends_takes_the_work_back_to_the_post(
    cast: Cast, visitor: Visitor, road: Road
) -> None:
    bureau = cast.bureau("教育局")
    plan = on_ledger(cast, Line(bureau, due=date(2026, 11, 30)))
    [measure] = road.dispatch(plan)
    share = road.accept(measure.shares.get())
    person = cast.handler(bureau)
    assert open_item(share).owner == person

    membership = Membership.objects.get(user=person)
    decide(visitor, person, f"leave:{membership.pk}", last_day="2026-03-01")

    assert last_action() == "membership.end"
    assert open_item(share).owner is None


def test_a_closed_account_cannot_sign_in_and_can_be_opened_again(cast: Cast, visitor: Visitor) -> None:
    person = cast.stranger()
    decide(visitor, person, "password", password=STRONG)

    def signs_in() -> bool:
        answer = Visitor(None).send("accounts:sign-in", username=person.username, password=STRONG)
        return bool(answer.status_code == 302)

    assert signs_in()
    decide(visitor, person, "deactivate")
    assert last_action() == "person.deactivate"
    assert not signs_in()
    decide(visitor, person, "activate")
    assert last_action() == "person.activate"
    assert signs_in()


def test_an_administrator_cannot_close_the_own_account(cast: Cast, visitor: Visitor) -> None:
    own = cast.administrator()

    assert 'value="deactivate"' not in words(visitor.see("master-data:person", own.pk))
    assert decide(visitor, own, "deactivate").status_code == 409
    assert User.objects.get(pk=own.pk).is_active


def test_a_new_password_is_in_force_and_never_in_the_trail(cast: Cast, visitor: Visitor) -> None:
    person = cast.stranger()

    decide(visitor, person, "password", password=STRONG)

    assert User.objects.get(pk=person.pk).check_password(STRONG)
    event = AuditEvent.objects.get(action="person.set_password")
    assert (event.object_id, event.payload) == (person.pk, {})


def test_the_pages_know_no_deletion_and_no_superuser(cast: Cast, visitor: Visitor) -> None:
    person = cast.stranger()

    assert decide(visitor, person, "delete").status_code == 404
    assert visitor.client.delete(f"/master-data/people/{person.pk}/").status_code == 405
    answer = visitor.send(
        "master-data:add-person",
        name="甲",
        username="jia",
        password=STRONG,
        is_superuser="on",
    )
    assert answer.status_code == 302
    assert not User.objects.filter(is_superuser=True).exists()


def test_another_persons_membership_or_role_is_not_found(cast: Cast, visitor: Visitor) -> None:
    bureau = cast.bureau("教育局")
    other = cast.handler(bureau)
    membership, role = Membership.objects.get(user=other), Appointment.objects.get(user=other)
    person = cast.stranger()

    assert decide(visitor, person, f"leave:{membership.pk}", last_day="2026-03-02").status_code == 404
    assert decide(visitor, person, f"end:{role.pk}", last_day="2026-03-02").status_code == 404
    assert Membership.objects.get(pk=membership.pk).until is None


def test_people_are_found_by_name_user_name_and_bureau(cast: Cast, visitor: Visitor) -> None:
    handler = cast.handler(cast.bureau("教育局"))
    User.objects.filter(pk=handler.pk).update(name="李敏", username="limin")

    for text in ("李", "LIMIN", "教育"):
        assert visitor.see("master-data:people", q=text).context["people"] == [handler]
    assert "Nobody matches" in words(visitor.see("master-data:people", q="没有"))


def test_the_next_page_of_people_goes_on_where_the_first_ended(
    cast: Cast, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(master_data, "PAGE", 2)
    people = [cast.administrator(), cast.stranger(1), cast.stranger(2)]

    page = visitor.see("master-data:people")
    rest = visitor.see("master-data:people", after=page.context["next_cursor"])

    assert page.context["people"] + rest.context["people"] == people
